"""A database of the release before is brought up to date, and nothing in it is lost."""

import pytest

from tests.lib.postgres import cluster  # noqa: F401 -- a fixture
from tests.lib.surveying import WAVE, a_frame, a_study, database  # noqa: F401 -- a fixture
from torg import site

BEFORE = [("answers", "0003_only_added")]  # all that a database of version 0.3 has


@pytest.fixture
def old(tmp_path, database, monkeypatch):  # noqa: F811 -- the fixture
    """A study whose database version 0.3 made, with a frame in it."""
    from torg.site import opening

    study = a_study(tmp_path)

    def as_before():
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(opening.connection)
        executor.migrate(BEFORE)

    with monkeypatch.context() as patched:
        patched.setattr(opening, "_migrate", as_before)
        site.draw_frame(study, a_frame(wave=WAVE))
    assert tables() & {"answers_frameunit", "accounts_account"} == {"answers_frameunit"}
    site.close_people()
    return study


def tables():
    from django.db import connection

    return set(connection.introspection.table_names())


def test_a_database_of_the_release_before_is_brought_up_to_date(old):
    assert site.frame(old, wave=WAVE).height == 3
    assert {"accounts_account", "audit_entry", "work_job"} <= tables()


def test_the_upgrade_is_made_once(old):
    site.open_people(old)
    from django.db.migrations.recorder import MigrationRecorder

    from torg.site import opening

    before = MigrationRecorder(opening.connection).applied_migrations().keys()
    site.close_people()
    site.open_people(old)
    assert MigrationRecorder(opening.connection).applied_migrations().keys() == before
