"""Whatever the values: chances are those of counting every choice, one by one."""

import datetime as dt
from itertools import combinations, product
from statistics import median

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torg.compare import Hypothesis, Order, contrasts, dominance

side = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=4)


def slow(strata):
    """delta and the three p values, over all ways to choose as many of each stratum."""
    found = sum(_count(one, other) for one, other in strata)
    ways = [
        sum(parts)
        for parts in product(
            *(
                [_count(*_parted(one + other, chosen)) for chosen in _choices(one, other)]
                for one, other in strata
            )
        )
    ]
    higher = sum(way >= found for way in ways) / len(ways)
    lower = sum(way <= found for way in ways) / len(ways)
    pairs = sum(len(one) * len(other) for one, other in strata)
    return found / pairs, higher, lower, min(1, 2 * min(higher, lower))


def _choices(one, other):
    return combinations(range(len(one) + len(other)), len(one))


def _parted(both, chosen):
    return [both[at] for at in chosen], [each for at, each in enumerate(both) if at not in chosen]


def _count(one, other):
    """Pairs above less pairs below."""
    return sum((a > b) - (a < b) for a in one for b in other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(side, side), min_size=1, max_size=2))
def test_equal_to_counting_every_choice(strata):
    found = dominance(strata, confidence=0.9)
    fast = (found.delta, found.p_higher, found.p_lower, found.p_different)
    assert fast == pytest.approx(slow(strata))


@settings(max_examples=60, deadline=None)
@given(side, side, st.integers(-9, 9))
def test_the_interval_moves_with_the_values_and_holds_the_middle(one, other, shift):
    found = dominance([(one, other)], confidence=0.6)
    moved = dominance([([each + shift for each in one], other)], confidence=0.6)
    assert moved.difference == pytest.approx(found.difference + shift)
    if found.low is None:
        assert moved.low is None
        return
    assert found.low <= found.difference <= found.high
    assert (moved.low, moved.high) == pytest.approx((found.low + shift, found.high + shift))


DAY = dt.date(2024, 1, 1)
one = st.tuples(
    st.sampled_from(["2-5k", "5-10k", None]),
    st.none() | st.integers(0, 9),
    st.sampled_from(["owner", "owner", "owner", "manual"]),
)


def slow_row(towns, top, outside):
    """n of both, both medians, the middle difference and delta, by the words of the page."""
    ranked = [
        (rank, size, value) for rank, (size, value, access) in enumerate(towns, start=1)
        if size is not None and value is not None and access == "owner"
    ]  # fmt: skip
    first = [(size, value) for rank, size, value in ranked if rank <= top]
    rest = [(size, value) for rank, size, value in ranked if rank > max(top, outside)]
    both = {size for size, _ in first} & {size for size, _ in rest}
    first, rest = ([each for each in side if each[0] in both] for side in (first, rest))
    if min(len(first), len(rest)) < 5:
        return (len(first), len(rest), None, None, None, None)
    apart = [a - b for size, a in first for other, b in rest if size == other]
    return (
        len(first), len(rest), median(v for _, v in first), median(v for _, v in rest),
        median(apart), sum((d > 0) - (d < 0) for d in apart) / len(apart),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(one, min_size=14, max_size=26), st.integers(5, 12), st.sampled_from([0, 3, 13, 15]))
def test_a_comparison_equals_its_slow_twin(towns, top, outside):
    codes = [f"{rank:04}" for rank in range(1, len(towns) + 1)]
    named = {"country": "XX", "municipality": codes}
    places = pl.DataFrame(
        {**named, "rank": range(1, len(towns) + 1), "size_class": [size for size, *_ in towns]},
        schema_overrides={"size_class": pl.String},
    )
    values = pl.DataFrame(
        {
            **named,
            "measure": "posts_per_week",
            "value": [value for _, value, _ in towns],
            "access": [access for *_, access in towns],
        },
        schema_overrides={"value": pl.Float64},
    )
    asked = Hypothesis(
        id="H1", texts={}, measure="posts_per_week", direction="different", registered_on=DAY,
        top=top, contrast=f"same size, outside the top {outside}" if outside else "",
    )  # fmt: skip
    order = Order(places=places, top_set=(), criteria=(), access="owner")
    row = contrasts(values, order, [asked], confidence=0.9).row(0, named=True)
    figures = ("top_median", "contrast_median", "difference", "delta")
    found = tuple(row[name] for name in ("n_top", "n_contrast", *figures))
    assert found == pytest.approx(slow_row(towns, top, outside))
    assert (row["missing"] is None) == (row["p_holm"] is not None)
