"""What the pages of a room call things: as the reader does, never by a code of ours."""

import datetime as dt
import re

import pytest

from tests.lib.exports import BUSINESS_SUITE, suite, table
from tests.lib.rooms import (
    FJORDBY,
    FJORDBY_PAGE,
    SUNDBY_PAGE,
    a_room,
    read_here,
    understood,
    visitor_of,
)
from tests.lib.site import as_municipality, as_staff, site_of

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


def test_a_file_that_is_known_is_called_by_its_tool_and_not_by_our_format(
    study, client, monkeypatch
):
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    said = text_of(client, f"/nb/room/files/{understood(study).pk}/")
    assert "Innlegg, fra Meta Business Suite" in said
    assert "export of" not in said


def test_a_file_that_is_not_known_says_in_the_reader_s_language_what_to_export(
    study, client, monkeypatch
):
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    number = understood(study, b"one,two\n1,2\n", zone="").pk
    page = client.get(f"/nb/room/files/{number}/").content.decode()
    assert "Torg kunne ikke lese denne filen" in page
    assert "business.facebook.com" in page
    plain, _, folded = page.partition("<details>")
    assert "format" not in plain.partition("<main")[2]
    assert '<p lang="en">No format that Torg reads has the columns one, two' in folded


def test_a_file_of_several_says_whose_the_rows_are_and_that_own_ones_can_be_handed_in(
    study, client, monkeypatch
):
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    time = {"Publish time": "07/16/2024 09:30"}
    pages = [FJORDBY_PAGE, FJORDBY_PAGE, SUNDBY_PAGE, SUNDBY_PAGE, SUNDBY_PAGE]
    rows = [suite(n, **{"Page ID": page, **time}) for n, page in enumerate(pages, start=1)]
    number = understood(study, table(BUSINESS_SUITE, *rows).encode()).pk
    said = text_of(client, f"/en/room/files/{number}/")
    assert "Rows of your own channels 2" in said
    assert "Rows of other municipalities&#39; channels 3" in said
    assert f"Facebook {SUNDBY_PAGE} 3" in said
    assert "Your own rows alone can be handed in" in said
    assert "What was understood" not in said


def test_staff_read_of_a_file_what_it_holds_in_words(study, monkeypatch):
    from torg.site.room.actions import propose_channel
    from torg.site.room.channels import Said

    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    client = as_staff(site_of(study), "editor")
    number = understood(study).pk
    said = text_of(client, f"/nb/staff/review/files/{number}/")
    assert "Facebook 770001 (12)" in said
    assert "Meta Business Suite" in said
    assert "Fra kommunen selv" in said
    assert re.search(r"\b2024-\d\d-\d\d\b|owner", said) is None
    what = Said(
        kind="add", platform="youtube", address="https://www.youtube.com/@fjordby", scope="service",
        valid_from=dt.date(2024, 1, 31),
    )  # fmt: skip
    proposed = propose_channel(study, visitor_of(FJORDBY), what)
    said = text_of(client, f"/nb/staff/review/channels/{proposed.pk}/")
    assert "YouTube" in said and "31. januar 2024" in said and "2024-01-31" not in said
    assert "service" not in said


def test_every_format_is_of_a_tool_with_a_name():
    from torg.collect import FORMATS
    from torg.site.room.told import KINDS, tool_of

    assert [name for name in FORMATS if tool_of(name) == name] == []
    assert {each.kind for each in FORMATS.values()} <= KINDS.keys()


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


def test_the_latest_wave_stands_first_whatever_it_is_called(study, client):
    from torg.site.answers.models import Form, FrameUnit, Respondent

    text = study.questionnaire.read_text(encoding="utf-8")
    spring = text[text.index("[[wave]]") : text.index("[[question]]")].replace("autumn", "spring")
    spring = spring.replace("2024-09", "2024-03")
    text = text.replace("[[wave]]", f"{spring}[[wave]]", 1)
    study.questionnaire.write_text(text, encoding="utf-8")
    now = dt.datetime.now(dt.UTC)
    for wave in ("2024-autumn", "2024-spring"):
        unit = FrameUnit.objects.create(
            wave=wave, country="XX", unit="0101", kind="municipality", name="Fjordby"
        )
        who = Respondent.objects.create(wave=wave, code="a", role="registry", made=now)
        Form.objects.create(respondent=who, unit=unit)
    said = text_of(client, "/en/room/")
    assert said.index("survey of autumn 2024, registry") < said.index("survey of spring 2024, reg")


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


def test_the_log_of_a_room_is_in_the_reader_s_words_and_the_room_s_title_says_what_it_is(
    study, client, monkeypatch
):
    monkeypatch.setattr("torg.site.room.actions.reading.read_apart", read_here)
    number = understood(study).pk
    said = text_of(client, "/nb/room/")
    assert said.startswith("Rommet til kommunen deres: Fjordby – Towns")
    assert f"lenke til rommet 1 leverte inn en fil fil {number}" in said
    assert "nettstedet selv" in said
    assert "the site" not in said and "hand-in" not in said
