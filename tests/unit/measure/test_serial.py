"""How much less sure weeks that hang together leave a mean."""

import numpy as np
import pytest

from torg.measure.serial import serial_factor


def series(memory, *, towns=300, weeks=17, seed=1):
    rng = np.random.default_rng(seed)
    found = rng.normal(size=(towns, weeks))
    for week in range(1, weeks):
        fresh = np.sqrt(1 - memory**2) * found[:, week]
        found[:, week] = memory * found[:, week - 1] + fresh
    sizes = rng.lognormal(size=towns)
    return found * sizes[:, None], sizes**2


def true_factor(memory, weeks):
    """n var(mean) over what the usual variance estimate expects, for a first-order series."""
    lags = np.abs(np.subtract.outer(range(weeks), range(weeks)))
    covariance = memory**lags
    of_mean = covariance.sum() / weeks
    return of_mean / ((weeks - of_mean) / (weeks - 1))


@pytest.mark.parametrize("memory", [0.0, 0.3, 0.5])
def test_serial_correlation_is_found_although_each_series_lost_its_own_mean(memory):
    found = np.mean([serial_factor(*series(memory, seed=seed), common=False) for seed in range(8)])
    assert found == pytest.approx(true_factor(memory, 17), rel=0.1)


def test_what_moves_everybody_counts_only_where_it_is_asked_for():
    common, _ = series(0.8, towns=1)
    own, sizes = series(0.0)
    moved = own + 5 * common / common.std() * np.sqrt(sizes)[:, None]
    assert serial_factor(moved, sizes, common=False) < 1.1
    assert serial_factor(moved, sizes, common=True) > 1.5


def test_it_never_makes_a_variance_smaller():
    assert serial_factor(*series(-0.5), common=True) == 1.0


@pytest.mark.parametrize(("towns", "weeks"), [(9, 17), (100, 7)])
def test_with_too_few_nothing_is_pooled(towns, weeks):
    assert serial_factor(*series(0.5, towns=towns, weeks=weeks), common=True) == 1.0


def test_a_municipality_unseen_in_some_week_does_not_decide():
    holed, sizes = series(0.3)
    holed[:50, 3] = np.nan
    found = serial_factor(holed, sizes, common=True)
    assert found == pytest.approx(serial_factor(holed[50:], sizes[50:], common=True))


def test_weeks_that_never_differ_do_not_hang_together():
    assert serial_factor(np.zeros((20, 17)), np.ones(20), common=True) == 1.0
