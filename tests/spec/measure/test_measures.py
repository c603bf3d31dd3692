"""The measures of posts, audiences and engagement, one municipality a chapter.

The window is 4 to 31 March 2024: four whole weeks, 28 days. Days and weeks are Oslo's.
"""

import datetime as dt

import polars as pl
import pytest

from tests.lib.drawn_archive import (
    DrawnReading,
    audience,
    posts_and_snapshots,
    register,
    source,
    study,
)
from torg.measure import Correction, observe
from torg.register import Change

# Torg's town: 2,000 inhabitants, one page. Post 3 is published at 00:30 on 21 March in Oslo.
TOWN = """
post | published        | reactions | comments | shares | followers | type
1    | 2024-03-04 10:00 | 5         | 1        | 0      | 1000      | photo
2    | 2024-03-13 10:00 | 0         | 2        | -      | 1000      | link
3    | 2024-03-20 23:30 | 10        | 0        | 1      | 2000      | -
"""
# A town on two platforms.
TWO = """
post | published        | reactions | comments | shares | followers | platform
11   | 2024-03-05 10:00 | 2         | 0        | 0      | 100       | facebook
12   | 2024-03-06 10:00 | 8         | 0        | 0      | 100       | instagram
"""
# One post, read four times: at 5, 6.5, 7.5 and 30 days of age; and one read only at 30 days.
READ = """
post | published        | read             | reactions
21   | 2024-03-05 00:00 | 2024-03-10 00:00 | 1
21   | 2024-03-05 00:00 | 2024-03-11 12:00 | 2
21   | 2024-03-05 00:00 | 2024-03-12 12:00 | 3
21   | 2024-03-05 00:00 | 2024-04-04 00:00 | 4
22   | 2024-03-05 00:00 | 2024-04-04 00:00 | 5
"""
# The same post from two sources, tied by a link; the second source is the owner's own.
TIED = """
post | published        | read             | reactions | source | followers
31   | 2024-03-05 00:00 | 2024-03-20 00:00 | 1         | a      | -
32   | 2024-03-05 00:00 | 2024-03-12 00:00 | 7         | own    | 500
"""
# The page of a municipality that became part of another one on 10 March.
MERGED = """
post | published        | reactions
41   | 2024-03-05 00:00 | 3
42   | 2024-03-15 00:00 | 3
"""
# A page that was the municipality's until 10 March.
LEFT = """
post | published        | reactions
51   | 2024-03-05 00:00 | 3
52   | 2024-03-15 00:00 | 3
"""
# Posts with faults that somebody set right by hand.
MENDED = """
post | published        | reactions
61   | 2024-03-05 00:00 | 999
62   | 2024-03-06 00:00 | 1
63   | 2030-03-07 00:00 | 1
"""
DRAWN = {
    "town": TOWN,
    "two": TWO,
    "read": READ,
    "tied": TIED,
    "merged": MERGED,
    "left": LEFT,
    "mended": MENDED,
}
READINGS = """
channel | read             | followers | kind
silent  | 2024-03-01 00:00 | 200       | followers
silent  | 2024-03-20 00:00 | 300       | followers
silent  | 2024-03-20 00:00 | 999       | likes
brief   | 2024-03-29 00:00 | 200       | likes
brief   | 2024-03-30 00:00 | 260       | likes
two     | 2024-03-30 00:00 | 150       | followers
"""
MADE = {"who": "Kari", "when": dt.date(2024, 4, 2), "why": "seen on the page"}
CORRECTIONS = tuple(
    Correction(platform="facebook", channel="mended", post=post, field=field, value=value, **MADE)
    for post, field, value in (
        ("61", "reactions", 9),
        ("62", "exclude", None),
        ("63", "published_at", int(dt.datetime(2024, 3, 7, tzinfo=dt.UTC).timestamp())),
    )
)


