"""What a few correlated, heavy-tailed weeks can and cannot say about a variance."""

import numpy as np
import pytest

from torg.score.uncertainty import moderate, serial_factor


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
    found = np.mean([serial_factor(*series(memory, seed=seed)) for seed in range(8)])
    assert found == pytest.approx(true_factor(memory, 17), rel=0.1)


def test_what_moves_everybody_moves_nobody_past_anybody():
    common, _ = series(0.8, towns=1)
    own, sizes = series(0.0)
    moved = own + 5 * common / common.std() * np.sqrt(sizes)[:, None]
    assert serial_factor(moved, sizes) < 1.1


def test_it_never_makes_a_variance_smaller():
    assert serial_factor(*series(-0.5)) == 1.0


@pytest.mark.parametrize(("towns", "weeks"), [(9, 17), (100, 7)])
def test_with_too_few_nothing_is_pooled(towns, weeks):
    assert serial_factor(*series(0.5, towns=towns, weeks=weeks)) == 1.0


def test_a_municipality_unseen_in_some_week_does_not_decide():
    holed, sizes = series(0.3)
    holed[:50, 3] = np.nan
    assert serial_factor(holed, sizes) == pytest.approx(serial_factor(holed[50:], sizes[50:]))


def variances(true, *, degrees, seed=1):
    """Two halves of chi-squared variances around the true ones, and their mean."""
    halves = (
        true[:, None] * np.random.default_rng(seed).chisquare(degrees, (len(true), 2)) / degrees
    )
    return halves.mean(axis=1), halves


SIZE = np.linspace(-1, 1, 400)


def test_where_only_chance_tells_variances_apart_they_become_the_trend():
    true = np.exp(SIZE)
    own, halves = variances(true, degrees=6)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert weight < 0.15
    assert np.abs(np.log(moderated / true)).mean() < 0.1


def test_where_they_truly_differ_they_stay_what_they_are():
    true = np.exp(2 * np.random.default_rng(2).normal(size=400))
    own, halves = variances(true, degrees=60)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert weight > 0.95
    assert np.median(moderated / own) == pytest.approx(1, abs=0.1)


def test_in_between_they_err_less_than_by_themselves():
    true = np.exp(SIZE + 0.5 * np.random.default_rng(2).normal(size=400))
    own, halves = variances(true, degrees=6)
    moderated, weight = moderate(own, halves, SIZE[None])
    assert 0.2 < weight < 0.9
    error = np.log(np.array([moderated, own]) / true)
    assert (error[0] ** 2).mean() < 0.8 * (error[1] ** 2).mean()
    assert moderated.mean() == pytest.approx(true.mean(), rel=0.1)


def test_no_variance_gets_the_trends():
    own, halves = variances(np.exp(SIZE), degrees=6)
    own[0] = halves[0] = 0
    assert moderate(own, halves, SIZE[None])[0][0] > 0


def test_a_handful_keep_their_own():
    own, halves = variances(np.ones(9), degrees=6)
    assert moderate(own, halves, np.zeros((1, 9))) == (pytest.approx(own), 1.0)
