"""How sure is a figure? low and high, with the arithmetic in sight; then held against the truth."""

import polars as pl
import pytest

from tests.lib.coverage_of_intervals import held
from torg.measure.intervals import intervals

COLUMNS = ["country", "municipality", "access", "measure", "week", "numerator", "denominator"]


def weekly(measure, *municipalities):
    """Each municipality's weeks as (numerator, denominator)."""
    rows = [
        ("NO", f"030{place}", "owner", measure, week, float(n), float(d))
        for place, weeks in enumerate(municipalities)
        for week, (n, d) in enumerate(weeks)
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def bounds(measure, *municipalities):
    found = intervals(weekly(measure, *municipalities), confidence=0.95)
    return found.select("low", "high").rows()


def test_none_of_96_questions_answered_is_no_certainty_that_none_ever_is():
    # Twelve weeks of eight questions. None varies, so all 96 count as if each were asked alone:
    # a share p with (1 - p)^96 = 0.025 would still leave all of them unanswered once in forty.
    # The t distribution of 11 degrees of freedom makes 96 into 96 (1.960 / 2.201)^2 = 76.1.
    ((low, high),) = bounds("question_answered", [(0, 8)] * 12)
    assert low == 0
    assert high == pytest.approx(1 - 0.025 ** (1 / 76.1), abs=0.0005)


def test_no_comment_in_twelve_weeks_does_not_mean_never_any():
    # Twelve weeks of two posts and no comment. An expectation m with exp(-m) = 0.025, 3.69, leaves
    # none once in forty; the same t distribution makes it 3.69 (2.201 / 1.960)^2 = 4.65, of 24.
    ((low, high),) = bounds("c2", [(0, 2)] * 12)
    assert low == 0
    assert high == pytest.approx(4.65 / 24, abs=0.001)


def test_answers_that_come_in_spells_are_worth_fewer_questions():
    # Both answer half of 80 questions. The first does so every week, the second all or nothing.
    ((low, high),) = bounds("answered", [(4, 8)] * 10)
    ((low_in_spells, high_in_spells),) = bounds("answered", [(0, 8), (8, 8)] * 5)
    assert high - low == pytest.approx(0.25, abs=0.02)
    assert high_in_spells - low_in_spells > 2 * (high - low)


def test_weeks_that_hang_together_say_less_than_weeks_that_do_not():
    # Twenty municipalities with the same sixteen weeks, in another order: eight good and eight bad
    # ones in a row, or good and bad by turns.
    in_a_row = [[(12, 1)] * 8 + [(4, 1)] * 8] * 20
    by_turns = [[(12, 1), (4, 1)] * 8] * 20
    (low, high), *_ = bounds("posts_per_week", *in_a_row)
    (low_by_turns, high_by_turns), *_ = bounds("posts_per_week", *by_turns)
    assert high - low > 1.3 * (high_by_turns - low_by_turns)


@pytest.mark.slow
def test_of_forty_invented_countries_intervals_of_95_percent_hold_the_truth_as_often(figure):
    found = held(range(1, 41))
    shares = found.group_by("measure").agg(pl.col("held").mean(), rows=pl.len()).sort("measure")
    for measure, share, rows in shares.iter_rows():
        figure(f"{measure}: {share:.3f} of {rows:,} intervals hold the truth")
    assert shares.height == 13
    # More is allowed than less: nearly every post gets a reaction, and where all did, the exact
    # bound of p1 is cautious.
    assert shares["held"].min() >= 0.93
    assert shares["held"].max() <= 0.975
    assert found.filter(events=0)["held"].mean() >= 0.95
