"""A release is dated, immutable, and made only when something has changed."""

import datetime as dt
import json

import pytest

from torg.errors import StudyError
from torg.release import latest_release, make_release

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def results_of(text, page="page"):
    def write(folder):
        for part, content in (("results/ranks.csv", text), ("report/en/index.html", page)):
            (folder / part).parent.mkdir(parents=True)
            (folder / part).write_text(content)

    return write


def release(tmp_path, text, *, page="page", now=NOON):
    return make_release(
        tmp_path / "releases", write=results_of(text, page), provenance={"code": "1"}, now=now
    )


def test_a_release_is_dated_and_numbered(tmp_path):
    assert release(tmp_path, "a").folder.name == "2026-03-01-1"
    assert release(tmp_path, "b").folder.name == "2026-03-01-2"
    assert release(tmp_path, "c", now=NOON + dt.timedelta(1)).folder.name == "2026-03-02-1"


def test_an_unchanged_run_makes_no_new_release(tmp_path):
    first = release(tmp_path, "a")
    again = release(tmp_path, "a", now=NOON + dt.timedelta(days=5))
    assert (again.folder, again.digest, again.is_new) == (first.folder, first.digest, False)
    assert [p.name for p in (tmp_path / "releases").iterdir()] == ["2026-03-01-1"]


def test_pages_that_read_differently_make_a_new_release_with_the_same_digest(tmp_path):
    first, second = release(tmp_path, "a"), release(tmp_path, "a", page="better words")
    assert second.is_new
    assert second.digest == first.digest


def test_the_moment_stands_outside_the_digest(tmp_path):
    made = release(tmp_path / "one", "a"), release(tmp_path / "two", "a", now=NOON.replace(hour=3))
    assert made[0].digest == made[1].digest
    facts = json.loads((made[1].folder / "provenance.json").read_text())
    assert facts["made_at"] == "2026-03-01T03:00:00+00:00"
    assert facts["code"] == "1"


def test_the_tenth_release_of_a_day_comes_after_the_ninth(tmp_path):
    for number in range(1, 11):
        release(tmp_path, str(number))
    assert latest_release(tmp_path / "releases").folder.name == "2026-03-01-10"


def test_the_files_of_a_release_are_read_only(tmp_path):
    folder = release(tmp_path, "a").folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 3
    assert {path.stat().st_mode & 0o222 for path in files} == {0}


def test_a_run_that_fails_leaves_nothing_behind(tmp_path):
    def fail(folder):
        (folder / "results").mkdir()
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        make_release(tmp_path / "releases", write=fail, provenance={}, now=NOON)
    assert list((tmp_path / "releases").iterdir()) == []
    assert latest_release(tmp_path / "releases") is None


def test_folders_of_another_kind_are_passed_over(tmp_path):
    first = release(tmp_path, "a")
    for name in ("2026-03-01-draft", "notes"):
        (tmp_path / "releases" / name).mkdir()
        (tmp_path / "releases" / name / "provenance.json").write_text("{}")
    assert latest_release(tmp_path / "releases") == latest_release(first.folder.parent)
    assert latest_release(tmp_path / "releases").folder == first.folder


@pytest.mark.parametrize("content", ["", "{", "[]", "{}"])
def test_a_damaged_provenance_is_said_with_the_remedy(tmp_path, content):
    path = release(tmp_path, "a").folder / "provenance.json"
    path.chmod(0o644)
    path.write_text(content)
    with pytest.raises(StudyError, match="2026-03-01-1 from your copy"):
        release(tmp_path, "b")


def test_a_folder_that_cannot_be_written_is_said_with_the_remedy(tmp_path):
    (tmp_path / "releases").write_text("a file where the folder should be")
    with pytest.raises(StudyError, match="cannot be written"):
        release(tmp_path, "a")


def test_what_was_released_is_what_was_written(tmp_path):
    folder = release(tmp_path, "a").folder
    assert (folder / "results" / "ranks.csv").read_text() == "a"
