"""Intervals hold what chance could have done, and never more than is possible."""

import polars as pl
import pytest

from torg.measure.intervals import intervals

COLUMNS = ["country", "municipality", "access", "measure", "week", "numerator", "denominator"]


def weekly(*weeks, municipality="1", measure="p2"):
    return pl.DataFrame(
        [("NO", municipality, "owner", measure, n, *map(float, w)) for n, w in enumerate(weeks)],
        schema=COLUMNS,
        orient="row",
    )


def bounds(*weeks, measure="p2", confidence=0.95):
    found = intervals(weekly(*weeks, measure=measure), confidence=confidence)
    return found.select("low", "high").row(0)


@pytest.mark.parametrize("weeks", [[(4, 2)], [(4, 2), (0, 0), (0, 0)]])
def test_a_single_week_with_anything_gives_none(weeks):
    assert intervals(weekly(*weeks), confidence=0.95).is_empty()


def test_no_weeks_at_all_give_none():
    assert intervals(weekly((1, 1)).clear(), confidence=0.95).is_empty()


def test_equal_weeks_are_no_certainty():
    low, high = bounds(*[(4, 2)] * 3)
    assert low < 2 < high


def test_equal_weeks_of_many_municipalities_are_none_either():
    weeks = [weekly(*[(4, 2)] * 12, municipality=str(n)) for n in range(12)]
    assert intervals(pl.concat(weeks), confidence=0.95).select(
        pl.col("low") < 2, pl.col("high") > 2
    ).sum().row(0) == (12, 12)


def test_a_single_municipality_is_as_sure_as_its_weeks():
    low, high = bounds(*[(0, 1), (100, 1)] * 8)
    # Sixteen weeks of mean 50 and deviation 50 leave the mean with 50 / sqrt(15), and 15 degrees of
    # freedom; the interval of a count leans to the right.
    half = 2.131 * 50 / 15**0.5
    assert high - low == pytest.approx(2 * half, rel=0.1)
    assert high - 50 > 50 - low > 0


@pytest.mark.parametrize(
    ("measure", "ceiling", "item"),
    [("answered", 1, 1), ("question_answer_hours_rmst72", 72, 3600)],
)
@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_what_has_a_largest_value_stays_below_it(measure, ceiling, item, part):
    weeks = [(part * ceiling * item * n, item * n) for n in (3, 1, 0, 4)]
    low, high = bounds(*weeks, measure=measure)
    assert 0 <= low <= part * ceiling <= high <= ceiling
    assert (low == 0) == (part == 0)
    assert (high == ceiling) == (part == 1)


def test_hours_are_as_sure_as_the_share_that_they_are_of_72():
    shares = bounds((1, 4), (3, 4), (1, 5), measure="answered")
    day = 72 * 3600
    hours = bounds(*[(n * day, m * 3600) for n, m in ((1, 4), (3, 4), (1, 5))], measure=MEAN_WAIT)
    assert hours == pytest.approx([72 * share for share in shares])


MEAN_WAIT = "answer_hours_rmst72"


def test_other_measures_and_countries_change_nothing():
    alone = intervals(weekly((1, 1), (5, 1), (3, 1)), confidence=0.95)
    other = weekly((9, 1), (2, 1), municipality="0")
    abroad = other.with_columns(country=pl.lit("SE"))
    measured = weekly((9, 1), (2, 1), measure="c2")
    both = intervals(pl.concat([weekly((1, 1), (5, 1), (3, 1)), abroad, measured]), confidence=0.95)
    assert both.filter(country="NO", measure="p2").equals(alone)


def test_the_order_of_rows_changes_nothing():
    rows = pl.concat([weekly((n, 1), (5, 2), (3, 1), municipality=str(n)) for n in range(12)])
    shuffled = rows.sample(fraction=1, shuffle=True, seed=3)
    assert intervals(shuffled, confidence=0.9).equals(intervals(rows, confidence=0.9))
