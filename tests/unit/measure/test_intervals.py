"""Intervals come from the weeks of the municipality itself, and only where there are enough."""

import polars as pl
import pytest

from torg.measure.intervals import intervals

SETTINGS = {"draws": 500, "seed": 7, "confidence": 0.95}


def weekly(*weeks, municipality="1", measure="p2"):
    return pl.DataFrame(
        [("NO", municipality, "owner", measure, n, *map(float, w)) for n, w in enumerate(weeks)],
        schema=["country", "municipality", "access", "measure", "week", "numerator", "denominator"],
        orient="row",
    )


def test_equal_weeks_leave_nothing_to_chance():
    found = intervals(weekly((4, 2), (4, 2), (4, 2)), **SETTINGS)
    assert found.select("low", "high").row(0) == (2.0, 2.0)


def test_unequal_weeks_give_an_interval_around_the_ratio():
    low, high = intervals(weekly(*[(0, 1), (10, 1)] * 8), **SETTINGS).select("low", "high").row(0)
    # Sixteen weeks of mean 5 and deviation 5: the mean of sixteen has deviation 5 / 4.
    assert low == pytest.approx(5 - 1.96 * 5 / 4, abs=0.7)
    assert high == pytest.approx(5 + 1.96 * 5 / 4, abs=0.7)


@pytest.mark.parametrize("weeks", [[(4, 2)], [(4, 2), (0, 0), (0, 0)], [(1, 1), (2, 1), (0, 0)]])
def test_too_little_to_draw_from_gives_none(weeks):
    # The last: of three weeks, one in twenty-seven draws is empty three times; that is still few.
    found = intervals(weekly(*weeks), **SETTINGS)
    assert found.height == (1 if len(weeks) == 3 and weeks[1][1] else 0)


def test_other_municipalities_change_nothing():
    alone = intervals(weekly((1, 1), (5, 1), (3, 1)), **SETTINGS)
    other = weekly((9, 1), (2, 1), municipality="0")
    both = intervals(pl.concat([weekly((1, 1), (5, 1), (3, 1)), other]), **SETTINGS)
    assert both.filter(municipality="1").equals(alone)
