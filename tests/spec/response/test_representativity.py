"""R-indicators: how like the frame those who answered are, and by which variable they differ."""

import numpy as np
import polars as pl
import pytest

from tests.lib.answering import frame
from torg.errors import SurveyError
from torg.survey import representativity

# 40 units in two classes of size; of 20 small ones 5 answered, of 20 large ones 15.
UNITS = frame("unit | size_class | county\n" + "\n".join(
    f"{n:02} | {'small' if n < 20 else 'large'} | {'east' if n % 2 else 'west'}" for n in range(40)
))  # fmt: skip


def answered(*units):
    return UNITS.filter(pl.col("unit").is_in([f"{u:02}" for u in units])).select("country", "unit")


FEW_SMALL = answered(*range(5), *range(20, 35))


def value(found, figure, variable=None, category=None):
    rows = found.table.filter(
        (pl.col("figure") == figure)
        & pl.col("variable").eq_missing(variable)
        & pl.col("category").eq_missing(category)
    )
    return rows["value"].item()


def test_the_propensities_of_a_class_are_its_rate():
    found = representativity(UNITS, FEW_SMALL, ("size_class",))
    by_unit = dict(found.propensities.select("unit", "propensity").iter_rows())
    assert by_unit["00"] == pytest.approx(5 / 20)
    assert by_unit["39"] == pytest.approx(15 / 20)


def test_r_is_one_less_twice_the_spread_with_what_estimation_adds_taken_off():
    # Propensities 1/4 and 3/4: S² = 40 (1/4)² / 39. Each is known from 20 units:
    # variance (1/4)(3/4) / 20 = 0.009375, the same for both.
    spread = np.sqrt(40 * 0.25**2 / 39 - 0.009375)
    found = representativity(UNITS, FEW_SMALL, ("size_class",))
    assert found.spread == pytest.approx(spread)
    assert found.r == pytest.approx(1 - 2 * spread)
    assert found.cv == pytest.approx(spread / 0.5)
    assert found.low <= found.r <= found.high


def test_the_largest_bias_is_that_of_a_share_that_is_half_and_half():
    found = representativity(UNITS, FEW_SMALL, ("size_class",))
    assert found.largest_bias == pytest.approx(0.5 * found.spread / 0.5)


def test_partials_say_which_class_answered_too_seldom():
    found = representativity(UNITS, FEW_SMALL, ("size_class",))
    assert value(found, "partial", "size_class") == pytest.approx(0.25)
    assert value(found, "partial", "size_class", "small") == pytest.approx(-np.sqrt(0.5) * 0.25)
    assert value(found, "partial", "size_class", "large") == pytest.approx(np.sqrt(0.5) * 0.25)


def test_conditionally_a_variable_keeps_only_what_the_others_do_not_say():
    # East and west stand for the same sizes, and answered alike but for one unit.
    found = representativity(UNITS, FEW_SMALL, ("size_class", "county"))
    assert value(found, "partial_conditional", "size_class") == pytest.approx(0.25, abs=0.01)
    assert value(found, "partial_conditional", "county") < 0.06


def test_where_all_classes_answered_alike_r_is_one():
    alike = answered(*range(10), *range(20, 30))
    found = representativity(UNITS, alike, ("size_class",))
    assert found.r == 1.0
    assert found.largest_bias == 0.0


def test_the_same_seed_draws_the_same_interval():
    one, other = (representativity(UNITS, FEW_SMALL, seed=5, redrawn=20) for _ in range(2))
    assert (one.low, one.high) == (other.low, other.high)


def test_a_number_is_cut_into_thirds_and_an_unknown_one_is_a_class():
    known = UNITS.with_columns(posts=pl.when(pl.col("unit") != "39").then(pl.int_range(40)))
    found = representativity(known, FEW_SMALL, ("posts",))
    classes = found.table.filter(pl.col("figure") == "partial")["category"].to_list()
    assert classes == [None, "1", "2", "3", "unknown"]


def test_where_all_answered_there_is_nothing_to_tell_apart():
    with pytest.raises(SurveyError, match="nobody or everybody"):
        representativity(UNITS, UNITS, ("size_class",))


def test_a_variable_that_the_frame_lacks_is_told():
    with pytest.raises(SurveyError, match="no column 'party'"):
        representativity(UNITS, FEW_SMALL, ("party",))
