"""What was observed of every unit of a frame: a page, no page, or nobody knows."""

import datetime as dt

import polars as pl

from tests.lib.answering import frame
from tests.lib.registers import register_of
from tests.lib.seen import measured, observed, told
from torg.compare import observed_of
from torg.survey import OBSERVED

DAY = dt.date(2015, 1, 1)
UNITS = frame("unit | kind\n1 | municipality\n2 | municipality\n3 | municipality")
REGISTER = register_of(
    municipalities="country | code | name\nXX | 1 | A\nXX | 2 | B\nXX | 3 | C",
    channels="""
        country | code | platform | address             | scope        | valid_to
        XX      | 1    | facebook | facebook.com/one    | municipality |
        XX      | 2    | facebook | facebook.com/museum | service      |
        XX      | 3    | facebook | facebook.com/closed | municipality | 2014-12-31
        XX      | 2    | bluesky  | bsky.app/profile/two.example | municipality |
    """,
)


def seen(table, *, by_hand=None, units=UNITS, register=REGISTER):
    rows = measured(table)
    hand = None if by_hand is None else observed(by_hand)
    found = observed_of(rows, units, register, day=DAY, by_hand=hand)
    assert found.schema == OBSERVED
    assert found.equals(found.sort("country", "unit", "measure"))
    return found


NOTHING = "unit | measure | value\n1 | posts | 5"


def test_a_known_page_is_yes_and_an_unknown_one_is_unknown():
    found = told(seen(NOTHING), "value", "access", "missing")
    assert found["1", "has_page:facebook"] == (1.0, "register", None)
    # A page of a service is not that of the whole; one that was given up is not there any more.
    assert found["2", "has_page:facebook"] == (None, None, "no_channel")
    assert found["3", "has_page:facebook"] == (None, None, "no_channel")
    assert found["2", "has_page:bluesky"] == (1.0, "register", None)


def test_only_who_looked_can_say_that_there_is_none():
    hand = """
        unit | measure           | value | access
        2    | has_page:facebook | 0     | manual
        3    | has_page:facebook | 1     | manual
        1    | has_page:facebook | 0     | manual
    """
    found = told(seen(NOTHING, by_hand=hand), "value", "access")
    assert found["2", "has_page:facebook"] == (0.0, "manual")
    assert found["3", "has_page:facebook"] == (1.0, "manual")
    assert found["1", "has_page:facebook"] == (1.0, "register")  # its address is known


def test_every_unit_has_a_row_for_every_measure():
    found = seen("unit | measure | value\n1 | posts | 5\n1 | answered_24h | no_comments")
    assert told(found.filter(pl.col("measure") == "posts"), "value", "missing") == {
        ("1", "posts"): (5.0, None),
        ("2", "posts"): (None, "not_collected"),
        ("3", "posts"): (None, "not_collected"),
    }
    assert told(found, "missing")["1", "answered_24h"] == "no_comments"


def test_platforms_are_measured_apart_and_single_channels_passed_over():
    table = """
        unit | measure | value | platform | channel | access
        1    | posts   | 9     |          |         | mixed
        1    | posts   | 4     | facebook |         | public_page
        1    | posts   | 4     | facebook | p1      | public_page
    """
    found = told(seen(table), "value", "access", "missing")
    assert found["1", "posts:facebook"] == (4.0, "public_page", None)
    assert found["2", "posts:facebook"] == (None, None, "no_channel")
    assert not [measure for _, measure in found if "p1" in measure]


NO_PAGE = """
    unit | measure           | value | access
    2    | has_page:facebook | 0     | manual
    3    | has_page:facebook | 0     | manual
    3    | has_page:bluesky  | 0     | manual
"""
THREE = """
    unit | measure        | value      | platform
    1    | posts_per_week | 3          |
    1    | posts_per_week | 3          | facebook
    1    | answered_24h   | 0.5        |
    2    | posts_per_week | no_channel |
    2    | posts_per_week | 1          | bluesky
    3    | posts_per_week | no_channel |
    3    | answered_24h   | no_channel |
"""


def test_who_has_no_page_on_any_platform_posts_nothing():
    found = told(seen(THREE, by_hand=NO_PAGE), "value", "access", "missing")
    assert found["3", "posts_per_week"] == (0.0, "no_page", None)
    assert found["3", "answered_24h"] == (None, "no_page", "no_page")  # not defined, but known
    # 2 has none on Facebook; on Bluesky it has one that nobody read in all.
    assert found["2", "posts_per_week"] == (None, None, "no_channel")
    assert found["2", "posts_per_week:facebook"] == (0.0, "no_page", None)
    assert found["2", "posts_per_week:bluesky"] == (1.0, "public_page", None)


def test_without_anybody_looking_nobody_is_said_to_post_nothing():
    found = told(seen(THREE), "value", "missing")
    assert found["3", "posts_per_week"] == (None, "no_channel")


def test_what_was_measured_goes_before_what_was_looked_for():
    hand = "unit | measure | value | access\n1 | posts | 7 | manual\n2 | posts | 7 | manual"
    found = told(seen(NOTHING, by_hand=hand), "value", "access")
    assert found["1", "posts"] == (5.0, "public_page")
    assert found["2", "posts"] == (7.0, "manual")


def test_why_observers_could_not_tell_is_kept():
    hand = """
        unit | measure           | value
        2    | has_page:facebook | observers_disagree
        2    | posts:facebook    | not_seen
        3    | has_page:facebook | 0
        3    | posts:facebook    | not_applicable
        3    | asks:facebook     | not_applicable
    """
    found = told(seen(NOTHING, by_hand=hand), "value", "missing")
    assert found["2", "has_page:facebook"] == (None, "observers_disagree")
    assert found["2", "posts:facebook"] == (None, "not_seen")
    # Where there is no page there is nothing to look at: no post, and no way of asking.
    assert found["3", "posts:facebook"] == (0.0, None)
    assert found["3", "asks:facebook"] == (None, "no_page")


def test_a_county_is_observed_by_hand_or_not_at_all():
    units = frame("unit | kind\ncounty:North | county\n1 | municipality")
    hand = "unit | measure | value | access\ncounty:North | has_page:facebook | 1 | manual"
    assert told(seen(NOTHING, units=units), "value")["county:North", "has_page:facebook"] is None
    found = told(seen(NOTHING, units=units, by_hand=hand), "value")
    assert found["county:North", "has_page:facebook"] == 1.0


def test_the_order_of_the_rows_does_not_matter():
    table = measured(THREE)
    hand = observed(NO_PAGE)
    one = observed_of(table, UNITS, REGISTER, day=DAY, by_hand=hand)
    other = observed_of(table[::-1], UNITS[::-1], REGISTER, day=DAY, by_hand=hand[::-1])
    assert one.equals(other)
