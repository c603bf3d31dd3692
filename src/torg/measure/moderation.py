"""Variances from few weeks, drawn towards what is usual for municipalities of their kind."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_UNITS = 10  # with fewer municipalities there is no trend to draw towards


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


def half_variances(influence: Floats) -> Floats:
    """The variance of a mean over all weeks as each half of the weeks shows it: [N, 2].

    `influence` [N, W] is how far each week moves the mean; NaN where a week was not observed.
    """
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
