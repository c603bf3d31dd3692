"""What is taken out of platforms' answers, whatever shape they come in."""

import datetime as dt

import pytest

from torg.collect.platforms.payloads import credible, latest, listed, moment, whole, within, words

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (7, 7), ("7", 7), (0, 0), ("0", 0), (None, None), ("", None), ("-", None), ("-1", None),
        (-1, None), (True, None), (1.5, None), ("1.5", None), ("٣", None), ([], None),
        (2**63 - 1, 2**63 - 1), (2**63, None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_a_count_is_a_whole_number_or_missing(given, count):
    assert whole({"n": given}, "n") == count
    assert whole({}, "n") is None


@pytest.mark.parametrize(
    ("given", "at"),
    [
        ("2026-03-01T12:00:00Z", NOON),
        ("2026-03-01T12:00:00+0000", NOON),
        ("2026-03-01T13:00:00.5+01:00", NOON + dt.timedelta(seconds=0.5)),
        ("2026-03-01T12:00:00", None),  # of no zone
        ("0001-01-01T00:00:00+23:59", None),  # before the calendar begins
        ("yesterday", None),
        (1_772_366_400, None),
        (None, None),
    ],
)
def test_a_moment_has_a_zone_or_is_missing(given, at):
    assert moment({"at": given}, "at") == at


@pytest.mark.parametrize(
    ("claimed", "taken"),
    [
        (NOON - DAY, NOON - DAY),
        (NOON + DAY, NOON + DAY),
        (NOON + 2 * DAY, NOON),
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), NOON),
        (None, None),
    ],
)
def test_an_impossible_moment_is_the_first_sight(claimed, taken):
    assert credible(claimed, seen=NOON) == taken


def test_a_mark_is_never_in_the_future():
    assert latest(None, NOON - DAY, NOON + DAY, NOON - 2 * DAY, by=NOON) == NOON - DAY
    assert latest(None, NOON + DAY, by=NOON) is None


def test_paths_that_lead_nowhere():
    assert within({"a": [1]}, "a", "b") is None
    assert words({"a": {"b": "  "}}, "a", "b") is None
    assert words({"a": 1}, "a") is None
    assert listed({"a": [1, {"b": 2}, None]}, "a") == [{"b": 2}]
    assert listed({"a": {"b": 2}}, "a") == []
