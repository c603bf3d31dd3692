"""Whatever an attacker tries: a hidden cell's range stays as wide as the policy asks for."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from tests.lib.small_cells import slow_ranges
from torg.disclose.lattice import Lattice
from torg.disclose.protect import _dominated, _small
from torg.disclose.suppressing import suppressed

SIZES, COUNTIES = ("small", "middle", "large"), ("north", "south")


@st.composite
def tables(draw, *, most=8, categories=("yes", "no")):
    """Units with an answer, a class of size and a county, some without either."""
    units = draw(
        st.lists(
            st.tuples(
                st.sampled_from(categories),
                st.sampled_from([*SIZES, None]),
                st.sampled_from([*COUNTIES, None]),
            ),
            min_size=1,
            max_size=most,
        )
    )
    within = tuple(
        frozenset({"all", *([f"size:{s}"] if s else []), *([f"county:{c}"] if c else [])})
        for _, s, c in units
    )
    groups = ("all", *(f"size:{s}" for s in SIZES), *(f"county:{c}" for c in COUNTIES))
    return Lattice(
        categories=categories,
        groups=groups,
        answers=tuple(a for a, _, _ in units),
        values=(1.0,) * len(units),
        within=within,
    )


def check(lattice, least):
    primary = _small(lattice, least)
    hidden = suppressed(lattice, primary)
    assert hidden >= set(primary)
    found = slow_ranges(lattice, hidden)
    for cell, width in primary.items():
        low, high = found[cell]
        assert high - low >= width, f"{cell} can be bounded to {low} to {high}"
        assert low <= lattice.cells[cell] <= high


@settings(max_examples=scale(60, 2000), deadline=None)
@given(tables(), st.sampled_from([3, 5]))
def test_of_yes_and_no(lattice, least):
    check(lattice, least)


@settings(max_examples=scale(25, 600), deadline=None)
@given(tables(most=6, categories=("yes", "planned", "no")), st.just(3))
def test_of_three_answers(lattice, least):
    check(lattice, least)


@settings(max_examples=scale(40, 500), deadline=None)
@given(tables(most=40), st.randoms(use_true_random=False))
def test_the_order_of_the_units_does_not_matter(lattice, random):
    order = list(range(len(lattice.answers)))
    random.shuffle(order)
    other = Lattice(
        categories=lattice.categories,
        groups=lattice.groups[::-1],
        answers=tuple(lattice.answers[i] for i in order),
        values=lattice.values,
        within=tuple(lattice.within[i] for i in order),
    )
    primary = _small(lattice, 3)
    assert suppressed(lattice, primary) == suppressed(other, _small(other, 3))


NUMBERS = st.lists(
    st.tuples(
        st.integers(-50, 500), st.sampled_from([*SIZES, None]), st.sampled_from([*COUNTIES, None])
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=scale(60, 1000), deadline=None)
@given(NUMBERS)
def test_of_numbers_no_hidden_sum_is_a_combination_of_shown_ones(units):
    """By elimination: what is shown leaves the sum of a dominated group undetermined."""
    lattice = Lattice(
        categories=("",),
        groups=("all", *(f"size:{s}" for s in SIZES), *(f"county:{c}" for c in COUNTIES)),
        answers=("",) * len(units),
        values=tuple(float(value) for value, _, _ in units),
        within=tuple(
            frozenset({"all", *([f"size:{s}"] if s else []), *([f"county:{c}"] if c else [])})
            for _, s, c in units
        ),
        are_counts=False,
    )
    primary = _dominated(lattice, 3)
    hidden = suppressed(lattice, primary)
    shown = [cell for cell in lattice.cells if cell not in hidden]
    is_in = np.array([[group in own for own in lattice.within] for group, _ in shown], dtype=float)
    for group, _ in primary:
        row = np.array([[group in own for own in lattice.within]], dtype=float)
        both = np.vstack([is_in.reshape(-1, len(units)), row])
        assert np.linalg.matrix_rank(both) > np.linalg.matrix_rank(both[:-1])
