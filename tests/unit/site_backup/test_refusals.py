"""A copy that is none, or not whole, puts nothing back."""

import gzip
import io
import tarfile

import pytest

from tests.lib.surveying import a_study
from torg import site
from torg.errors import StudyError


@pytest.fixture
def copy(tmp_path):
    """A copy of a small study, and the folder to put it back into."""
    study = a_study(tmp_path / "study")
    site.back_up(study, tmp_path / "copy.tar.gz")
    yield tmp_path / "copy.tar.gz"
    site.close_people()


def refused(file, folder, words):
    with pytest.raises(StudyError, match=words):
        site.restore(file, folder)
    assert not folder.exists() or not any(folder.iterdir())
    assert not list(folder.parent.glob(".torg-*"))


def members(file):
    with tarfile.open(file) as tar:
        return [(entry, tar.extractfile(entry).read()) for entry in tar]


def rewrite(file, found):
    with tarfile.open(file, "w:gz") as tar:
        for entry, content in found:
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))


def test_only_its_owner_can_read_a_copy(copy):
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_is_never_written_over(copy, tmp_path):
    with pytest.raises(StudyError, match="is there already"):
        site.back_up(a_study(tmp_path / "other"), copy)


def test_two_names_of_one_file_come_back_as_two_files(tmp_path):
    """Copies of a study that save room (cp -l, rsync --link-dest) make such names."""
    study = a_study(tmp_path / "study")
    (study.folder / "once.txt").write_text("said once", encoding="utf-8")
    (study.folder / "twice.txt").hardlink_to(study.folder / "once.txt")
    site.back_up(study, tmp_path / "copy.tar.gz")
    site.close_people()
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    said = {name: (tmp_path / "new" / name).read_text() for name in ("once.txt", "twice.txt")}
    assert said == {"once.txt": "said once", "twice.txt": "said once"}
    assert (tmp_path / "new" / "twice.txt").stat().st_nlink == 1


def test_what_is_not_there_is_said(tmp_path):
    refused(tmp_path / "no.tar.gz", tmp_path / "new", "is not there")


def test_another_archive_is_no_copy(tmp_path):
    file = tmp_path / "other.tar.gz"
    entry = tarfile.TarInfo("readme.txt")
    rewrite(file, [(entry, b"hello")])
    refused(file, tmp_path / "new", "is no copy of a study")


def test_a_cut_copy_is_refused(copy, tmp_path):
    copy.write_bytes(copy.read_bytes()[:-400])
    refused(copy, tmp_path / "new", "damaged|no copy")


def test_noise_is_refused(tmp_path):
    file = tmp_path / "noise.tar.gz"
    file.write_bytes(gzip.compress(b"\x00noise" * 1000))
    refused(file, tmp_path / "new", "no copy of a study")


def test_a_changed_file_is_refused(copy, tmp_path):
    changed = [
        (entry, content + b"\n# more" if entry.name == "study/study.toml" else content)
        for entry, content in members(copy)
    ]
    rewrite(copy, changed)
    refused(copy, tmp_path / "new", "study/study.toml has changed")


def test_a_missing_file_is_named(copy, tmp_path):
    rewrite(copy, [each for each in members(copy) if each[0].name != "study/study.toml"])
    refused(copy, tmp_path / "new", "study/study.toml is not in it")


@pytest.mark.parametrize("name", ["../outside.txt", "/outside.txt", "study/../../x", "study/new"])
def test_what_the_list_does_not_have_is_not_unpacked(copy, tmp_path, name):
    rewrite(copy, [*members(copy), (tarfile.TarInfo(name), b"x")])
    refused(copy, tmp_path / "new", "does not belong in it")


