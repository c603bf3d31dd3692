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

from torg.score.figures import Figures
from torg.score.floor import least_variances, smoothed
from torg.score.points import Chain, steepness

Floats = NDArray[np.float64]

LEAST_UNITS = 10  # with fewer municipalities nothing is pooled
LEAST_WEEKS = 8  # with fewer weeks neither halves nor serial correlation can be told


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
    halves = _half_variances(influence) + modelled[:, None]
    alike = np.stack([_logs(modelled), scores, scores**2])
    moderated, weight = moderate(own, halves, alike)
    factor = serial_factor(influence, moderated)
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


def serial_factor(influence: Floats, variances: Floats) -> float:
    """How much larger the variance of a mean is than independent weeks would have it: at least 1.

    Autocovariances of the weeks' influences [N, W], each municipality scaled by its (moderated)
    variance [N] and the week's common movement (which moves nobody past anybody) taken out, are
    pooled over the municipalities seen in every week. That each series had its own mean taken out
    biases them; the bias is linear in the autocovariances and is solved away exactly. Lags beyond
    the square root of the number of weeks are taken as 0.
    """
    scaled = _scaled(influence, variances)
    n_units, weeks = scaled.shape
    if n_units < LEAST_UNITS or weeks < LEAST_WEEKS:
        return 1.0
    scaled = scaled - scaled.mean(axis=0)
    bands = _bands(weeks, lags=int(np.sqrt(weeks)))
    centring = np.eye(weeks) - 1 / weeks
    products = [centring @ band @ centring for band in bands]
    found = [float(np.einsum("iw,wv,iv->", scaled, band, scaled) / n_units) for band in bands]
    bias = np.array([[(product * band).sum() for band in bands] for product in products])
    covariances = np.linalg.solve(bias, np.array(found))
    of_mean = sum(c * band.sum() for c, band in zip(covariances, bands, strict=True)) / weeks
    of_week = covariances @ bias[0] / (weeks - 1)
    return max(1.0, float(of_mean / of_week))


def _scaled(influence: Floats, variances: Floats) -> Floats:
    """Series around their own means in units of their errors, of those seen in every week.

    Scaling a series by its own few weeks would bias what is left of its correlation.
    """
    usable = ~np.isnan(influence).any(axis=1) & (variances > 0)
    whole = influence[usable]
    scaled: Floats = (whole - whole.mean(axis=1, keepdims=True)) / np.sqrt(variances[usable, None])
    return scaled


def _bands(weeks: int, *, lags: int) -> list[Floats]:
    """For each lag the matrix with ones where two weeks are that far apart."""
    apart = np.abs(np.subtract.outer(np.arange(weeks), np.arange(weeks)))
    return [(apart == lag).astype(np.float64) for lag in range(lags + 1)]


def _half_variances(influence: Floats) -> Floats:
    """The variance of the score as each half of the weeks shows it: [N, 2]."""
    middle = influence.shape[1] // 2
    weeks = (~np.isnan(influence)).sum(axis=1)
    found = np.zeros((len(influence), 2))
    for half, part in enumerate((influence[:, :middle], influence[:, middle:])):
        seen = ~np.isnan(part)
        n = seen.sum(axis=1)
        mean = np.divide(np.where(seen, part, 0).sum(axis=1), n, where=n > 0, out=np.zeros(len(n)))
        squares = (np.where(seen, part - mean[:, None], 0) ** 2).sum(axis=1)
        found[:, half] = squares / (np.maximum(n - 1, 1) * np.maximum(weeks, 1))
    return found


def moderate(own: Floats, halves: Floats, covariates: Floats) -> tuple[Floats, float]:
    """Draw variances towards their common trend, on the log scale: (variances [N], weight of own).

    The trend is a regression of the log variance on `covariates` [C, N]. What is left is chance and
    true difference. The two halves of the weeks [N, 2] err independently, so their covariance is
    the true part, and its share is the weight that a municipality's own variance keeps (empirical
    Bayes with a pooled trend, as Smyth 2004, doi 10.2202/1544-6115.1027; but the chance part is
    measured and not taken from the normal distribution, since weeks have heavy tails). Relative to
    the trend the mean of the variances stays what it was.
    """
    known = (own > 0) & (halves > 0).all(axis=1)
    if known.sum() < LEAST_UNITS:
        return own, 1.0
    log_own = np.log(np.where(known, own, 1.0))
    trend = _fitted(log_own, covariates, known)
    residual = np.where(known, log_own - trend, 0.0)
    weight = _true_part(halves[known], covariates[:, known])
    drawn = np.exp(weight * residual)
    level = np.exp(residual[known]).mean() / drawn[known].mean()
    return np.exp(trend) * drawn * level, weight


def _true_part(halves: Floats, covariates: Floats) -> float:
    """The share of the spread around the trend that both halves show."""
    everyone = np.ones(len(halves), dtype=bool)
    first, second, whole = (
        logs - _fitted(logs, covariates, everyone)
        for logs in np.log([halves[:, 0], halves[:, 1], halves.mean(axis=1)])
    )
    total = float((whole**2).sum())
    return float(np.clip((first * second).sum() / total, 0.0, 1.0)) if total > 0 else 1.0


def _fitted(outcome: Floats, covariates: Floats, members: NDArray[np.bool_]) -> Floats:
    """Least squares on the standardised covariates that vary, fitted on `members`, for everyone."""
    centred = covariates - covariates[:, members].mean(axis=1, keepdims=True)
    sizes = np.sqrt((centred[:, members] ** 2).mean(axis=1))
    varying = sizes > 1e-9 * (1 + np.abs(covariates).max(axis=1))
    design = np.vstack([np.ones(len(outcome)), centred[varying] / sizes[varying, None]])
    inside = design[:, members]
    crossed = np.einsum("in,jn->ij", inside, inside) + 1e-9 * np.eye(len(design)) * members.sum()
    aimed = np.einsum("in,n->i", inside, outcome[members])
    fitted: Floats = np.einsum("i,in->n", np.linalg.solve(crossed, aimed), design)
    return fitted