# A comment on a page of which nothing else was collected.
TALK = {
    "source_id": "a",
    "reply_key": 1,
    "post_key": 71,
    "platform": "facebook",
    "channel": "talked",
    "published_at": dt.datetime(2024, 3, 5, tzinfo=dt.UTC),
    "is_owner": False,
}


def archive():
    rows = {"posts": [], "snapshots": []}
    for channel, text in DRAWN.items():
        for table, some in posts_and_snapshots(text, channel=channel).items():
            rows[table] += some
    return {
        **rows,
        "replies": [TALK],
        "audience": audience(READINGS),
        "links": [{"source_id": "a", "post_key": 31, "same_as_key": 32, "reason": "text"}],
        "sources": [source("a"), source("own", access="owner")],
    }


def towns():
    ended = {"valid_to": dt.date(2024, 3, 10)}
    return register(
        *((name, "facebook", name) for name in (*DRAWN, "silent", "brief", "unseen", "talked")),
        ("two", "instagram", "two"),
        ("person", "facebook", "town", {"scope": "person"}),
        ("left2", "facebook", "left", ended),
        municipalities=[
            *(
                (name, 2000)
                for name in (*DRAWN, "silent", "brief", "unseen", "talked")
                if name != "merged"
            ),
            ("merged", 1000, ended),
            ("left2", None),
            ("person", 2000),
            ("empty", 2000),
            ("joined", 2000),
        ],
        changes=[Change("NO", "merged", "joined", dt.date(2024, 3, 10))],
    )


@pytest.fixture(scope="module")
def observed(tmp_path_factory):
    reading = DrawnReading(tmp_path_factory.mktemp("archive"), archive())
    return observe(reading, towns(), study(), corrections=CORRECTIONS)


@pytest.fixture(scope="module")
def row(observed):
    """The row of a measure of a municipality, or of one of its platforms."""
    rows = observed.rows.filter(observed.rows["channel"].is_null())
    found = {(r["municipality"], r["measure"], r["platform"]): r for r in rows.to_dicts()}
    return lambda measure, code="town", platform=None: found[code, measure, platform]


@pytest.fixture(scope="module")
def value(row):
    return lambda *place: row(*place)["value"]


def test_posts(value):
    assert value("posts") == 3
    assert value("posts_per_week") == 3 / 4  # 28 days are four weeks


def test_weeks_and_silence(value):
    assert value("active_weeks") == 3  # of 4, 11 and 18 March; nothing in that of 25 March
    assert value("longest_silence_days") == 10  # 22 to 31 March: more than 5 to 12, or 14 to 20


def test_media_shares(value, row):
    assert value("media_share_photo") == 1 / 2  # one of the two posts of a known type
    assert value("media_share_link") == 1 / 2
    assert value("media_share_video") == 0
    assert value("media_share_text") == 0
    assert value("media_share_other") == 0  # events, polls and the like; not the unknown
    assert row("media_share_photo")["n"] == 2


def test_popularity(value):
    assert value("p1") == 2 / 3  # posts 1 and 3 met a reaction
    assert value("p2") == (5 + 0 + 10) / 3
    assert value("p3") == (5 + 0 + 10) / (1000 + 1000 + 2000) * 1000


def test_commitment(value):
    assert value("c1") == 2 / 3
    assert value("c2") == (1 + 2 + 0) / 3
    assert value("c3") == pytest.approx((1 + 2 + 0) / (1000 + 1000 + 2000) * 1000)


def test_virality_leaves_out_the_post_whose_shares_are_not_known(value, row):
    assert value("v1") == 1 / 2
    assert value("v2") == (0 + 1) / 2
    assert value("v3") == pytest.approx((0 + 1) / (1000 + 2000) * 1000)
    assert row("v3")["n"] == 2


def test_engagement_takes_posts_with_all_three_counts(value):
    assert value("e") == pytest.approx((5 + 1 + 0 + 10 + 0 + 1) / (1000 + 2000) * 1000)
    months, thousands = 28 / 30.4375, 2000 / 1000
    assert value("engagement_per_1000") == pytest.approx((6 + 11) / thousands / months)


