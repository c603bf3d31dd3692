"""Whatever the weeks were: intervals hold the value and nothing impossible."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from torg.measure.intervals import intervals

WEEK = st.tuples(st.integers(0, 40), st.integers(0, 40))
COUNTRY = st.integers(2, 12).flatmap(
    lambda weeks: st.lists(st.lists(WEEK, min_size=weeks, max_size=weeks), min_size=1, max_size=14)
)
COLUMNS = ["country", "municipality", "access", "measure", "week", "numerator", "denominator"]


def weekly(measure, country):
    """Numerators of shares are parts of their denominators."""
    rows = [
        ("NO", str(place), "owner", measure, week, float(min(n, d) if is_share else n), float(d))
        for is_share in [measure == "answered"]
        for place, weeks in enumerate(country)
        for week, (n, d) in enumerate(weeks)
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


@settings(max_examples=150, deadline=None)
@given(COUNTRY, st.sampled_from(["answered", "c2"]), st.sampled_from([0.6, 0.95, 0.999]))
def test_the_value_lies_inside_and_the_impossible_outside(country, measure, confidence):
    rows = weekly(measure, country)
    sums = rows.group_by("municipality").agg(
        pl.col("numerator", "denominator").sum(), weeks=(pl.col("denominator") > 0).sum()
    )
    found = intervals(rows, confidence=confidence)
    assert set(found["municipality"]) == set(sums.filter(pl.col("weeks") >= 2)["municipality"])
    ceiling = 1 if measure == "answered" else float("inf")
    for row in found.join(sums, on="municipality").iter_rows(named=True):
        value = row["numerator"] / row["denominator"]
        assert 0 <= row["low"] <= value <= row["high"] <= ceiling
        assert row["low"] < row["high"] < float("inf")


@settings(max_examples=30, deadline=None)
@given(COUNTRY, st.integers(2, 1000))
def test_a_denominator_in_another_unit_changes_the_unit_only(country, unit):
    rows = weekly("c2", country)
    found = intervals(rows, confidence=0.95)
    scaled = intervals(rows.with_columns(pl.col("denominator") * unit), confidence=0.95)
    for bound in ("low", "high"):
        ratio = found[bound] / (scaled[bound] * unit)
        assert ratio.fill_nan(1.0).is_between(1 - 1e-6, 1 + 1e-6).all()
