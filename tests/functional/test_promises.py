"""Promises about the whole: results do not depend on threads or on the key for authors' names."""

import json
from pathlib import Path

import pytest

from tests.functional.command import torg


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """The exports and the register of a small invented country."""
    folder = tmp_path_factory.mktemp("country")
    made = torg("demo", folder / "demo", "--municipalities", "24", "--weeks", "8")
    assert made.status == 0, made.err
    return folder / "demo" / "simulated"


def study_of(exports, folder, **environment):
    assert torg("init", folder, **environment).status == 0
    text = (folder / "study.toml").read_text()
    identity = next(line for line in text.splitlines() if line.startswith("id ="))
    (folder / "study.toml").write_text(text.replace(identity, 'id = "same"'))
    for command in ("register", "import"), ("import",):
        part = exports / ("register" if command[0] == "register" else "exports")
        done = torg("-C", folder, *command, part, **environment)
        assert done.status == 0, done.err
    return folder


def digest(folder, **environment):
    done = torg("-C", folder, "run", "--json", **environment)
    assert done.status == 0, done.err
    return done.json()[0]["digest"]


def test_results_are_the_same_on_1_2_and_4_threads(exports, tmp_path):
    digests = set()
    for threads in ("1", "2", "4"):
        folder = study_of(exports, tmp_path / threads / "study")
        digests.add(digest(folder, TORG_THREADS=threads, POLARS_MAX_THREADS=threads))
    assert len(digests) == 1


def test_results_do_not_depend_on_the_zone_and_language_of_the_machine(exports, tmp_path):
    here = study_of(exports, tmp_path / "a" / "study")
    there = study_of(exports, tmp_path / "b" / "study", TZ="Asia/Tokyo", LC_ALL="C")
    assert digest(here) == digest(there, TZ="America/New_York", LC_ALL="C")


def test_nothing_but_distinct_authors_depends_on_the_author_key(exports, tmp_path):
    figures = []
    for key in ("1" * 64, "2" * 64):
        folder = study_of(exports, tmp_path / key[0] / "study", TORG_AUTHOR_KEY=key)
        rows = torg("-C", folder, "measure", "--json", TORG_AUTHOR_KEY=key).json()
        figures.append([row for row in rows if row["measure"] != "commenters"])
    assert figures[0] == figures[1]
    assert figures[0]


def test_an_unchanged_run_makes_no_new_release(exports, tmp_path):
    folder = study_of(exports, tmp_path / "study")
    first, second = (torg("-C", folder, "run", "--json").json()[0] for _ in range(2))
    assert first["new"]
    assert not second["new"]
    assert len(list((folder / "releases").iterdir())) == 1


def test_the_pages_of_a_simulated_country_say_that_it_is_invented(exports):
    pages = sorted(exports.parent.glob("releases/*/report/en/**/*.html"))
    assert len(pages) > 20
    assert [page for page in pages if "invented" not in page.read_text(encoding="utf-8")] == []


def test_a_study_made_by_hand_of_simulated_files_says_so_too(exports, tmp_path):
    folder = study_of(exports, tmp_path / "study")
    report = torg("-C", folder, "report", "--json").json()[0]["path"]
    assert "invented" in Path(report).read_text(encoding="utf-8")


def test_json_and_python_say_the_same(exports, tmp_path):
    import torg as package

    folder = study_of(exports, tmp_path / "study")
    rows = torg("-C", folder, "measure", "--json").json()
    frame = package.open(folder).measure()
    assert len(rows) == len(frame)
    assert list(rows[0]) == frame.columns
    assert [row["value"] for row in rows] == frame["value"].to_list()


def test_json_is_printed_alone(exports, tmp_path):
    folder = study_of(exports, tmp_path / "study")
    for command in (("measure",), ("rank",), ("register", "check"), ("archive", "check")):
        done = torg("-C", folder, *command, "--json")
        assert isinstance(json.loads(done.out), list), command


def test_a_study_moved_elsewhere_still_works(exports, tmp_path):
    folder = study_of(exports, tmp_path / "study")
    before = digest(folder)
    moved = Path(folder).rename(tmp_path / "elsewhere")
    assert digest(moved) == before