def test_medians(value):
    assert value("reactions_median") == 5  # of 0, 5, 10
    assert value("comments_median") == 1  # of 0, 1, 2
    assert value("shares_median") == 0.5  # of 0, 1: the mean of the middle two


def test_every_figure_has_its_base_and_age(row):
    found = row("p3")
    assert (found["n"], found["base"]) == (3, "posts, per 1,000 followers at posting")
    assert found["at_age_share"] == 1.0  # all read at eight days of age
    assert found["period"] == "2024-03-04/2024-03-31"
    assert found["access"] == "public_page"


def test_a_sum_over_weeks_has_an_interval_and_a_count_of_all_there_was_has_none(row):
    found = row("posts_per_week")
    assert 0 <= found["low"] < found["value"] < found["high"]
    assert row("posts")["low"] is None


def test_intervals_hold_their_values(observed):
    rows = observed.rows.filter(pl.col("low").is_not_null())
    assert rows.select("municipality", "measure").n_unique() == rows.height > 20
    assert rows.filter(~pl.col("value").is_between("low", "high")).is_empty()


def test_reactions_of_two_platforms_are_never_added_up(value, row):
    assert value("posts", "two") == 2
    assert row("p2", "two")["missing"] == "several_platforms"
    assert value("p2", "two", "facebook") == 2
    assert value("p2", "two", "instagram") == 8


def test_counts_are_those_at_seven_days_of_age_else_the_latest(value, row):
    # Post 21: 6.5 and 7.5 days are equally near, so the later: 3. Post 22: the only one, 5.
    assert value("p2", "read") == (3 + 5) / 2
    assert row("p2", "read")["at_age_share"] == 1 / 2


def test_the_same_post_from_two_sources_is_one_post(value, row):
    assert value("posts", "tied") == 1
    assert value("p2", "tied") == 7  # the owner's reading, made at seven days of age
    assert value("p3", "tied") == 7 / 500 * 1000  # and the followers that only it knows
    assert row("p2", "tied")["access"] == "owner"


def test_a_channel_of_a_merged_municipality_counts_for_its_successor(value, observed):
    assert value("posts", "joined", "facebook") == 2
    assert "merged" not in observed.rows["municipality"]


def test_a_channel_counts_while_it_was_the_municipalitys(value):
    assert value("posts", "left") == 2
    assert value("posts", "left2") == 1  # the post of 5 March


def test_followers_and_their_growth(value, row):
    assert value("followers", "silent") == 300  # of followers, not the 999 likes
    assert value("followers_per_1000", "silent") == 300 / 2000 * 1000
    assert (
        value("follower_growth", "silent") == 300 - 200
    )  # from the last reading before the window
    assert value("follower_growth_rate", "silent") == 100 / 200
    assert row("followers", "silent")["low"] is None  # a stock has no sampling error
    assert row("follower_growth", "brief")["missing"] == "too_short"  # one day of twenty-eight


def test_no_post_is_zero_only_where_somebody_looked(value, row):
    assert value("posts", "brief") == 0
    assert value("longest_silence_days", "brief") == 28
    assert row("p2", "brief")["missing"] == "no_posts"
    assert row("posts", "unseen")["missing"] == "not_collected"
    assert row("posts", "empty")["missing"] == "no_channel"
    assert row("posts", "talked")["missing"] == "not_collected"  # there was a post to comment on
    assert value("comments_received", "talked") == 1
    assert row("engagement_per_1000", "left2")["missing"] == "no_counts"


def test_a_persons_channel_never_speaks_for_the_municipality(row):
    assert row("posts", "person")["missing"] == "no_channel"


def test_corrections_are_applied(value, observed):
    assert value("posts", "mended") == 2  # 62 is left out, 63 is moved into the window
    assert value("p2", "mended") == (9 + 1) / 2
    assert [c.post for c in observed.corrections_applied] == ["61", "62", "63"]
    assert observed.corrections_applied[0].sentence == (
        "post 61 of facebook channel mended has 9 reactions."
    )
