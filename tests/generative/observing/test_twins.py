"""Alpha against its definition, and what must hold for any assignment."""

import math

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.observing import slow_alpha
from torg.survey.observing import FORM, alpha, assignments, raw_agreement
from torg.survey.observing.reliability import _SUMS

UNHURRIED = settings(deadline=None)
UNITS = st.lists(st.lists(st.integers(0, 5), max_size=4), min_size=1, max_size=12)


def counted(units):
    values = sorted({value for unit in units for value in unit})
    counts = np.array([[unit.count(value) for value in values] for unit in units], dtype=float)
    return counts.reshape(len(units), len(values)), np.array(values, dtype=float)


@UNHURRIED
@given(UNITS, st.sampled_from(sorted(_SUMS)))
def test_alpha_is_what_its_definition_gives(units, level):
    found, twin = alpha(*counted(units), level)[0], slow_alpha(units, level)
    if twin is None:
        assert np.isnan(found)
    else:
        assert math.isclose(found, twin, abs_tol=1e-9)


@UNHURRIED
@given(UNITS, st.lists(st.integers(0, 3), min_size=12, max_size=12), st.sampled_from(sorted(_SUMS)))
def test_a_unit_that_counts_twice_is_two_units(units, times, level):
    weights = np.array(times[: len(units)], dtype=float)[None, :]
    repeated = [unit for unit, often in zip(units, times, strict=False) for _ in range(often)]
    found, twin = alpha(*counted(units), level, weights=weights)[0], slow_alpha(repeated, level)
    if twin is None:
        assert np.isnan(found)
    else:
        assert math.isclose(found, twin, abs_tol=1e-9)


@UNHURRIED
@given(UNITS, st.sampled_from(["nominal", "interval"]), st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_of_observers_matters(units, level, random):
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    one, other = (alpha(*counted(of), level)[0] for of in (units, shuffled))
    assert (np.isnan(one) and np.isnan(other)) or math.isclose(one, other, abs_tol=1e-9)


@UNHURRIED
@given(UNITS.filter(lambda units: any(len(unit) > 1 for unit in units)))
def test_raw_agreement_is_a_share(units):
    assert 0 <= raw_agreement(counted(units)[0]) <= 1


@UNHURRIED
@given(
    st.integers(1, 60), st.integers(2, 6), st.sampled_from([0, 0.1, 0.2, 0.5, 1]), st.integers(0, 9)
)
def test_all_observe_as_much_and_nobody_the_same_form_twice(size, observers, share, seed):
    rows = [("XX", f"{nth:03}", "facebook", None) for nth in range(size)]
    forms = pl.DataFrame(rows, schema=dict(FORM), orient="row")
    told = assignments(forms, observers, share_twice=share, seed=seed)
    assert told.filter(turn=1)["unit"].sort().to_list() == forms["unit"].to_list()
    assert told.filter(turn=2).height == math.ceil(share * size)
    assert not told.select("unit", "observer").is_duplicated().any()
    loads = told["observer"].value_counts()["count"]
    if size >= observers:
        assert loads.max() - loads.min() <= 1
