"""How far observers agree: Krippendorff's alpha, Gwet's AC1, and the plain share.

Alpha after Hayes & Krippendorff (2007), "Answering the call for a standard reliability measure for
coding data", Communication Methods and Measures 1(1), 77-89; AC1 after Gwet (2008), "Computing
inter-rater reliability and its variance in the presence of high agreement", British Journal of
Mathematical and Statistical Psychology 61(1), 29-48.

`counts` has a row for each unit and a column for each value: how many observers gave it. Sums over
pairs of values are written as sums of squares, so that many bootstrap samples cost little.
"""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]

# The sums of squared differences over ordered pairs: within units, and of all values, for each row
# of weights. Arguments: counts, values, weights (a row for each sample, a column for each unit).
_Sums = Callable[[Array, Array, Array], tuple[Array, Array]]


def alpha(counts: Array, values: Array, level: Level, *, weights: Array | None = None) -> Array:
    """Krippendorff's alpha for each row of `weights` (how often a unit counts; once without).

    1 - (n - 1) x observed / expected disagreement, over units with two values or more. NaN where
    all values are the same: then nothing shows that they could have been told apart.
    """
    paired = counts[counts.sum(axis=1) > 1]
    if weights is None:
        weights = np.ones((1, counts.shape[0]))
    used = weights[:, counts.sum(axis=1) > 1]
    within, between = _SUMS[level](paired, values, used)
    n = used @ paired.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = np.where(between > 0, 1 - (n - 1) * within / between, np.nan)
    return found


def _nominal(counts: Array, _values: Array, weights: Array) -> tuple[Array, Array]:
    m = counts.sum(axis=1)
    totals = weights @ counts
    within = weights @ ((m**2 - (counts**2).sum(axis=1)) / (m - 1))
    return within, totals.sum(axis=1) ** 2 - (totals**2).sum(axis=1)


def _interval(counts: Array, values: Array, weights: Array) -> tuple[Array, Array]:
    # Differences do not change when all values move, and squares of small numbers stay exact.
    centred = values - (values.mean() if values.size else 0.0)
    return _of_scores(counts, np.broadcast_to(centred, (weights.shape[0], values.size)), weights)


def _ordinal(counts: Array, _values: Array, weights: Array) -> tuple[Array, Array]:
    """The distance of two values is the number of values between them, half of both counted.

    That is the distance of their middle ranks, which differ from sample to sample.
    """
    totals = weights @ counts
    return _of_scores(counts, totals.cumsum(axis=1) - totals / 2, weights)


def _of_scores(counts: Array, scores: Array, weights: Array) -> tuple[Array, Array]:
    """Squared differences of scores, which may be others in each sample."""
    m = counts.sum(axis=1)
    squares = m * (scores**2 @ counts.T) - (scores @ counts.T) ** 2
    totals = weights @ counts
    n, sums = totals.sum(axis=1), (totals * scores).sum(axis=1)
    within = (weights * 2 * squares / (m - 1)).sum(axis=1)
    return within, 2 * (n * (totals * scores**2).sum(axis=1) - sums**2)


def _ratio(counts: Array, values: Array, weights: Array) -> tuple[Array, Array]:
    sums = values[:, None] + values[None, :]
    difference = values[:, None] - values[None, :]
    squared = np.divide(difference, sums, out=np.zeros_like(sums), where=sums != 0) ** 2
    m, totals = counts.sum(axis=1), weights @ counts
    within = weights @ (((counts @ squared) * counts).sum(axis=1) / (m - 1))
    return within, ((totals @ squared) * totals).sum(axis=1)


_SUMS: Mapping[Level, _Sums] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def bootstrap_interval(
    counts: Array, values: Array, level: Level, *, confidence: float, draws: int, seed: int
) -> tuple[float | None, float | None]:
    """The percentile interval of alpha over units drawn anew; None where hardly a draw has one.

    Only units with two values or more are drawn, as many as there are.
    """
    paired = counts[counts.sum(axis=1) > 1]
    units = paired.shape[0]
    if units < 2:
        return None, None
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = rng.multinomial(units, np.full(units, 1 / units), size=draws).astype(np.float64)
    found = alpha(paired, values, level, weights=drawn)
    known = found[np.isfinite(found)]
    if known.size < draws / 2:
        return None, None
    tail = (1 - confidence) / 2
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), min(1.0, float(high))


def raw_agreement(counts: Array) -> float:
    """The share of pairs of observers of one unit that say the same, the mean over units."""
    paired = counts[counts.sum(axis=1) > 1]
    m = paired.sum(axis=1)
    same = (paired * (paired - 1)).sum(axis=1) / (m * (m - 1))
    return float(same.mean())


def gwet_ac1(counts: Array, *, categories: int) -> float | None:
    """Gwet's AC1, which does not collapse where nearly all are of one category.

    `categories`: how many there could have been. None where there is only one.
    """
    if categories <= 1:
        return None
    seen = counts[counts.sum(axis=1) > 0]
    prevalence = (seen / seen.sum(axis=1, keepdims=True)).mean(axis=0)
    chance = float((prevalence * (1 - prevalence)).sum()) / (categories - 1)
    return (raw_agreement(counts) - chance) / (1 - chance)
