"""Weeks that hang together: how much less sure they leave a mean than independent ones."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_UNITS = 10  # with fewer municipalities nothing is pooled
LEAST_WEEKS = 8  # with fewer weeks serial correlation cannot be told


def serial_factor(influence: Floats, variances: Floats, *, common: bool) -> float:
    """How much larger the variance of a mean is than independent weeks would have it: at least 1.

    Autocovariances of the weeks' influences [N, W], each municipality scaled by its (moderated)
    variance [N], are pooled over the municipalities seen in every week. `common` says whether what
    a week does to all alike counts: it makes a level less sure, but moves nobody past anybody.
    That each series had its own mean taken out biases autocovariances; the bias is linear in them
    and is solved away exactly. Lags beyond the square root of the number of weeks are taken as 0.
    """
    scaled = _scaled(influence, variances)
    n_units, weeks = scaled.shape
    if n_units < LEAST_UNITS or weeks < LEAST_WEEKS:
        return 1.0
    if not common:
        scaled = scaled - scaled.mean(axis=0)
    pairs, bias = _of_lags(weeks, lags=int(np.sqrt(weeks)))
    covariances = np.linalg.solve(bias, _products(scaled, lags=len(pairs)) / n_units)
    of_mean = (covariances * pairs).sum() / weeks
    of_week = (covariances * bias[0]).sum() / (weeks - 1)
    return max(1.0, float(of_mean / of_week)) if of_week > 0 else 1.0


def _scaled(influence: Floats, variances: Floats) -> Floats:
    """Series around their own means in units of their errors, of those seen in every week.

    Scaling a series by its own few weeks would bias what is left of its correlation.
    """
    usable = ~np.isnan(influence).any(axis=1) & (variances > 0)
    whole = influence[usable]
    scaled: Floats = (whole - whole.mean(axis=1, keepdims=True)) / np.sqrt(variances[usable, None])
    return scaled


def _products(scaled: Floats, *, lags: int) -> Floats:
    """For each lag the sum over all pairs of weeks that far apart, each pair in both orders."""
    weeks = scaled.shape[1]
    once = [float((scaled[:, lag:] * scaled[:, : weeks - lag]).sum()) for lag in range(lags)]
    return np.array([once[0], *(2 * product for product in once[1:])])


@cache
def _of_lags(weeks: int, *, lags: int) -> tuple[Floats, Floats]:
    """The number of pairs of weeks at each lag, 0 to `lags`, and what centring makes of them.

    The second is [lags, lags]: how much of an autocovariance at one lag (column) is in the products
    at another (row), once each series has lost its own mean.
    """
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    bands = [(apart == lag).astype(np.float64) for lag in range(lags + 1)]
    bias = [[float((_centred(one) * other).sum()) for other in bands] for one in bands]
    return np.array([band.sum() for band in bands]), np.array(bias)


def _centred(band: Floats) -> Floats:
    """Rows and columns around their means."""
    rows, columns = band.mean(axis=1, keepdims=True), band.mean(axis=0, keepdims=True)
    centred: Floats = band - rows - columns + band.mean()
    return centred
