"""The survey from its questionnaire to its files, by the commands as a user types them."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.functional.command import torg
from torg import demo

QUESTIONNAIRE = """\
id = "small"
title = "A small survey"
languages = ["en"]

[[wave]]
id = "2024"
opens = 2024-02-01
closes = 2024-02-29
frame_date = 2024-02-01

[[wave]]
id = "2025"
opens = 2025-02-01
closes = 2025-02-28
frame_date = 2024-03-01

[[question]]
id = "guidelines"
kind = "planned"
text = "Are there guidelines?"
disclosure = "public"

[[question]]
id = "channels"
kind = "many"
text = "Which channels are used?"
options = [{ id = "facebook", text = "Facebook" }, { id = "youtube", text = "YouTube" }]
disclosure = "public"

[[question]]
id = "hours"
kind = "number"
text = "How many hours a week?"
shown_if = "channels.facebook = yes"
low = 0
high = 200
"""


def answers_of(units, *, bad_row=True):
    """Answers as another program exports them: every third says no, and one cell is a typo."""
    lines = ["unit;guidelines;Facebook;YouTube;hours"]
    for place, unit in enumerate(units):
        said = ("yes", "planned", "no")[place % 3]
        lines.append(f"{unit};{said};yes;{'yes' if place % 2 else 'no'};{place + 1}")
    if bad_row:
        lines[1] = lines[1].replace(";yes;", ";perhaps;", 1)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study of 40 invented municipalities, of which 24 answered in 2024 and 20 in 2025."""
    folder = tmp_path_factory.mktemp("survey") / "study"
    demo(folder, municipalities=40, weeks=6)  # what is observed alone: nobody has answered yet
    (folder / "questionnaire.toml").write_text(QUESTIONNAIRE, encoding="utf-8")
    units = units_of(folder)
    for wave, answered in (("2024", units[:24]), ("2025", units[4:24])):
        path = folder / f"answers-{wave}.csv"
        path.write_text(answers_of(answered, bad_row=wave == "2024"), encoding="utf-8")
        done = take(folder, path, wave)
        assert done.status == 0, done.err
    return folder


