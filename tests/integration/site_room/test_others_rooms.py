"""Two municipalities: nothing of the one reaches the other, by no address, number or form."""

import datetime as dt

import pytest

from tests.lib.rooms import FJORDBY, SUNDBY, a_room, export, handed_in, visitor_of
from tests.lib.site import as_municipality, as_staff, site_of

WORDS = "Nobody but Fjordby wrote this"


@pytest.fixture
def study(tmp_path):
    return a_room(tmp_path / "study")


@pytest.fixture
def client(study):
    return site_of(study)


@pytest.fixture
def things(study, client):
    """One of each that Fjordby has: their numbers."""
    from torg.site.releases import actions
    from torg.site.releases.models import Publication
    from torg.site.room.actions import propose_channel
    from torg.site.room.channels import Said

    now = dt.datetime.now(dt.UTC)
    Publication.objects.create(
        release="2026-11-20-1", digest="0", offered=now, public_from=now + dt.timedelta(days=14)
    )
    who = visitor_of(FJORDBY)
    said = Said(
        kind="add", platform="", address="https://www.instagram.com/fjordbysecret", remark=WORDS
    )
    return {
        "file": handed_in(study, export(), name=f"{WORDS}.csv").pk,
        "proposal": propose_channel(study, who, said).pk,
        "correction": actions.propose_correction(
            study, who, measure="posts", should_be=WORDS, reason=WORDS, evidence=WORDS
        ).pk,
        "statement": actions.state(study, who, text=WORDS, language="en").pk,
    }


def addresses(things):
    """Every address of the room, with Fjordby's numbers."""
    from torg.site.room.urls import urlpatterns

    numbers = {
        "room_file": "file", "room_file_answer": "file", "room_file_withdraw": "file",
        "room_channel_withdraw": "proposal", "room_correction_withdraw": "correction",
        "room_statement_withdraw": "statement",
    }  # fmt: skip
    for pattern in urlpatterns:
        route = "/en/" + str(pattern.pattern)
        if pattern.name in numbers:
            yield pattern.name, route.replace("<int:number>", str(things[numbers[pattern.name]]))
        elif "<slug:kind>" in route:
            for kind in ("add", "change", "end", "disown"):
                query = "?platform=facebook&meant=https://www.facebook.com/fjordby"
                yield pattern.name, route.replace("<slug:kind>", kind) + query
        else:
            assert "<" not in route, "an address that this test does not know"
            yield pattern.name, route


def state(things):
    """All that Fjordby has, as it is."""
    from torg.site.releases.models import Objection, Statement
    from torg.site.room.models import HandIn, Proposal

    found = {
        "file": HandIn, "proposal": Proposal, "correction": Objection, "statement": Statement
    }  # fmt: skip
    return {
        name: list(model.objects.filter(id=things[name]).values()) for name, model in found.items()
    }


def test_no_page_of_one_shows_anything_of_the_other(client, things):
    as_municipality(client, *SUNDBY)
    for name, address in addresses(things):
        page = client.get(address)
        assert WORDS not in page.content.decode(), address
        assert "fjordbysecret" not in page.content.decode(), address
        if any(f"/{number}/" in address for number in things.values()):
            assert page.status_code in {404, 405}, f"{name} {address}"
    mine = as_municipality(client, *FJORDBY)
    assert WORDS in mine.get(f"/en/room/files/{things['file']}/").content.decode()


def test_no_form_of_one_changes_anything_of_the_other(client, things):
    before = state(things)
    as_municipality(client, *SUNDBY)
    forged = {
        "timezone": "Europe/Oslo", "act": "agree", "channel": "facebook:770001",
        "platform": "facebook", "meant": "https://www.facebook.com/fjordby", "whole": "yes",
        "country": "XX", "unit": "0101", "valid_to": "2026-01-01", "number": str(things["file"]),
    }  # fmt: skip
    for _, address in addresses(things):
        client.post(address, forged)
    assert state(things) == before
    from torg.site.room.models import HandIn, Proposal

    assert not HandIn.objects.exclude(unit="0101").exists()
    assert not Proposal.objects.filter(unit="0102", kind__in=("end", "disown", "change")).exists()


@pytest.mark.parametrize("role", ["reader", "editor", "analyst", None])
def test_nobody_else_comes_into_a_room(client, things, role):
    if role:
        as_staff(client, role)
    for _, address in addresses(things):
        for answered in (client.get(address), client.post(address, {})):
            assert answered.status_code in {403, 405}, address
            assert WORDS not in answered.content.decode()


def test_what_waits_is_on_no_public_page(client, things):
    from torg.site.releases.queries import statements_of

    assert statements_of("2026-11-20-1", *FJORDBY) == []
    assert WORDS not in client.get("/en/").content.decode()
