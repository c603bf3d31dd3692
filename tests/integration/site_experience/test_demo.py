"""The demo shows what the bank is for: an experience with its change, and one that says why not."""

from pathlib import Path

import pytest

from tests.lib.site import site_of
from torg import site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    shown = site.demo(tmp_path_factory.mktemp("demo") / "study", municipalities=60, weeks=14)
    yield shown
    site.close_people()


def test_the_demo_shows_a_measured_change_and_says_why_there_is_none(shown):
    client = site_of(shown.study)
    pages = [client.get(f"/en/experience/{number}/").content.decode() for number in (1, 2, 3)]
    measured = pages[0]
    assert "On average " in measured
    assert "with an interval from " in measured
    assert " peers changed by " in measured
    assert "A change in time is no effect" in measured
    assert any("Too few weeks were observed before it began." in page for page in pages)


def test_what_went_well_in_the_demo_did_not_fall_and_is_of_weeks_that_were_observed(shown):
    from torg.site.experience.queries import public_experience, surroundings

    site_of(shown.study)
    told = surroundings(public_experience(1), language="en").measures
    known = [each.change for each in told if each.change.change is not None]
    assert known and all(each.change > 0 for each in known)
    first, last = shown.study.window.start, shown.study.window.end
    assert all(first <= each.before.first and each.after.last <= last for each in known)


def test_the_demo_has_a_file_that_the_room_s_own_town_can_hand_in(shown):
    from torg.site.accounts.models import RoomLink
    from torg.site.room.understanding import understand

    (words,) = [what for what, _ in shown.ways_in if "hand in" in what]
    file = Path(words.partition("hand in ")[2])
    site_of(shown.study)
    link = RoomLink.objects.latest("id")
    unit = (link.country, link.unit)
    found = understand(shown.study, file, unit=unit, answers={}, progress=lambda *_: None)
    assert {each["whose"] for each in found["channels"]} == {"own"}
    assert found["rows"]["accepted"] > 0 and found["rows"]["rejected"] == 0


def test_who_is_asked_in_the_demo_is_asked_in_the_language_of_the_browser(shown):
    (path,) = [path for _, path in shown.ways_in if path.startswith("/answer/")]
    browser = site_of(shown.study, accept_language="nb-NO,nb;q=0.9,en;q=0.5")
    assert browser.get(path)["Location"].startswith("/nb/")
