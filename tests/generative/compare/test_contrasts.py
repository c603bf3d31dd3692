"""Whatever the values: chances are those of counting every choice, one by one."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from torg.compare import dominance

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
