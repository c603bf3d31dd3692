"""How old a post may be and still be looked at."""

import datetime as dt

import pytest

from torg.follow.held import horizon
from torg.study import Follow


@pytest.mark.parametrize(
    ("settings", "days"),
    [
        ({}, 90),
        ({"reply_days": 120}, 120 + 15),
        ({"ages_hours": (24, 168, 24 * 200)}, 200 + 15),
    ],
)
def test_posts_are_looked_at_until_nothing_is_asked_of_them(settings, days):
    assert horizon(Follow(**settings)) == dt.timedelta(days=days)
