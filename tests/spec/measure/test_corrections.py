"""What somebody set right by hand: a page that is not theirs, and lines that fit nothing."""

import datetime as dt

import pytest

from tests.lib.drawn_archive import (
    DrawnReading,
    audience,
    posts_and_snapshots,
    register,
    source,
    study,
)
from torg.errors import MeasureError
from torg.measure import Correction, observe

POSTS = """
post | published        | reactions | channel | followers
1    | 2024-03-05 10:00 | 5         | ours    | 100
2    | 2024-03-06 10:00 | 9         | shop    | 900
3    | 2024-03-06 10:00 | 9         | another | 900
"""
READ = """
channel | read             | followers
ours    | 2024-03-20 00:00 | 100
shop    | 2024-03-20 00:00 | 900
"""
CHANNELS = register(
    ("town", "facebook", "ours"),
    ("town", "facebook", "shop", {"address": "https://www.facebook.com/theshop"}),
    ("other", "facebook", "another"),
    ("third", "facebook", "never seen"),
    municipalities=[(name, 2000) for name in ("town", "other", "third")],
)
SAID = {
    "source_id": "a",
    "reply_key": 1,
    "post_key": 2,
    "platform": "facebook",
    "channel": "shop",
    "published_at": dt.datetime(2024, 3, 7, tzinfo=dt.UTC),
    "is_owner": False,
}


def exclude(channel, post="", line=2):
    """A line of corrections.csv."""
    return Correction(
        platform="facebook",
        channel=channel,
        post=post,
        field="exclude",
        value=None,
        who="Kari",
        when=dt.date(2024, 5, 20),
        why="it belongs to a shop of the same name",
        place=f"corrections.csv, line {line}",
    )


def observed(folder, *corrections):
    rows = {
        **posts_and_snapshots(POSTS),
        "audience": audience(READ),
        "replies": [SAID],
        "sources": [source()],
    }
    return observe(DrawnReading(folder, rows), CHANNELS, study(), corrections=corrections)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    left_out = exclude("@theshop"), exclude("another"), exclude("never seen")
    return observed(tmp_path_factory.mktemp("archive"), *left_out)


@pytest.fixture(scope="module")
def row(found):
    own = found.rows.filter(found.rows["platform"].is_null()).to_dicts()
    named = {(r["municipality"], r["measure"]): r for r in own}
    return lambda measure, code="town": named[code, measure]


def test_a_page_that_is_not_theirs_does_not_speak_for_them(row, found):
    assert row("posts")["value"] == 1
    assert row("p2")["value"] == 5
    assert row("followers")["value"] == 100
    assert row("comments_received")["missing"] == "no_replies_collected"
    assert "shop" not in found.rows["channel"]


def test_without_another_page_the_municipality_has_none(row):
    for code in ("other", "third"):
        assert row("posts", code)["missing"] == "no_channel"


def test_it_is_listed_with_what_was_applied(found):
    assert [c.channel for c in found.corrections_applied] == ["@theshop", "another", "never seen"]


@pytest.mark.parametrize("wrong", [exclude("ours", "99", 3), exclude("nobodys", "", 3)])
def test_a_line_that_fits_nothing_stops_the_call(tmp_path, wrong):
    with pytest.raises(MeasureError, match=r"corrections\.csv, line 3: fits no .* delete the line"):
        observed(tmp_path, exclude("shop"), wrong)
