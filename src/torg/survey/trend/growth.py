"""A share that grows over the years: logistic, with chance in its pace.

On the logit scale the level x of a share goes up by a steady drift and wanders as it goes::

    x(t) = a + b t + s W(t)        b ~ Normal(PRIOR.drift, PRIOR.drift_spread),   W Brownian motion

A steady drift alone is logistic growth, as of most that is taken up (Griliches 1957, Econometrica
25, 501-522); s lets a series saturate, hurry or turn. An edition tells x with its sampling error.
Given s all is normal, and the level at any day follows by regression (universal kriging, Cressie
1993, section 3.4); s itself has a prior, and is summed over what its values are worth in the light
of the editions. With one edition or two the prior says nearly all of pace and wandering.

The prior was learnt from what was published: see PRIOR.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Prior:
    """What is believed of a series before its editions; all per year on the logit scale."""

    drift: float
    drift_spread: float  # between series, standard deviation
    wander: float  # median of s, per square root of a year
    wander_spread: float  # standard deviation of log s


# By greatest likelihood from seven series of municipalities' use of social media that the Nordic
# studies published between 2011 and 2024: drift 0.34, spread 0.13, wander 0.22. Seven series of 21
# steps tell spreads only roughly, so both are taken at the end of their one-sided 90 % intervals
# (times 1.65 for 6 degrees of freedom, 1.27 for 20). tests/lib/published_series.py has the series.
PRIOR = Prior(drift=0.34, drift_spread=0.22, wander=0.27, wander_spread=0.5)

_GRID = np.linspace(-2.5, 2.5, 41)  # of log s, in spreads about its median


@dataclass(frozen=True, eq=False, kw_only=True)
class Edition:
    """One edition: when (years), the level on the logit scale, and its sampling variance."""

    at: float
    level: float
    variance: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Forecast:
    """The level at a day: a mixture of normal distributions on the logit scale."""

    means: Floats
    variances: Floats
    weights: Floats  # add up to 1

    def quantile(self, part: float) -> float:
        """The level below which it lies with the chance `part`, on the logit scale."""
        spread = np.sqrt(self.variances)
        ends = self.means + ndtri(part) * spread
        low, high = float(ends.min()), float(ends.max())
        for _ in range(100):
            middle = (low + high) / 2
            under = float(self.weights @ ndtr((middle - self.means) / np.maximum(spread, 1e-12)))
            low, high = (middle, high) if under < part else (low, middle)
        return (low + high) / 2


def forecast(editions: Sequence[Edition], at: float, *, prior: Prior = PRIOR) -> Forecast:
    """The level at a time, between or after the editions; there must be at least one."""
    wanders = prior.wander * np.exp(prior.wander_spread * _GRID)
    fits = [_fitted(editions, at, float(s), prior) for s in wanders]
    means, variances, logs = (np.array(part) for part in zip(*fits, strict=True))
    weights = np.exp(logs - logs.max() - _GRID**2 / 2)
    return Forecast(means=means, variances=variances, weights=weights / weights.sum())


def log_evidence(editions: Sequence[Edition], prior: Prior) -> float:
    """The logarithm of how likely the editions are under a prior, up to a constant."""
    wanders = prior.wander * np.exp(prior.wander_spread * _GRID)
    logs = np.array([_fitted(editions, 0.0, float(s), prior)[2] for s in wanders])
    masses = np.exp(-(_GRID**2) / 2)
    return float(logs.max() + np.log((masses / masses.sum()) @ np.exp(logs - logs.max())))


def _fitted(
    editions: Sequence[Edition], at: float, wander: float, prior: Prior
) -> tuple[float, float, float]:
    """Mean and variance of the level at a time, and the log likelihood of the editions, given s.

    The level `a` at the first edition is not known beforehand at all; the drift is by the prior.
    """
    start = min(edition.at for edition in editions)
    times = np.array([edition.at - start for edition in editions])
    levels = np.array([edition.level for edition in editions]) - prior.drift * times
    own = np.diag([edition.variance for edition in editions])
    inverse = np.linalg.inv(
        _kernel(times, times, wander, prior) + own + _FLOOR * np.eye(len(times))
    )
    ones = np.ones(len(times))
    known = float(ones @ inverse @ ones)
    first = float(ones @ inverse @ levels) / known
    rest = levels - first
    then = np.array([at - start])
    across = _kernel(times, then, wander, prior)[:, 0]
    unexplained = 1 - float(ones @ inverse @ across)
    variance = _kernel(then, then, wander, prior)[0, 0] - across @ inverse @ across
    likely = np.linalg.slogdet(inverse)[1] - np.log(known) - rest @ inverse @ rest
    mean = first + prior.drift * (at - start) + across @ inverse @ rest
    return float(mean), float(max(variance + unexplained**2 / known, 0.0)), float(likely / 2)


_FLOOR = 1e-9  # of a variance: two editions of one day, both without error


def _kernel(one: Floats, other: Floats, wander: float, prior: Prior) -> Floats:
    """How the unknown drift and the wandering tie the levels of two times."""
    product = one[:, None] * other[None, :]
    found: Floats = prior.drift_spread**2 * product + wander**2 * np.minimum(
        one[:, None], other[None, :]
    )
    return found
