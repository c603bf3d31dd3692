"""Growth: the level at a day by regression, against a joint normal distribution written out."""

import numpy as np
import pytest

from torg.survey.trend.growth import Edition, Prior, forecast

FIXED = Prior(drift=0.3, drift_spread=0.2, wander=0.25, wander_spread=1e-9)


def slow(editions, at, prior):
    """Mean and variance at a time: everything unknown in one normal vector, conditioned."""
    start = min(e.at for e in editions)
    times = [e.at - start for e in editions] + [at - start]
    vague = 1e4
    covariance = np.array([
        [vague + prior.drift_spread**2 * s * t + prior.wander**2 * min(s, t) for t in times]
        for s in times
    ])  # fmt: skip
    mean = np.array([prior.drift * t for t in times])
    told = covariance[:-1, :-1] + np.diag([e.variance for e in editions])
    gain = covariance[-1, :-1] @ np.linalg.inv(told)
    levels = np.array([e.level for e in editions])
    return (mean[-1] + gain @ (levels - mean[:-1]), covariance[-1, -1] - gain @ covariance[:-1, -1])


@pytest.mark.parametrize("at", [2012.5, 2014.0, 2017.0])
def test_the_level_is_that_of_the_slow_twin(at):
    editions = [
        Edition(at=year, level=level, variance=variance)
        for year, level, variance in ((2011, -2.0, 0.04), (2013, -1.0, 0.02), (2015, -0.6, 0.03))
    ]
    found = forecast(editions, at, prior=FIXED)
    mean, variance = slow(editions, at, FIXED)
    assert found.means == pytest.approx(np.full(len(found.means), mean), abs=1e-4)
    assert found.variances == pytest.approx(np.full(len(found.variances), variance), abs=1e-4)


def test_a_quantile_of_one_normal_distribution_is_its_own():
    found = forecast([Edition(at=2011, level=0.0, variance=0.09)], 2011, prior=FIXED)
    assert found.quantile(0.975) == pytest.approx(1.959964 * 0.3, abs=1e-6)
    assert found.quantile(0.5) == pytest.approx(0.0, abs=1e-9)


def test_with_one_edition_pace_is_the_priors():
    found = forecast([Edition(at=2011, level=0.0, variance=0.0)], 2013, prior=FIXED)
    assert found.means[0] == pytest.approx(2 * 0.3)
    assert found.variances[0] == pytest.approx(2**2 * 0.2**2 + 2 * 0.25**2, abs=1e-6)
