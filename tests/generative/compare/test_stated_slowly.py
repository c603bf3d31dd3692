"""Stated against observed, held against plain loops over the units."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from tests.lib.seen import joined
from tests.spec.compare.test_stated import PAIR
from torg.compare import stated
from torg.survey import Surveyed

UNITS = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "dont_know", "-"]),
        st.sampled_from(["0", "1", "5", "-"]),
        st.sampled_from(["<2k", ">50k"]),
    ),
    min_size=6,
    max_size=60,
).filter(lambda units: sum(says != "-" for says, _, _ in units) >= 2)


def drawn(units):
    lines = [f"{n:02} | {says} | {shows} | {size}" for n, (says, shows, size) in enumerate(units)]
    return "\n".join(["unit | says | shows | size_class", *lines])


def slowly(units, weights, group):
    """stated, observed, difference, n of a group: one unit after another."""
    both = [
        (weights[f"{n:02}"], says == "yes", float(shows) >= 1)
        for n, (says, shows, size) in enumerate(units)
        if says != "-" and shows != "-" and group in ("all", f"size:{size}")
    ]
    total = sum(weight for weight, _, _ in both)
    if not total:
        return (None, None, None, 0)
    says = sum(weight for weight, said, _ in both if said) / total
    shows = sum(weight for weight, _, seen in both if seen) / total
    return (says, shows, says - shows, len(both))


@settings(max_examples=scale(40, 800), deadline=None)
@given(UNITS, st.sampled_from(["none", "poststratify"]))
def test_the_figures_are_those_of_plain_loops(units, method):
    surveyed, observed = joined(drawn(units), method=method, margins=("size",))
    weights = dict(surveyed.weighting.weights.select("unit", "weight").iter_rows())
    for row in stated(surveyed, observed, [PAIR]).iter_rows(named=True):
        figures = tuple(row[name] for name in ("stated", "observed", "difference", "n"))
        assert figures == pytest.approx(slowly(units, weights, row["group"]))
        if row["n"]:
            assert -1 <= row["low"] <= row["difference"] + 1e-12
            assert row["difference"] - 1e-12 <= row["high"] <= 1


@settings(max_examples=scale(25, 300), deadline=None)
@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(units, random):
    surveyed, observed = joined(drawn(units))
    mixed = Surveyed(
        surveyed.wave,
        surveyed.frame.sample(fraction=1, shuffle=True, seed=random.randrange(2**32)),
        surveyed.sheet.sample(fraction=1, shuffle=True, seed=random.randrange(2**32)),
        surveyed.weighting,
    )
    other = stated(mixed, observed[::-1], [PAIR])
    one = stated(surveyed, observed, [PAIR])
    numbers = [name for name, kind in one.schema.items() if kind == pl.Float64]
    assert one.drop(numbers).equals(other.drop(numbers))
    for name in numbers:
        assert one[name].to_list() == pytest.approx(other[name].to_list(), nan_ok=True)
