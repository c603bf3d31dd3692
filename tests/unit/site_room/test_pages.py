"""What the pages of a room call things: as the reader does, never by a code of ours."""

import datetime as dt
import re

import pytest

from tests.lib.rooms import FJORDBY, a_room, read_here, understood
from tests.lib.site import as_municipality, site_of

QUESTIONNAIRE = """\
id = "towns"
title = { en = "Towns", nb = "Byer" }
languages = ["en", "nb"]

[[wave]]
id = "2024-autumn"
title = { en = "The survey of autumn 2024", nb = "Undersøkelsen høsten 2024" }
opens = 2024-09-01
closes = 2024-09-30
frame_date = 2024-01-01

[[question]]
id = "guidelines"
kind = "planned"
text = { en = "Are there guidelines?", nb = "Finnes det retningslinjer?" }
"""


@pytest.fixture
def study(tmp_path):
    study = a_room(tmp_path / "study")
    study.questionnaire.write_text(QUESTIONNAIRE, encoding="utf-8")
    return study


@pytest.fixture
def client(study):
    return as_municipality(site_of(study), *FJORDBY)


def text_of(client, address):
    said = re.sub(r"<[^>]+>", " ", client.get(address).content.decode())
    return " ".join(said.split())


def test_what_was_understood_has_platforms_and_days_as_readers_write_them(
    study, client, monkeypatch
):
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    number = understood(study).pk
    said = text_of(client, f"/nb/room/files/{number}/")
    assert "Facebook" in said and "facebook " not in said
    assert "1. juli 2024" in said and "31. juli 2024" in said
    assert "16. juli 2024" in said
    assert re.search(r"\b2024-\d\d-\d\d\b", said) is None


@pytest.mark.parametrize("page", ["agreement", "channels"])
def test_a_platform_is_named(client, page):
    said = text_of(client, f"/en/room/{page}/")
    assert "Facebook" in said


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "The survey of autumn 2024"), ("nb", "Undersøkelsen høsten 2024")],
)
def test_a_wave_is_called_as_the_questionnaire_does(study, client, language, title):
    from torg.site.answers.models import Form, FrameUnit, Respondent

    now = dt.datetime.now(dt.UTC)
    who = Respondent.objects.create(wave="2024-autumn", code="a", role="registry", made=now)
    unit = FrameUnit.objects.create(
        wave="2024-autumn", country="XX", unit="0101", kind="municipality", name="Fjordby"
    )
    Form.objects.create(respondent=who, unit=unit)
    assert f"{title}, registry" in text_of(client, f"/{language}/room/")
    study.questionnaire.unlink()
    assert "2024-autumn, registry" in text_of(client, f"/{language}/room/")


def test_the_staff_read_what_is_proposed_in_their_own_language(study, client):
    from tests.lib.rooms import visitor_of
    from tests.lib.site import as_staff
    from torg.site.room.actions import propose_channel
    from torg.site.room.channels import Said

    said = Said(kind="add", platform="", address="https://www.instagram.com/fjordby")
    number = propose_channel(study, visitor_of(FJORDBY), said).pk
    staff = as_staff(site_of(study), "editor")
    page = text_of(staff, f"/nb/staff/review/channels/{number}/")
    assert "instagram.com/fjordby" in page
    assert "A further channel" not in page
