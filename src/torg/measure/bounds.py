"""Intervals of a share and of a count, from as many independent items or events as they are worth.

Few events are skewed, and at none or all of them nothing varies, so the bounds are quantiles of the
beta and gamma distributions and never leave what is possible. Between none and all they are those
of Jeffreys (Brown, Cai and DasGupta 2001, doi 10.1214/ss/1009213286); at none and at all the exact
ones, of Clopper and Pearson (1934, doi 10.1093/biomet/26.4.404) for shares and Garwood (1936, doi
10.1093/biomet/28.3-4.437) for counts.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

Floats = NDArray[np.float64]


def share_bounds(shares: Floats, items: Floats, *, confidence: float) -> Floats:
    """Bounds [2, N] of shares of `items`, which need not be whole numbers but must be above 0."""
    tail = (1 - confidence) / 2
    having, lacking = shares * items + 0.5, (1 - shares) * items + 0.5
    low = np.where(shares < 1, betaincinv(having, lacking, tail), tail ** (1 / items))
    high = np.where(shares > 0, betaincinv(having, lacking, 1 - tail), 1 - tail ** (1 / items))
    return np.stack([np.where(shares > 0, low, 0.0), np.where(shares < 1, high, 1.0)])


def count_bounds(events: Floats, *, confidence: float) -> Floats:
    """Bounds [2, N] of the expectation of `events`, which need not be whole numbers."""
    tail = (1 - confidence) / 2
    high = np.where(events > 0, gammaincinv(events + 0.5, 1 - tail), -np.log(tail))
    return np.stack([np.where(events > 0, gammaincinv(events + 0.5, tail), 0.0), high])
