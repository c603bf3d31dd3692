"""A database is made whole or not at all."""

import pytest

from tests.lib.surveying import WAVE, a_frame, a_study
from torg.site import close_people, draw_frame, open_people


class Died(BaseException):
    """Stands in for the end of the process: what was not committed is gone."""


@pytest.mark.parametrize("step", ["0001_first", "0002_constraints", "0003_only_added"])
def test_who_dies_while_the_tables_are_made_leaves_nothing_half_done(
    tmp_path, database, monkeypatch, step
):
    from django.db.migrations.recorder import MigrationRecorder

    study, record = a_study(tmp_path), MigrationRecorder.record_applied

    def dies(self, app, name):
        if name == step:
            raise Died
        record(self, app, name)

    with monkeypatch.context() as patched, pytest.raises(Died):
        patched.setattr(MigrationRecorder, "record_applied", dies)
        open_people(study)
    close_people()
    assert draw_frame(study, a_frame(wave=WAVE)).height == 3


def test_what_refers_to_nothing_is_refused_after_the_tables_were_made(tmp_path, database):
    from django.db import IntegrityError, transaction

    from torg.site.answers.models import Event

    open_people(a_study(tmp_path))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(respondent_id=999, kind="sent", at="2026-03-02T00:00:00Z")
