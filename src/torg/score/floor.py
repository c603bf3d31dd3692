"""The least variance that a count model allows, whatever the few weeks at hand show.

A municipality with a comment in ten weeks has many draws of its weeks without any, and some where
nothing varies at all: the weeks alone then claim to be surer than any count can be. The floor is
what independent events with the country's pooled dispersion would give.
"""

import numpy as np
from numpy.typing import NDArray

from torg.measure import count_variances, share_variances, smoothed_rates
from torg.score.criteria import STOCKS, is_share
from torg.score.figures import Figures

Floats = NDArray[np.float64]


def least_variances(figures: Figures) -> Floats:
    """The floor of the variance of each value: [K, N]; 0 for stocks, NaN without a value."""
    found = np.zeros_like(figures.values)
    for row, measure in enumerate(figures.measures):
        if measure not in STOCKS:
            model = share_variances if is_share(measure) else count_variances
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
            rate = smoothed_rates(figures.numerators[row], figures.denominators[row])
            found[row] = np.where(np.isnan(found[row]), np.nan, rate * figures.scales[row])
    return found
