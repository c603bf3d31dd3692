"""Rank sets keep their promise where the truth is known, and are hardly wider than they must be."""

import pytest

from tests.lib.coverage_of_sets import coverage, coverage_of_simulated

LEAST_RIGHT = 0.94
WIDEST = 1.25  # times the width that sets made with the true variances have


@pytest.mark.slow
def test_200_countries_with_heavy_tails_correlated_weeks_and_near_ties(figure):
    found = coverage("heavy", worlds=20, countries=10)
    figure(f"heavy tails: {found}")
    assert found.countries == 200
    assert found.right >= LEAST_RIGHT
    assert found.ratio <= WIDEST


@pytest.mark.slow
@pytest.mark.parametrize(
    ("regime", "weeks"), [("iid", 17), ("correlated", 17), ("low", 17), ("correlated", 104)]
)
def test_other_weeks_and_longer_windows(regime, weeks, figure):
    found = coverage(regime, worlds=4, countries=3, weeks=weeks)
    figure(f"{regime}, {weeks} weeks: {found}")
    assert found.right >= LEAST_RIGHT
    assert found.ratio <= WIDEST


@pytest.mark.slow
def test_200_countries_of_the_simulator(figure):
    right, width = coverage_of_simulated(countries=200)
    figure(f"torg.simulate: {right:.2%} hold no wrong order; mean width {width:.1f}")
    assert right >= LEAST_RIGHT
