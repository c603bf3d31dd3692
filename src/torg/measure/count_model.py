"""What independent events would vary by, with the country's pooled dispersion.

Negative binomial for counts (variance mu + alpha mu^2 a week, moment estimate of alpha pooled over
municipalities and weeks: with few events a municipality cannot give one of its own), and
beta-binomial with a pooled correlation rho for shares. All take weekly sums, [N, W] each.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def smoothed_rates(numerators: Floats, denominators: Floats) -> Floats:
    """Events over exposure, with half an event at the country's rate added: [N].

    Where the whole country has no event it is taken at half an event too.
    """
    events, exposure = numerators.sum(axis=1), denominators.sum(axis=1)
    if not exposure.sum() > 0:
        return np.zeros_like(events)
    country = max(events.sum(), 0.5) / exposure.sum()
    rates: Floats = (events + 0.5) / (exposure + 0.5 / country)
    return rates


def smoothed_shares(numerators: Floats, denominators: Floats) -> Floats:
    """Shares with one item more, half of which has it: [N]."""
    shares: Floats = (numerators.sum(axis=1) + 0.5) / (denominators.sum(axis=1) + 1)
    return shares


def count_variances(numerators: Floats, denominators: Floats) -> Floats:
    """Of events over exposure [N], negative binomial: a week varies by mu + alpha mu^2."""
    expected = smoothed_rates(numerators, denominators)[:, None] * denominators
    observed = _over(numerators.sum(axis=1), denominators.sum(axis=1))[:, None] * denominators
    alpha = _pooled(
        excess=_squares(numerators, observed, denominators) - observed,
        slope=observed**2,
        weight=_usable(denominators) / (1 + observed) ** 2,
    )
    variance = (expected + alpha * expected**2).sum(axis=1)
    return _over(variance, denominators.sum(axis=1) ** 2)


def share_variances(numerators: Floats, denominators: Floats) -> Floats:
    """Of shares [N], beta-binomial: a week of n items varies by n p (1 - p) (1 + (n - 1) rho)."""
    items = denominators.sum(axis=1)
    raw = _over(numerators.sum(axis=1), items)[:, None]
    binomial = denominators * raw * (1 - raw)
    rho = _pooled(
        excess=_squares(numerators, raw * denominators, denominators) - binomial,
        slope=binomial * np.maximum(denominators - 1, 0),
        weight=_usable(denominators) / (1 + denominators) ** 2,
    )
    share = smoothed_shares(numerators, denominators)[:, None]
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
