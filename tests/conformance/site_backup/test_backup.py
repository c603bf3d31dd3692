"""What was copied comes back as it was, from SQLite and from PostgreSQL."""

import datetime as dt
import tarfile

from tests.lib.surveying import WAVE
from torg import site


def test_a_study_comes_back_with_all_its_answers(
    survey, box, tmp_path, database, request, monkeypatch
):
    survey.ask(site.invite, wave=WAVE, post=box)
    form = survey.opened(box, "post@fjordby.example").forms[0].form
    survey.ask(site.save_answer, form, item="guidelines", value="planned")
    before = site.answers_of(survey.study, wave=WAVE)
    made = site.back_up(survey.study, tmp_path / "copy.tar.gz")
    assert (made.study, made.path) == (survey.study.id, tmp_path / "copy.tar.gz")
    site.close_people()
    if database:
        monkeypatch.setenv("TORG_DATABASE", request.getfixturevalue("cluster")())
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "again")
    study = again(tmp_path / "again")
    assert site.answers_of(study, wave=WAVE).equals(before)
    assert (tmp_path / "again" / "study.toml").read_text() == (
        survey.study.folder / "study.toml"
    ).read_text()


def test_a_link_that_was_sent_still_opens_after_the_way_back(
    survey, box, tmp_path, database, request, monkeypatch
):
    survey.ask(site.invite, wave=WAVE, post=box)
    site.back_up(survey.study, tmp_path / "copy.tar.gz")
    site.close_people()
    if database:
        monkeypatch.setenv("TORG_DATABASE", request.getfixturevalue("cluster")())
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "again")
    survey.study = again(tmp_path / "again")
    assert survey.opened(box, "post@sundby.example").forms[0].name == "Sundby"


def test_answers_may_still_only_be_added(survey, box, tmp_path, database, request, monkeypatch):
    import pytest
    from django.db import DatabaseError, transaction

    survey.ask(site.invite, wave=WAVE, post=box)
    form = survey.opened(box, "post@fjordby.example").forms[0].form
    survey.ask(site.save_answer, form, item="guidelines", value="planned")
    site.back_up(survey.study, tmp_path / "copy.tar.gz")
    site.close_people()
    if database:
        monkeypatch.setenv("TORG_DATABASE", request.getfixturevalue("cluster")())
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "again")
    site.open_people(again(tmp_path / "again"))
    from torg.site.answers.models import Answer

    with pytest.raises(DatabaseError), transaction.atomic():
        Answer.objects.all().delete()


def test_who_has_a_copy_is_not_signed_in_by_it(survey, tmp_path, database, request, monkeypatch):
    from django.contrib.sessions.models import Session

    site.open_people(survey.study)
    at = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    Session.objects.create(session_key="k" * 32, session_data="who", expire_date=at)
    site.back_up(survey.study, tmp_path / "copy.tar.gz")
    assert Session.objects.count() == 1
    site.close_people()
    if database:
        monkeypatch.setenv("TORG_DATABASE", request.getfixturevalue("cluster")())
    site.restore(tmp_path / "copy.tar.gz", tmp_path / "again")
    site.open_people(again(tmp_path / "again"))
    assert Session.objects.count() == 0
    with tarfile.open(tmp_path / "copy.tar.gz") as tar:
        held = [tar.extractfile(each).read() for each in tar if each.name.endswith(PEOPLE)]
    assert len(held) == 1
    assert b"k" * 32 not in held[0]


PEOPLE = ("torg.sqlite3", "people.pgdump")


def again(folder):
    from torg.study import read_study

    return read_study(folder)
