"""Who comes by the survey's link: a municipality's own into its room, an observer into none."""

import datetime as dt
import secrets

import pytest

from tests.lib.site import released, site_of

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


@pytest.fixture
def client(tmp_path):
    return site_of(released(tmp_path))


def wave_of(study, *, is_open):
    """One of the study's waves, that takes answers today or has closed."""
    from torg.site.answers.kept import questionnaire_of

    today = dt.datetime.now(dt.UTC).date()
    waves = questionnaire_of(study).waves
    return next(each.id for each in waves if (each.opens <= today <= each.closes) == is_open)


def come_by_link(client, *, role, units, is_open=True):
    from torg.site.accounts.visiting import ANSWER_LINK
    from torg.site.answers.models import Form, FrameUnit, Link, Respondent
    from torg.site.current import current_study

    wave = wave_of(current_study(), is_open=is_open)
    word = secrets.token_hex(32)
    who = Respondent.objects.create(wave=wave, code=word[:16], role=role, made=NOW)
    for code in units:
        named = {"wave": wave, "country": "XX", "unit": code}
        of_unit = {"kind": "municipality", "name": code}
        unit, _ = FrameUnit.objects.get_or_create(**named, defaults=of_unit)
        Form.objects.create(respondent=who, unit=unit)
    session = client.session
    session[ANSWER_LINK] = Link.objects.create(respondent=who, hash=word, made=NOW).pk
    session.save()


def test_who_answers_for_one_municipality_is_in_its_room(client):
    come_by_link(client, role="post", units=["0101"])
    assert client.get("/en/room/").status_code == 200


@pytest.mark.parametrize("units", [["0101"], ["0101", "0102"]])
def test_an_observer_speaks_for_no_municipality_be_it_that_only_one_was_given(client, units):
    come_by_link(client, role="observer", units=units)
    for address in ("/en/room/", "/en/room/files/", "/en/room/preview/", "/en/experience/own/"):
        assert client.get(address).status_code == 403, address


def test_who_answers_for_several_is_in_no_room_of_them(client):
    come_by_link(client, role="post", units=["0101", "0102"])
    assert client.get("/en/room/").status_code == 403


def test_the_room_is_open_no_longer_than_the_link_itself(client):
    come_by_link(client, role="post", units=["0101"], is_open=False)
    assert client.get("/en/room/").status_code == 403
