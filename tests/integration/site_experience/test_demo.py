"""The demo shows what the bank is for: an experience with its change, and one that says why not."""

import pytest

from tests.lib.site import site_of
from torg import site

pytestmark = pytest.mark.slow


def test_the_demo_shows_a_measured_change_and_says_why_there_is_none(tmp_path):
    shown = site.demo(tmp_path / "study", municipalities=60, weeks=14, seed=1)
    site.close_people()
    client = site_of(shown.study)
    pages = [client.get(f"/en/experience/{number}/").content.decode() for number in (1, 2, 3)]
    measured = pages[0]
    assert "On average " in measured
    assert "with an interval from " in measured
    assert " peers changed by " in measured
    assert "A change in time is no effect" in measured
    assert any("Too few weeks were observed before it began." in page for page in pages)