def test_a_link_in_the_place_of_a_file_is_refused(copy, tmp_path):
    found = members(copy)
    link = tarfile.TarInfo("study/study.toml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    rewrite(copy, [(link, b"") if e.name == "study/study.toml" else (e, c) for e, c in found])
    refused(copy, tmp_path / "new", "does not belong in it")


def test_a_folder_that_holds_something_is_left_alone(copy, tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="is not empty"):
        site.restore(copy, folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


def test_a_copy_of_one_kind_of_database_does_not_go_into_another(copy, tmp_path, monkeypatch):
    monkeypatch.setenv("TORG_DATABASE", "postgresql://torg@/none?host=/nowhere")
    refused(copy, tmp_path / "new", "another kind of database")


def test_only_its_owner_can_read_the_people_that_come_back(copy, tmp_path):
    for entry, _ in members(copy):
        if entry.name.endswith("torg.sqlite3"):
            assert entry.mode & 0o077 == 0
    loose = [(e, c) for e, c in members(copy)]
    for entry, _ in loose:
        entry.mode = 0o644
    rewrite(copy, loose)
    site.restore(copy, tmp_path / "new")
    assert (tmp_path / "new" / "torg.sqlite3").stat().st_mode & 0o077 == 0


def test_a_copy_does_not_lie_in_what_it_copies(tmp_path):
    study = a_study(tmp_path / "study")
    with pytest.raises(StudyError, match="lies in the study's own folder: choose a place outside"):
        site.back_up(study, study.folder / "copies" / "copy.tar.gz")
    assert not list(study.folder.rglob("copy*"))


def test_what_changes_while_it_is_copied_is_copied_anew(tmp_path, monkeypatch):
    from torg.site import backup

    study = a_study(tmp_path / "study")
    notes = study.folder / "notes.txt"
    notes.write_text("first", encoding="utf-8")
    changes, facts = ["second, and longer", "3"], backup._facts

    def then_changed(path):
        found = facts(path)
        if path == notes and changes:
            notes.write_text(changes.pop(0), encoding="utf-8")
        return found

    monkeypatch.setattr(backup, "_facts", then_changed)
    site.back_up(study, tmp_path / "copy.tar.gz")
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "new")
    assert (tmp_path / "new" / "notes.txt").read_text(encoding="utf-8") == "3"
    site.close_people()


def test_a_file_that_never_rests_is_named(tmp_path, monkeypatch):
    from torg.site import backup

    study = a_study(tmp_path / "study")
    notes = study.folder / "notes.txt"
    notes.write_text("x", encoding="utf-8")
    facts = backup._facts

    def then_changed(path):
        found = facts(path)
        if path == notes:
            notes.write_text(notes.read_text(encoding="utf-8") + "x", encoding="utf-8")
        return found

    monkeypatch.setattr(backup, "_facts", then_changed)
    with pytest.raises(StudyError, match=r"notes\.txt changes while it is copied"):
        site.back_up(study, tmp_path / "copy.tar.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["study"]
    site.close_people()


def test_what_lies_elsewhere_and_is_only_pointed_to_stops_a_copy(tmp_path):
    study = a_study(tmp_path / "study")
    (tmp_path / "large").mkdir()
    (study.folder / "archive").symlink_to(tmp_path / "large")
    with pytest.raises(StudyError, match=r"archive is only a link to .*large"):
        site.back_up(study, tmp_path / "copy.tar.gz")
    site.close_people()


def test_a_dump_is_made_over_a_line_as_safe_as_the_site_s_own(monkeypatch):
    from torg.site import backup
    from torg.site.database import database_of

    monkeypatch.setenv(
        "TORG_DATABASE", "postgresql://me:pw@db.example/torg?sslmode=verify-full&sslrootcert=ca.pem"
    )
    asked = []
    monkeypatch.setattr(backup.shutil, "which", lambda program: program)
    monkeypatch.setattr(
        backup.subprocess,
        "run",
        lambda command, *, env, **_: (
            asked.append((command, env)) or backup.subprocess.CompletedProcess(command, 0)
        ),
    )
    backup._run(database_of(None), "pg_dump")
    ((command, env),) = asked
    assert (env["PGSSLMODE"], env["PGSSLROOTCERT"]) == ("verify-full", "ca.pem")
    assert (env["PGPASSWORD"], command) == ("pw", ["pg_dump"])


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_cannot_be_a_folder_is_told(copy, tmp_path, place):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match="cannot be made a folder"):
        site.restore(copy, tmp_path / place)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