def units_of(folder):
    with (folder / "register" / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return sorted({row["code"] for row in rows if not row["valid_to"]})


def take(folder, path, wave):
    told = ("--column", "C=channels.facebook", "--column", "D=channels.youtube")
    return torg("-C", folder, "survey", "import", path, "--wave", wave, *told, "--json")


def test_a_bad_cell_is_named_and_all_else_goes_in(study):
    (row,) = take(study, study / "answers-2024.csv", "2024").json()
    assert (row["rows"], row["units"]) == (24, 24)
    assert [(cell["cell"], cell["value"]) for cell in row["refused"]] == [("B2", "perhaps")]


def test_the_same_file_twice_brings_nothing_new(study):
    (row,) = take(study, study / "answers-2024.csv", "2024").json()
    assert row["new"] == 0
    assert row["known"] > 0


def test_a_column_that_is_understood_later_brings_its_answers(study):
    """The same file again, with one column told anew: nothing of it is taken for known."""
    path = study / "again.csv"
    (unit, *_) = units_of(study)[30:]
    path.write_text(f"unit;guidelines;mystery\n{unit};yes;7\n", encoding="utf-8")
    left = ("survey", "import", path, "--wave", "2024", "--column", "C=-", "--json")
    assert torg("-C", study, *left).json()[0]["new"] == 1
    told = ("survey", "import", path, "--wave", "2024", "--column", "C=hours", "--json")
    assert torg("-C", study, *told).json()[0]["new"] == 2
    assert torg("-C", study, *told).json()[0]["new"] == 0


def test_estimates_have_all_their_columns(study):
    rows = torg("-C", study, "survey", "estimate", "--item", "guidelines", "--json").json()
    assert list(rows[0]) == [
        "wave", "item", "category", "group", "estimate", "low", "high", "base", "n", "weighted_by",
        "missing", "flags",
    ]  # fmt: skip
    yes = next(r for r in rows if (r["category"], r["group"]) == ("yes", "all"))
    assert yes["wave"] == "2025"
    assert yes["n"] == 20
    assert yes["estimate"] == pytest.approx(7 / 20, abs=0.1)
    assert yes["low"] < yes["estimate"] < yes["high"]


def test_a_change_is_told_of_all_and_of_the_panel(study):
    rows = torg("-C", study, "survey", "change", "--item", "channels.facebook", "--json").json()
    assert {row["wave"] for row in rows} == {"2024 - 2025"}
    assert {row["group"] for row in rows} == {"all", "panel"}


def test_groups_are_told_apart_by_their_differences(study):
    call = ("survey", "estimate", "--item", "guidelines", "--between", "size", "--json")
    rows = torg("-C", study, *call).json()
    assert rows
    assert all(" - " in row["group"] for row in rows)


def test_flows_count_the_units_that_answered_both(study):
    call = ("survey", "change", "--item", "channels.facebook", "--flows", "--json")
    rows = torg("-C", study, *call).json()
    assert sum(row["n"] for row in rows) == 20
    assert {(r["before"], r["after"]) for r in rows if r["n"]} == {("yes", "yes")}


def test_a_trend_has_every_wave_that_was_answered(study):
    rows = torg("-C", study, "survey", "trend", "--item", "guidelines", "--json").json()
    assert {row["wave"] for row in rows} == {"2024", "2025"}


def test_how_like_all_those_are_that_answered_is_told_while_it_goes_on(study):
    rows = torg("-C", study, "survey", "status", "--representativity", "--json").json()
    r = next(row for row in rows if row["figure"] == "r")
    assert 0 <= r["low"] <= r["value"] <= r["high"] <= 1


def test_answers_are_held_against_what_was_observed(study):
    rows = torg("-C", study, "survey", "compare", "--what", "coverage", "--json").json()
    posts = next(row for row in rows if row["measure"] == "posts_per_week")
    assert posts["frame_n"] >= posts["observed"] > 0


def test_files_for_other_programs_are_written(study, tmp_path):
    done = torg("-C", study, "survey", "export", tmp_path / "out", "--json")
    assert done.status == 0, done.err
    endings = {Path(row["path"]).suffix for row in done.json()}
    assert {".xlsx", ".csv", ".parquet", ".sav", ".xml", ".px"} <= endings
    forms = torg("-C", study, "survey", "export", tmp_path / "forms", "--forms", "--json").json()
    assert len(forms) == 2


def test_files_say_that_they_are_invented_where_the_register_alone_says_so(study, tmp_path):
    copy = tmp_path / "study"
    shutil.copytree(study, copy)
    told = (copy / "study.toml").read_text(encoding="utf-8")
    assert "\ninvented = true" in told
    without = told.replace("\ninvented = true", "\ninvented = false")
    (copy / "study.toml").write_text(without, encoding="utf-8")
    done = torg("-C", copy, "survey", "export", tmp_path / "out", "--json")
    assert done.status == 0, done.err
    (description,) = (row["path"] for row in done.json() if row["path"].endswith(".xml"))
    assert "INVENTED" in Path(description).read_text(encoding="utf-8")


def test_the_questionnaire_is_shown_as_a_page_and_a_blank_form(study, tmp_path):
    rows = torg("-C", study, "survey", "preview", tmp_path, "--json").json()
    assert [row["what"] for row in rows] == ["page", "blank form"]
    assert (tmp_path / "en.pdf").read_bytes().startswith(b"%PDF")


def test_a_release_holds_the_survey_and_a_second_run_makes_none(study):
    first = torg("-C", study, "run", "--json")
    assert first.status == 0, first.err
    again = torg("-C", study, "run", "--json")
    assert again.json()[0]["new"] is False
    pages = list((study / "releases").rglob("survey*.html"))
    assert pages


def test_a_faulty_questionnaire_is_told_by_line(study, tmp_path):
    assert torg("init", tmp_path / "s").status == 0
    wrong = QUESTIONNAIRE.replace('kind = "planned"', 'kind = "plant"')
    (tmp_path / "s" / "questionnaire.toml").write_text(wrong, encoding="utf-8")
    done = torg("-C", tmp_path / "s", "survey", "check", "--json")
    assert done.status == 2
    (fault,) = done.json()
    line = wrong.splitlines().index('kind = "plant"') + 1
    assert fault["line"] == line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("survey", "check"), "questionnaire.toml"),
        (("survey", "estimate"), "questionnaire.toml"),
        (("simulate",), r"\[simulated\]"),
    ],
)
def test_a_study_that_asks_nobody_says_how_to_begin(tmp_path, arguments, said):
    assert torg("init", tmp_path / "s").status == 0
    done = torg("-C", tmp_path / "s", *arguments)
    assert (done.status, done.out) == (2, "")
    assert re.search(said, done.err)
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("estimate", "--wave", "2031"), "no wave is called '2031'"),
        (("estimate", "--item", "guidlines"), "no item is called 'guidlines'"),
        (("change", "--from", "2031"), "wave '2031' has no answers"),
        (("compare", "--what", "nothing"), "say one of"),
        (("revoke", "0101"), "COUNTRY:CODE"),
        (("revoke", "XX:9999"), "XX:9999 is not in the frame"),
        (("refuse", "XX:9999"), "XX:9999 is not in the frame"),
    ],
)
def test_a_wrong_name_is_one_sentence(study, arguments, said):
    done = torg("-C", study, "survey", *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("preview",), ("export",), ("export", "--forms")], ids=" ".join
)
def test_a_place_that_cannot_be_written_is_one_sentence(study, tmp_path, arguments):
    (tmp_path / "file").write_text("here already", encoding="utf-8")
    done = torg("-C", study, "survey", arguments[0], tmp_path / "file", *arguments[1:])
    assert (done.status, done.out) == (2, "")
    assert "file cannot be written (File exists): name another place" in done.err
    assert len(done.err.strip().splitlines()) == 1
