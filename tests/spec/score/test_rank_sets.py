"""Rank sets: the places from which a municipality cannot be excluded."""

import numpy as np

from torg.score import rank_sets
from torg.score.standing import bands, places


def sets(estimates, variances, **options):
    options = {"draws": 1000, "confidence": 0.95, "seed": 1} | options
    return rank_sets(np.array(estimates, float), np.array(variances, float), **options)


def test_far_apart_each_has_its_own_place():
    found = sets([90, 50, 10], [1, 1, 1])
    assert found.simultaneous_low.tolist() == found.simultaneous_high.tolist() == [1, 2, 3]


def test_two_that_cannot_be_told_apart_share_their_places():
    # 90 and 89 lie 1 apart, with an error of sqrt(1 + 1): far from proof. Both are proven above 10.
    found = sets([90, 89, 10], [1, 1, 1])
    assert found.marginal_low.tolist() == [1, 1, 3]
    assert found.marginal_high.tolist() == [2, 2, 3]


def test_two_alone_are_told_apart_at_1_96_and_then_at_1_64_standard_errors():
    # Both directions are asked about, so the first critical value is near 1.96 (two-sided 95 %).
    assert sets([1.8 * np.sqrt(2), 0], [1, 1], draws=20_000).marginal_high.tolist() == [2, 2]
    assert sets([2.1 * np.sqrt(2), 0], [1, 1], draws=20_000).marginal_high.tolist() == [1, 2]


def test_what_is_proven_makes_the_rest_easier_to_prove():
    # Of three pairs two are proven at once (100 apart); then only one is open both ways.
    # 2.25 standard errors would not do among three open pairs (2.33), but do now (2.17).
    gap = 2.25 * np.sqrt(2)
    assert sets([100 + gap, 100, 0], [1, 1, 1], draws=20_000).simultaneous_high.tolist() == [
        1,
        2,
        3,
    ]
    assert sets([gap, 0, 0.1], [1, 1, 1], draws=20_000).simultaneous_high.tolist() == [3, 3, 3]


def test_no_error_no_doubt_but_equals_stay_equals():
    found = sets([5, 5, 4], [0, 0, 0])
    assert found.simultaneous_low.tolist() == [1, 1, 3]
    assert found.simultaneous_high.tolist() == [2, 2, 3]


def test_nobody_has_no_sets_and_one_has_the_first_place():
    assert sets([], []).marginal_low.tolist() == []
    assert sets([3], [1]).marginal_high.tolist() == [1]


def test_equals_share_a_place_and_the_next_stays_empty():
    assert places(np.array([7.0, 9.0, 7.0, 1.0])).tolist() == [2, 1, 2, 4]


def test_bands_are_fifths_of_the_places_and_every_band_touched_is_said():
    # Of ten places A has 1 and 2, B 3 and 4, and so on.
    assert bands(1, 2, 10) == "A"
    assert bands(3, 8, 10) == "B-D"
    assert bands(10, 10, 10) == "E"
