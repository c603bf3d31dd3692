"""How far a figure may lie from the level behind it, since chance decided what the weeks brought.

Five steps, measure by measure; none has a constant that was tuned:

1. the variance of a sum over weeks divided by a sum over weeks, from how the weeks differ;
2. drawn towards what is usual for such a figure (`moderate`): seventeen heavy-tailed weeks say
   little of their own variance;
3. never below what independent events with the country's dispersion would give (`count_model`);
4. widened by one factor, since weeks hang together (`serial_factor`);
5. turned into as many independent items or events as would vary by so much (the design effect of
   Rao and Scott 1992, doi 10.2307/2532311), of which the interval is known (`bounds`). The t
   distribution's quantile over the normal's makes them fewer where the variance is known from few
   weeks (Korn and Graubard 1998, Survey Methodology 24, 193-201).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

from torg.measure.bounds import count_bounds, share_bounds
from torg.measure.count_model import (
    count_variances,
    share_variances,
    smoothed_rates,
    smoothed_shares,
)
from torg.measure.definition import DEFINITIONS
from torg.measure.moderation import half_variances, moderate
from torg.measure.resampling import weekly_sums
from torg.measure.serial import serial_factor

Floats = NDArray[np.float64]

LEAST_WEEKS = 2  # a single week does not show how weeks differ
SECONDS = 3600  # in the unit of a measure in hours
POOLED = ("country", "access", "measure")  # over the municipalities of each
LEAST_WEIGHT = 1e-6  # of an own variance: whoever has none is as sure of it as the pool
_KEYS = ("country", "municipality", "measure")


def intervals(weekly: pl.DataFrame, *, confidence: float) -> pl.DataFrame:
    """The interval of each ratio: country, municipality, measure, low, high; sorted by the first.

    `weekly` is `Observed.weekly`. There is none where fewer than two weeks have anything to divide
    by. Other municipalities of the same country, access and measure lend what they know of how
    weeks vary, if they are ten or more.
    """
    sums = weekly_sums(weekly)
    usable = (sums.denominators > 0).sum(axis=1) >= LEAST_WEEKS
    bounds = np.full((2, sums.keys.height), np.nan)
    rows_of = sums.keys.with_row_index("row").filter(pl.Series(usable, dtype=pl.Boolean))
    for (_, _, measure), part in rows_of.group_by(POOLED, maintain_order=True):
        rows = part["row"].to_numpy()
        bounds[:, rows] = _bounds(
            str(measure), sums.numerators[rows], sums.denominators[rows], confidence=confidence
        )
    found = sums.keys.select(_KEYS).with_columns(low=bounds[0], high=bounds[1])
    return found.filter(pl.Series(usable, dtype=pl.Boolean)).sort(_KEYS)


def _bounds(measure: str, numerators: Floats, denominators: Floats, *, confidence: float) -> Floats:
    """Bounds [2, N] of a measure: as of a share where it has a largest value, else of a count."""
    ceiling, item = _ceiling(measure)
    if ceiling is None:
        low, high = _of_rates(numerators, denominators, confidence=confidence)
    else:
        parts, items = numerators / (ceiling * item), denominators / item
        low, high = ceiling * _of_shares(parts, items, confidence=confidence)
    # What is worth far less than one event can lie outside Jeffreys' interval of itself.
    found = numerators.sum(axis=1) / denominators.sum(axis=1)
    return np.stack([np.minimum(low, found), np.maximum(high, found)])


def _ceiling(measure: str) -> tuple[float | None, float]:
    """The largest value that there can be, and how much of the denominator one item is."""
    definition = DEFINITIONS[measure]
    if definition.unit == "share":
        return 1.0, 1.0
    # A mean of waits cut at so many hours: it varies at most as if all were none or the whole.
    hours = definition.parameters.get("hours")
    return (float(hours), float(SECONDS)) if hours is not None else (None, 1.0)


def _of_shares(numerators: Floats, denominators: Floats, *, confidence: float) -> Floats:
    smoothed = smoothed_shares(numerators, denominators)
    errors = _errors(
        numerators,
        denominators,
        modelled=share_variances(numerators, denominators),
        level=np.log(smoothed / (1 - smoothed)),
    )
    worth = smoothed * (1 - smoothed) / errors.stretched(confidence)
    return share_bounds(errors.ratios, worth, confidence=confidence)


def _of_rates(numerators: Floats, denominators: Floats, *, confidence: float) -> Floats:
    smoothed = smoothed_rates(numerators, denominators)
    errors = _errors(
        numerators,
        denominators,
        modelled=count_variances(numerators, denominators),
        level=np.log(smoothed),
    )
    event = errors.stretched(confidence) / smoothed  # by how much one independent event moves it
    return event * count_bounds(errors.ratios / event, confidence=confidence)


@dataclass(frozen=True, kw_only=True)
class _Errors:
    """Ratios [N], their variances [N], and the degrees of freedom [N] in which these are known."""

    ratios: Floats
    variances: Floats
    degrees: Floats

    def stretched(self, confidence: float) -> Floats:
        """Variances with which the normal distribution gives the t distribution's interval."""
        upper = (1 + confidence) / 2
        longer: Floats = stdtrit(self.degrees, upper) / ndtri(upper)
        return self.variances * longer**2


def _errors(
    numerators: Floats, denominators: Floats, *, modelled: Floats, level: Floats
) -> _Errors:
    total = denominators.sum(axis=1)
    ratios = numerators.sum(axis=1) / total
    moved = (numerators - ratios[:, None] * denominators) / total[:, None]
    influence = moved.shape[1] * moved
    own, halves = _own(moved, denominators), half_variances(influence)
    alike = np.stack([np.log(modelled), level, level**2])
    moderated, weight = moderate(own, halves, _within_known(alike, own, halves))
    variances = np.maximum(moderated, modelled)
    factor = serial_factor(influence, variances, common=True)
    weeks = (denominators > 0).sum(axis=1)
    return _Errors(
        ratios=ratios,
        variances=factor * variances,
        degrees=(weeks - 1) / max(weight, LEAST_WEIGHT),
    )


def _own(moved: Floats, denominators: Floats) -> Floats:
    """Variances [N] by the squares of what each week moved, made up for its part in the ratio."""
    left = 1 - denominators / denominators.sum(axis=1, keepdims=True)
    own: Floats = (moved**2 / left).sum(axis=1)
    return own


def _within_known(covariates: Floats, own: Floats, halves: Floats) -> Floats:
    """Covariates [C, N] cut to the range in which there are variances: no trend beyond it."""
    known = (own > 0) & (halves > 0).all(axis=1)
    if not known.any():
        return covariates
    inside = covariates[:, known]
    return np.clip(covariates, inside.min(axis=1)[:, None], inside.max(axis=1)[:, None])
