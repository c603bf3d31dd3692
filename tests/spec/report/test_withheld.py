"""Figures made from one to four citizens' comments are not shown."""

import polars as pl
import pytest

from tests.lib.results import sample
from torg.report.shown import shown

BASE = "citizens' comments on the top level"


@pytest.mark.parametrize(
    ("value", "n", "base", "missing"),
    [
        (0.25, 4, BASE, "few_citizens"),  # one of four answered
        (0.20, 5, BASE, None),  # one of five
        (3.0, 3, BASE, "few_citizens"),  # three comments came
        (0.0, 0, BASE, None),  # none came: that is a figure
        (0.25, 4, "posts", None),  # posts are the municipality's own
    ],
)
def test_when_a_figure_is_withheld(value, n, base, missing):
    results = sample(count=20)
    row = results.measures.head(1).with_columns(
        value=pl.lit(value), low=pl.lit(0.1), high=pl.lit(0.9), n=n, base=pl.lit(base),
        missing=pl.lit(None, dtype=pl.String),
    )  # fmt: skip
    found = shown(sample(count=20, measures=row)).measures.row(0, named=True)
    assert found["missing"] == missing
    assert (found["value"], found["n"]) == ((None, None) if missing else (value, n))
    assert (found["low"] is None) == bool(missing)
