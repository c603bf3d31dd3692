"""Where a study's people are kept, and what is said where that cannot be."""

import subprocess
import sys

import pytest

from tests.lib.surveying import WAVE, a_frame
from torg.errors import SurveyError, Unreachable
from torg.site import close_people, draw_frame, frame, open_people, status
from torg.site.database import database_of
from torg.study import create_study

PASSWORD = "hunter2"  # noqa: S105 -- of a test


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.delenv("TORG_DATABASE", raising=False)
    yield create_study(tmp_path / "study", study_id="mine")
    close_people()


def test_without_a_word_it_is_a_file_in_the_study_that_only_its_owner_reads(study):
    people = open_people(study)
    path = study.folder / "torg.sqlite3"
    assert people.shown == str(path)
    assert path.stat().st_mode & 0o077 == 0


def test_what_stands_there_survives_that_another_is_opened(study, tmp_path):
    draw_frame(study, a_frame())
    other = create_study(tmp_path / "other")
    assert frame(other, wave=WAVE).is_empty()
    assert frame(study, wave=WAVE).height == 3
    assert status(other, wave=WAVE).is_empty()


def test_the_file_is_made_anew_where_it_was_taken_away(study):
    draw_frame(study, a_frame())
    close_people()
    for path in study.folder.glob("torg.sqlite3*"):
        path.unlink()
    assert frame(study, wave=WAVE).is_empty()


def test_a_file_that_readers_may_read_while_it_is_written(study):
    from django.db import connection

    open_people(study)
    said = {}
    with connection.cursor() as cursor:
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "secure_delete",
            "busy_timeout",
        ):
            said[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
    assert said == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "busy_timeout": 30_000,
    }  # fmt: skip


def test_a_file_that_a_newer_torg_made(study):
    from django.db import connection

    open_people(study)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('answers', '0999_x', '2030')"
        )
    close_people()
    with pytest.raises(SurveyError, match=r"torg\.sqlite3 was made by a newer Torg: use that one"):
        open_people(study)


def test_a_database_of_another_study(study):
    open_people(study)
    close_people()
    other = study.model_copy(update={"id": "theirs"})
    with pytest.raises(
        SurveyError, match="belongs to the study with the id 'mine', not to this one"
    ):
        open_people(other)


def test_a_file_that_is_no_database(study):
    (study.folder / "torg.sqlite3").write_bytes(b"not a database at all, but long enough" * 99)
    with pytest.raises(SurveyError, match="is no database, or a damaged one"):
        open_people(study)


def test_a_folder_that_may_not_be_written(study, monkeypatch):
    (study.folder / "torg.sqlite3").mkdir()
    with pytest.raises(SurveyError, match="cannot be written"):
        open_people(study)


@pytest.mark.parametrize(
    "address",
    [
        f"mysql://torg:{PASSWORD}@localhost/torg",
        f"postgresql://torg:{PASSWORD}@localhost",
        f"postgresql://torg:{PASSWORD}@localhost:no-port/torg",
        PASSWORD,
    ],
)
def test_an_address_that_is_none_is_not_repeated(study, monkeypatch, address):
    monkeypatch.setenv("TORG_DATABASE", address)
    with pytest.raises(SurveyError, match="TORG_DATABASE is no address of a") as raised:
        open_people(study)
    assert PASSWORD not in str(raised.value)


def test_what_an_address_says(study, monkeypatch):
    monkeypatch.setenv(
        "TORG_DATABASE", "postgresql://us%40er:p%2Fw@db.example:5433/towns?sslmode=require"
    )
    said = database_of(study)
    expected = {
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "NAME": "towns",
    }
    assert {name: said.settings[name] for name in expected} == expected
    assert said.settings["OPTIONS"]["sslmode"] == "require"
    assert said.shown == "postgresql://db.example/towns"


@pytest.mark.parametrize("option", ["nothing", "connect_timeout"])
def test_an_option_that_no_server_knows(study, monkeypatch, tmp_path, option):
    address = f"postgresql://torg@/torg?host={tmp_path}&{option}={PASSWORD}"
    monkeypatch.setenv("TORG_DATABASE", address)
    with pytest.raises(SurveyError, match="an option or a value that PostgreSQL") as raised:
        open_people(study)
    assert PASSWORD not in str(raised.value)


def test_a_server_that_is_not_there(study, monkeypatch, tmp_path):
    monkeypatch.setenv("TORG_DATABASE", f"postgresql://torg:{PASSWORD}@/torg?host={tmp_path}")
    with pytest.raises(Unreachable, match="gave no answer, or did not let Torg in") as raised:
        open_people(study)
    assert PASSWORD not in str(raised.value)


def test_the_models_are_what_the_migrations_make(study):
    from django.core.management import call_command

    open_people(study)
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_room_can_be_entered_without_django():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import torg.site, torg.__main__, sys; print('django' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "False"


def test_a_name_that_is_not_there():
    import torg.site

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        torg.site.nothing  # noqa: B018 -- asked for
