"""How sure a score is: its variance, had the weeks been others.

Four steps, each against a way in which a few correlated weeks deceive:

1. weeks drawn anew, independently for each municipality, through the whole chain from sums to
   score (`resampled_variances`);
2. a floor from a count model, criterion by criterion (`torg.score.floor`);
3. one factor for serial correlation, pooled over municipalities (`serial_factor`): weeks drawn one
   by one take good and bad spells for more evidence than they are;
4. moderation (`moderate`): the variance of one municipality from 17 heavy-tailed weeks is itself
   mostly chance, and lowest just where the great week by chance did not come; it is drawn towards
   what is usual for municipalities with such a variance by the count model and such a score.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from torg.measure import half_variances, moderate, serial_factor
from torg.score.figures import Figures
from torg.score.floor import least_variances, smoothed
from torg.score.points import Chain, steepness

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """Variances [N] of scores, and the pooled figures that made them."""

    variances: Floats
    serial_factor: float
    weight_of_own: float  # how much of a municipality's own log variance was kept, 0 to 1


def uncertainty(figures: Figures, chain: Chain) -> Uncertainty:
    """The variance of each score; `figures` hold the criteria of `chain`, of those with a score."""
    scores = chain.scores(figures.values)
    modelled, added = _count_model(figures, chain)
    own = resampled_variances(figures, chain) + added
    influence = influences(figures, chain)
    halves = half_variances(influence) + modelled[:, None]
    alike = np.stack([_logs(modelled), scores, scores**2])
    moderated, weight = moderate(own, halves, alike)
    factor = serial_factor(influence, moderated, common=False)
    return Uncertainty(variances=factor * moderated, serial_factor=factor, weight_of_own=weight)


def resampled_variances(figures: Figures, chain: Chain) -> Floats:
    """The variance of the score over weeks drawn anew: [N]."""
    scores = chain.scores(figures.redrawn)
    # The variance of one and the same double many times over is not quite 0 in arithmetic.
    varying = np.ptp(scores, axis=1) > 0
    spread: Floats = np.where(varying, scores.var(axis=1) * _finite(figures), 0.0)
    return spread


def _finite(figures: Figures) -> Floats:
    """The factor n / (n - 1): weeks drawn around their own mean vary too little by this much."""
    weeks = figures.observed.sum(axis=1)
    factor: Floats = weeks / np.maximum(weeks - 1, 1)
    return factor


def _count_model(figures: Figures, chain: Chain) -> tuple[Floats, Floats]:
    """The variance of each score by the count model, and what the weeks lack to it: [N], [N].

    The second is taken criterion by criterion, so that one with many events does not make up for
    one with hardly any.
    """
    given = chain.points(figures.values)
    redrawn = np.nan_to_num(chain.points(figures.redrawn).var(axis=2)) * _finite(figures)
    slopes = np.stack(
        [steepness(row, ref) for row, ref in zip(smoothed(figures), chain.references, strict=True)]
    )
    floors = np.nan_to_num(slopes**2 * least_variances(figures))
    moves = _gradient(chain, given) ** 2
    lacking = np.maximum(floors - redrawn, 0.0)
    return (moves * floors).sum(axis=0), (moves * lacking).sum(axis=0)


def _logs(variances: Floats) -> Floats:
    """Logarithms; where there is no variance, the least that there is."""
    positive = variances[variances > 0]
    least = positive.min() if len(positive) else 1.0
    return np.log(np.maximum(variances, least))


def _gradient(chain: Chain, given: Floats) -> Floats:
    """How far the score moves with each criterion's points: [K, N]."""
    areas = chain.area_points(given)
    scores = chain.scores_of_areas(areas)
    of_area = scores / (len(areas) * areas)
    area_of = [chain.areas.index(ref.criterion.area) for ref in chain.references]
    return chain.shares(given) * of_area[area_of]


def influences(figures: Figures, chain: Chain) -> Floats:
    """How far each week moves the score, (n - 1) (score - score without the week): [N, W].

    NaN where a municipality was not observed (jackknife; Efron and Tibshirani 1993, chapter 11).
    """
    scores = chain.scores(figures.values)
    seen = np.where(figures.observed, figures.without, figures.values[..., None])
    moved = scores[:, None] - chain.scores(seen)
    weeks = figures.observed.sum(axis=1)[:, None]
    return np.where(figures.observed, (weeks - 1) * moved, np.nan)
