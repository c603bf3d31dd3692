"""A wrong call gets one sentence with the remedy and status 2; programs read nothing."""

import pytest

from tests.functional.command import torg

POSTS = (
    "platform,channel,native_id,id_space,published_at,reactions\n"
    "facebook,1,10,post,2024-01-05T12:00:00+01:00,3\n"
)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("measure",), "torg init"),
        (("-C", "nowhere", "rank"), "nowhere is no study"),
        (("mesure",), "mesure"),
        (("import",), "paths"),
        (("measure", "--from", "31.01.2025"), "2025-01-31"),
        (("init", "new", "--template", "none"), "classic"),
        (("init", "/proc/new"), "/proc/new cannot be made a study"),
        (("demo", "/proc/new"), "/proc/new cannot be made a study"),
        (("serve", "--port", "abc"), "'--port' takes a whole number from 1 to 65535, not 'abc'"),
        (("serve", "--port", "99999"), "'--port' takes a number from 1 to 65535, not '99999'"),
        (("demo", "--weeks", "5"), "'--weeks' takes a number from 6 on, not '5'"),
        (("demo", "--seed", "one"), "'--seed' takes a whole number, not 'one'"),
        (("rebuild", ".", "new"), "is a folder: name the release's deposit.zip"),
        (("rebuild", "deposit.zip", "new"), "deposit.zip is not there"),
    ],
)
def test_a_wrong_call_is_one_sentence(tmp_path, arguments, said):
    if "--from" in arguments:
        assert torg("init", tmp_path).status == 0
    done = torg(*arguments, cwd=tmp_path)
    assert done.status == 2
    assert done.out == ""
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert "Traceback" not in done.err


def test_a_setting_of_the_environment_that_cannot_be_is_one_sentence(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    done = torg("-C", tmp_path / "s", "rank", TORG_THREADS="many")
    assert (done.status, done.out) == (2, "")
    assert "TORG_THREADS is 'many'" in done.err


def test_a_refused_file_does_not_stop_the_others(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "a_shopping_list.csv").write_text("what,how many\nmilk,2\n")
    (exports / "b_posts.csv").write_text(POSTS)
    done = torg("-C", tmp_path / "s", "import", exports, "--json")
    assert done.status == 2
    refused, taken = done.json()
    assert "a_shopping_list.csv" in refused["refused"]
    assert (taken["accepted"], taken["posts_new"], taken["unclaimed"]) == (1, 1, 1)
    assert "torg register claim facebook 1" in done.err


def test_a_path_that_is_not_there_does_not_stop_the_others(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    posts = tmp_path / "posts.csv"
    posts.write_text(POSTS)
    done = torg("-C", tmp_path / "s", "import", tmp_path / "nowhere.csv", posts, "--json")
    assert done.status == 2
    by_name = {row["path"].rsplit("/", 1)[1]: row for row in done.json()}
    assert "nowhere.csv: cannot be read (No such file" in by_name["nowhere.csv"]["refused"]
    assert by_name["posts.csv"]["posts_new"] == 1


def test_what_a_file_says_cannot_command_the_terminal_or_the_shell(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    posts = tmp_path / "posts.csv"
    posts.write_text(
        "platform,channel,channel_name,native_id,id_space,published_at\n"
        "facebook,$(rm -rf ~),\x1b[31mred\x07,10,post,2024-01-05T12:00:00+01:00\n"
    )
    done = torg("-C", tmp_path / "s", "import", posts)
    assert "torg register claim facebook '$(rm -rf ~)' MUNICIPALITY-CODE" in done.out
    assert "\x1b" not in done.out + done.err
    assert "\x07" not in done.out + done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("measure", "--from", "0001-01-01", "--to", "2024-01-01"),
        ("measure", "--from", "2024-01-01", "--to", "9999-12-31"),
        ("rank", "--as-of", "0001-01-01T00:00+14:00"),
        ("import", "posts.csv", "--exported-at", "0001-01-01T00:00+14:00"),
    ],
)
def test_a_day_outside_the_calendar_of_social_media_is_one_sentence(tmp_path, arguments):
    assert torg("init", tmp_path / "s").status == 0
    (tmp_path / "posts.csv").write_text(POSTS)
    done = torg("-C", tmp_path / "s", *arguments, cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "between 1990 and 2200" in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_the_version_is_printed():
    assert torg("--version").out == "torg 0.4.0\n"


def test_an_empty_study_has_no_figures_and_says_why(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    (tmp_path / "municipalities.csv").write_text(
        "country,code,name,name_lang,county,population,population_date,valid_from,valid_to\n"
        "XX,0101,Tjukvik,nb,Nordvest,2500,2024-01-01,2000-01-01,\n"
    )
    assert (
        torg("-C", tmp_path / "s", "register", "import", tmp_path / "municipalities.csv").status
        == 0
    )
    done = torg(
        "-C", tmp_path / "s", "measure", "--from", "2024-01-01", "--to", "2024-03-31", "--json"
    )
    assert done.status == 0, done.err
    rows = done.json()
    assert {row["municipality"] for row in rows} == {"0101"}
    assert {row["missing"] for row in rows} == {"no_channel"}
    assert {row["value"] for row in rows} == {None}
