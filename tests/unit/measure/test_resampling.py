"""Weeks drawn anew: per municipality, the same for all its measures, and the same next time."""

import numpy as np
import polars as pl
import pytest

from torg.measure import resample, weekly_sums


def weekly(*rows):
    columns = ["country", "municipality", "access", "measure", "week", "numerator", "denominator"]
    return pl.DataFrame([("NO", *row) for row in rows], schema=columns, orient="row")


TWO = [
    (town, "owner", measure, week, float(10**week * factor), 1.0)
    for town in ("0301", "1101")
    for measure, factor in (("c1", 1), ("p1", 2))
    for week in range(3)
]


def test_weeks_lie_side_by_side_and_what_has_no_row_is_nothing():
    sums = weekly_sums(weekly(("1", "owner", "c1", 4, 2, 5), ("1", "owner", "p1", 2, 1, 3)))
    assert sums.weeks == (2, 4)
    assert sums.keys["measure"].to_list() == ["c1", "p1"]
    assert sums.numerators.tolist() == [[0, 2], [1, 0]]
    assert sums.denominators.tolist() == [[0, 5], [3, 0]]
    assert sums.observed.all()  # the municipality was seen in both weeks


def test_two_sources_of_a_week_are_added():
    one = weekly_sums(weekly(("1", "owner", "c1", 4, 2, 5), ("1", "owner", "c1", 4, 1, 2)))
    assert (one.numerators.tolist(), one.denominators.tolist()) == ([[3]], [[7]])


def test_a_draw_has_as_many_weeks_as_there_are():
    drawn = resample(weekly(*TWO), draws=50, seed=1)
    assert (drawn.denominators == 3).all()


def test_all_measures_of_a_municipality_get_the_same_weeks_and_others_get_others():
    drawn = resample(weekly(*TWO), draws=50, seed=1)
    (c1, p1, other, _) = drawn.numerators
    assert (p1 == 2 * c1).all()
    assert (other != c1).any()


def test_only_its_own_weeks_decide_a_municipalitys_draws():
    frame = weekly(*TWO)
    alone = resample(frame.filter(municipality="1101", measure="p1"), draws=50, seed=1)
    together = resample(frame.reverse(), draws=50, seed=1)
    assert alone.numerators[0].tolist() == together.numerators[3].tolist()


def test_a_week_in_which_nobody_looked_is_not_drawn():
    drawn = resample(weekly(*TWO, ("2", "owner", "c1", 0, 5.0, 1.0)), draws=20, seed=1)
    assert (drawn.numerators[-1] == 5).all()
    assert (drawn.denominators[-1] == 1).all()


def test_draws_are_as_good_as_the_weeks_are():
    many = weekly(*(("1", "owner", "c1", week, float(week), 1.0) for week in range(20)))
    means = resample(many, draws=4000, seed=1).numerators[0] / 20
    assert means.mean() == pytest.approx(9.5, abs=0.1)
    assert means.std() == pytest.approx(np.arange(20).std() / np.sqrt(20), rel=0.05)
