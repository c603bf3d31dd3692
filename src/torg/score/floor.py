"""The least variance that a count model allows, whatever the few weeks at hand show.

A municipality with a comment in ten weeks has many draws of its weeks without any, and some where
nothing varies at all: the weeks alone then claim to be surer than any count can be. The floor is
what independent events with the country's pooled dispersion would give: negative binomial for
counts (variance mu + alpha mu^2 a week, moment estimate of alpha pooled over municipalities and
weeks: with few events a municipality cannot give one of its own), and beta-binomial with a pooled
correlation rho for shares.
"""

import numpy as np
from numpy.typing import NDArray

from torg.score.criteria import STOCKS, is_share
from torg.score.figures import Figures

Floats = NDArray[np.float64]


def least_variances(figures: Figures) -> Floats:
    """The floor of the variance of each value: [K, N]; 0 for stocks, NaN without a value."""
    found = np.zeros_like(figures.values)
    for row, measure in enumerate(figures.measures):
        if measure not in STOCKS:
            model = _share if is_share(measure) else _count
            found[row] = figures.scales[row] ** 2 * model(
                figures.numerators[row], figures.denominators[row]
            )
    return np.where(np.isnan(figures.values), np.nan, found)


def smoothed(figures: Figures) -> Floats:
    """Values a little drawn to the country's, so that none sits at zero events: [K, N].

    A municipality without an event sits at half an event, whatever its size.
    """
    found = figures.values.copy()
    for row, measure in enumerate(figures.measures):
        if measure not in STOCKS and not is_share(measure):
            rate = _rates(figures.numerators[row], figures.denominators[row])
            found[row] = np.where(np.isnan(found[row]), np.nan, rate * figures.scales[row])
    return found


def _rates(numerators: Floats, denominators: Floats) -> Floats:
    """Events over exposure, with half an event at the country's rate added: [N]."""
    events, exposure = numerators.sum(axis=1), denominators.sum(axis=1)
    if not events.sum() > 0:
        return np.zeros_like(events)
    country = events.sum() / exposure.sum()
    rates: Floats = (events + 0.5) / (exposure + 0.5 / country)
    return rates


def _count(numerators: Floats, denominators: Floats) -> Floats:
    """Negative binomial: a week varies by mu + alpha mu^2."""
    expected = _rates(numerators, denominators)[:, None] * denominators
    observed = _over(numerators.sum(axis=1), denominators.sum(axis=1))[:, None] * denominators
    alpha = _pooled(
        excess=_squares(numerators, observed, denominators) - observed,
        slope=observed**2,
        weight=_usable(denominators) / (1 + observed) ** 2,
    )
    variance = (expected + alpha * expected**2).sum(axis=1)
    return _over(variance, denominators.sum(axis=1) ** 2)


def _share(numerators: Floats, denominators: Floats) -> Floats:
    """Beta-binomial: a week of n items varies by n p (1 - p) (1 + (n - 1) rho)."""
    items = denominators.sum(axis=1)
    raw = _over(numerators.sum(axis=1), items)[:, None]
    binomial = denominators * raw * (1 - raw)
    rho = _pooled(
        excess=_squares(numerators, raw * denominators, denominators) - binomial,
        slope=binomial * np.maximum(denominators - 1, 0),
        weight=_usable(denominators) / (1 + denominators) ** 2,
    )
    share = ((numerators.sum(axis=1) + 0.5) / (items + 1))[:, None]
    spread = denominators * share * (1 - share) * (1 + np.maximum(denominators - 1, 0) * rho)
    return _over(spread.sum(axis=1), items**2)


def _squares(numerators: Floats, expected: Floats, denominators: Floats) -> Floats:
    """Squared deviations, made up for the part of each that its own week took out of the mean."""
    left = 1 - _over(denominators, denominators.sum(axis=1, keepdims=True))
    return _over((numerators - expected) ** 2, left)


def _usable(denominators: Floats) -> NDArray[np.bool_]:
    """Weeks with something, of municipalities that have more than the one."""
    usable: NDArray[np.bool_] = (denominators > 0) & (
        denominators < denominators.sum(axis=1, keepdims=True)
    )
    return usable


def _pooled(*, excess: Floats, slope: Floats, weight: Floats) -> float:
    """The pooled parameter, never below 0; weights keep the largest municipalities from ruling."""
    below = float((weight * slope).sum())
    return max(0.0, float((weight * excess).sum()) / below) if below > 0 else 0.0


def _over(numerator: Floats, denominator: Floats) -> Floats:
    shape = np.broadcast_shapes(np.shape(numerator), np.shape(denominator))
    return np.divide(numerator, denominator, out=np.zeros(shape), where=denominator > 0)
