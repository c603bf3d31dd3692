"""Collecting, the doctor and tokens as they are typed: nobody is asked who should not be."""

import pytest

from tests.functional.command import torg


@pytest.fixture
def study(tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    return tmp_path / "s"


def _with_contact(study):
    settings = study / "study.toml"
    text = settings.read_text()
    assert "[follow]" in text
    settings.write_text(text.replace("[follow]", '[follow]\ncontact = "study@example.org"', 1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("collect",), 'contact = "..."'),
        (("listen",), 'contact = "..."'),
        (("collect", "--platform", "facebok"), "facebook"),
        (("connect",), "--list"),
        (("connect", "facebook"), "--by"),
        (("connect", "linkedin", "--by", "head of communication"), "youtube"),
        (("connect", "facebook", "--by", "head of communication"), "TORG_TOKENS_KEY"),
        (("connect", "--revoke", "77"), "torg connect --list"),
        (("register", "agree", "facebook", "77", "--evidence", "a letter"), "77"),
        (("import", "--teach", "."), "--teach"),
        (("import", "x.csv", "--anchor", "yesterday=5"), "2025-08-31=5321"),
        (("import", "x.csv", "--channel", "77"), "facebook:1234567890"),
    ],
)
def test_a_wrong_call_is_one_sentence(study, arguments, said):
    done = torg("-C", study, *arguments, cwd=study)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_where_nothing_is_due_nothing_is_asked(study):
    _with_contact(study)
    done = torg("-C", study, "collect")
    assert (done.status, done.out.strip()) == (0, "Nothing is due.")


def test_a_study_that_follows_nobody_needs_nobody(study):
    done = torg("-C", study, "doctor")
    assert done.status == 0
    assert "nobody is needed" in done.out
    assert torg("-C", study, "doctor", "--json").json()[0]["platforms"] == []


def test_where_no_token_is_held_none_is_shown(study):
    assert torg("-C", study, "connect", "--list").out.strip() == "No token is held."


def test_the_doctor_says_what_to_type_where_nothing_was_collected_yet(study):
    register = study / "register"
    register.mkdir(exist_ok=True)
    (register / "municipalities.csv").write_text("country,code,name\nNO,9999,Eksempel\n")
    (register / "channels.csv").write_text(
        "country,code,platform,address\nNO,9999,youtube,https://www.youtube.com/@eksempel\n"
    )
    done = torg("-C", study, "doctor")
    assert done.status == 3
    assert 'Add contact = "..."' in done.out
    _with_contact(study)
    done = torg("-C", study, "doctor")
    assert done.status == 0
    assert f"torg -C {study} collect" in done.out


def test_a_file_in_another_tongue_is_taught_once(study, tmp_path):
    headers = "Innleggs-ID,Side-ID,Sidenavn,Publiseringstidspunkt,Reaksjoner\n"
    first, later = tmp_path / "juni.csv", tmp_path / "juli.csv"
    first.write_text(f"{headers}10,77,Eksempel,06/03/2025 12:00,4\n")
    later.write_text(f"{headers}11,77,Eksempel,07/03/2025 12:00,5\n")
    answers = "business_suite_facebook\npost_id\npage_id\npage_name\npublished\nreactions\nyes\n"
    options = ("--timezone", "Europe/Oslo", "--dates", "month-first")
    taught = torg("-C", study, "import", "--teach", first, *options, given=answers)
    assert taught.status == 0, taught.err
    assert "Remembered in" in taught.out
    done = torg("-C", study, "import", later, *options, "--json")
    assert done.json()[0]["accepted"] == 1
