"""Whatever an attacker tries: a hidden cell's range stays as wide as the policy asks for."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale
from tests.lib.small_cells import slow_ranges
from torg.disclose.lattice import Lattice
from torg.disclose.protect import _small
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
