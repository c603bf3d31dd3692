"""What was copied comes back as it was, from SQLite and from PostgreSQL."""

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


def again(folder):
    from torg.study import read_study

    return read_study(folder)
