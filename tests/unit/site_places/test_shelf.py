"""The shelf: what is new is found, what is public is shown, and each release is read once."""

import datetime as dt
import shutil

import pytest

from tests.lib.site import released, site_of


@pytest.fixture
def study(tmp_path):
    study = released(tmp_path)
    site_of(study)
    return study


def test_it_gives_the_latest_with_its_day(study):
    from torg.site.places import shelf

    latest = shelf.latest()
    assert latest.name == next(study.releases.glob("2*")).name
    assert latest.day == dt.date.fromisoformat(latest.name[:10])
    assert latest.is_latest
    assert shelf.named(latest.name) == latest
    assert shelf.named("2001-01-01-1") is None


def test_a_release_is_read_once(study):
    from torg.site.places import shelf

    assert shelf.latest().results is shelf.latest().results
    assert shelf.latest().national("en") is shelf.latest().national("en")
    assert shelf.latest().national("nb") is not shelf.latest().national("en")


def test_what_cannot_be_read_is_not_tried_at_every_call(study, monkeypatch):
    from torg.errors import StudyError
    from torg.site.places import shelf

    tried = []

    def fails(folder):
        tried.append(folder)
        raise StudyError("made by another version of Torg")

    monkeypatch.setattr(shelf, "read_shown", fails)
    contents = shelf.Contents(study.releases / "2001-01-01-1")
    assert [contents.is_readable for _ in range(3)] == [False] * 3
    assert len(tried) == 1
    monkeypatch.setattr(shelf, "_SECONDS", 0)
    assert not contents.is_readable
    assert len(tried) == 2


def test_a_release_that_appears_while_the_server_runs_is_taken_up(study):
    from torg.site.places import shelf

    first = shelf.latest().name
    later = f"{dt.date.fromisoformat(first[:10]) + dt.timedelta(days=1)}-1"
    shutil.copytree(study.releases / first, study.releases / later)
    shelf.look_again()
    assert [each.name for each in shelf.public()] == [later, first]
    assert not shelf.named(first).is_latest


def test_numbers_of_a_day_are_counted_not_spelled(study):
    from torg.site.places import shelf

    first = shelf.latest().name
    for number in ("2", "10"):
        shutil.copytree(study.releases / first, study.releases / f"{first[:10]}-{number}")
    shelf.look_again()
    assert shelf.latest().name == f"{first[:10]}-10"


def test_a_card_is_found_by_what_its_page_is_called(study):
    from torg.site.places import shelf

    latest = shelf.latest()
    found = next(iter(latest.national("en").places.by_key))
    assert latest.card("en", found).place.key == found
    assert latest.card("en", "XX-none") is None


def test_rooms_that_are_not_there_are_not_in_the_navigation(study):
    from django.test import RequestFactory

    from torg.site.places.rooms import rooms

    request = RequestFactory().get("/en/releases/2001-01-01-1/municipalities/XX-1/")
    request.language = "en"
    found = rooms(request)
    assert [room.title for room in found if room.is_here] == ["Municipalities"]
    assert {"The country", "Ranking", "Survey", "How we know"} <= {room.title for room in found}
    shutil.rmtree(study.releases)
    from torg.site.places import shelf

    shelf.look_again()
    assert "Ranking" not in {room.title for room in rooms(request)}
