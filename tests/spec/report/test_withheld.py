"""Figures made from one to four citizens' comments are not shown, nor what gives them away."""

import polars as pl
import pytest

from tests.lib.results import sample
from torg.report.shown import shown

ABOUT = "comments_received"


@pytest.mark.parametrize(
    ("value", "n", "measure", "missing"),
    [
        (0.25, 4, "question_answered_24h", "few_citizens"),  # one of four answered
        (0.20, 5, "question_answered_24h", None),  # one of five
        (3.0, 3, ABOUT, "few_citizens"),  # three comments came
        (0.0, 0, ABOUT, None),  # none came: that is a figure
        (0.25, 4, "p1", None),  # posts are the municipality's own
    ],
)
def test_when_a_figure_is_withheld(value, n, measure, missing):
    found = _shown([(None, value, n)], measure=measure).row(0, named=True)
    assert found["missing"] == missing
    assert (found["value"], found["n"]) == ((None, None) if missing else (value, n))
    assert (found["low"] is None) == bool(missing)


def test_how_few_there_were_is_not_told_where_the_figure_is_missing_anyway():
    found = _shown([(None, None, 3)], measure=ABOUT, why="too_few_questions").row(0, named=True)
    assert (found["n"], found["missing"]) == (None, "too_few_questions")


def test_a_channel_that_gives_another_away_is_withheld_too():
    #  7 in all, 6 on one page: that one came on the other would follow
    found = _shown([(None, 7.0, 7), ("a", 6.0, 6), ("b", 1.0, 1)], measure=ABOUT)
    assert found.sort("channel")["value"].to_list() == [7.0, None, None]


def test_channels_of_enough_each_are_shown():
    found = _shown([(None, 14.0, 14), ("a", 8.0, 8), ("b", 6.0, 6), ("c", 0.0, 0)], measure=ABOUT)
    assert found.sort("channel")["value"].to_list() == [14.0, 8.0, 6.0, 0.0]


def _shown(rows, *, measure, why=None):
    """What is shown of figures (channel, value, n) of one municipality."""
    first = sample(count=20).measures.head(1)
    frames = [
        first.with_columns(
            value=pl.lit(value, dtype=pl.Float64), low=pl.lit(0.1), high=pl.lit(0.9), n=n,
            measure=pl.lit(measure),
            channel=pl.lit(channel, dtype=pl.String), missing=pl.lit(why, dtype=pl.String),
        )
        for channel, value, n in rows
    ]  # fmt: skip
    return shown(sample(count=20, measures=pl.concat(frames))).measures
