"""Of any response: partials as the slow twin has them, and R between what it can be."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.answering import frame
from tests.lib.slow_change import slow_partials
from torg.survey import representativity, response
from torg.survey.response.representativity import partials

CLASSES = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.booleans())
UNITS = st.lists(CLASSES, min_size=6, max_size=40).filter(
    lambda units: len({answered for *_, answered in units}) == 2
)


def asked(units):
    rows = [f"{n:02} | {size} | {county}" for n, (size, county, _) in enumerate(units)]
    return frame("unit | size_class | county\n" + "\n".join(rows))


def respondents(units):
    own = [f"{n:02}" for n, (*_, answered) in enumerate(units) if answered]
    return asked(units).filter(pl.col("unit").is_in(own)).select("country", "unit")


@given(UNITS, st.integers(0, 2**32))
def test_partials_are_those_of_the_slow_twin(units, seed):
    propensities = np.random.Generator(np.random.PCG64(seed)).random(len(units))
    labels = {"size": [u[0] for u in units], "county": [u[1] for u in units]}
    found = partials(propensities, {name: np.array(own) for name, own in labels.items()})
    slow = slow_partials(list(propensities), labels)
    assert {row[:3]: row[3] for row in found} == pytest.approx(slow, abs=1e-12)


@settings(deadline=None)
@given(UNITS, st.integers(0, 99))
def test_r_lies_between_none_and_all_and_the_order_of_rows_does_not_matter(units, seed):
    one = representativity(asked(units), respondents(units), redrawn=5)
    other = representativity(
        asked(units).sample(fraction=1, shuffle=True, seed=seed), respondents(units), redrawn=5
    )
    assert 0 <= one.r <= 1
    assert 0 <= one.largest_bias <= 1 - one.rate + 1e-9
    assert one.low <= one.r <= one.high <= 1
    assert one.table.equals(other.table)
    assert one.propensities["propensity"].mean() == pytest.approx(one.rate)


@given(UNITS)
def test_the_groups_of_a_rate_add_up_to_all(units):
    found = response(asked(units), respondents(units), groups=("all", "size", "county"))
    whole = found.row(0, named=True)
    for kind in ("size", "county"):
        part = found.filter(pl.col("group").str.starts_with(kind))
        assert part["asked"].sum() == whole["asked"]
        assert part["answered"].sum() == whole["answered"]
