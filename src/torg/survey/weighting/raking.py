"""Raking: weights that reproduce several margins of the frame at once, within bounds.

The weight is ``w = d exp(x'b)``, held between the least and the most that is allowed (Deville and
Särndal 1992, case 7); where no bound is at work these are the weights that iterative proportional
fitting ends at (Deming and Stephan 1940). The equations are solved by Newton's method, which also
tells when no such weights exist.
"""

from collections.abc import Sequence

import numpy as np

from torg.survey.weighting.design import Codes, Floats, product

_STEPS = 200
_HALVINGS = 40
_CLOSE = 1e-14  # of a margin's total, relative; far below what is compared (1e-8)
_MET = 1e-9
_FLAT = 1e-10  # added to the diagonal: margins overlap, so their equations are not independent
_FAR = 30.0  # a factor of e^30 is none that a bound allows


def raked(
    base: Floats,
    margins: Sequence[Codes],
    totals: Sequence[Floats],
    *,
    bounds: tuple[float, float] = (0.0, np.inf),
) -> tuple[Floats, tuple[Floats, ...]]:
    """Weights from `base` that meet the `totals` of each margin's classes, and each one's misfit.

    The misfit of a class is the sum of its weights less its total, relative; all are below 1e-9
    where the margins can be met within the bounds (`is_met`).
    """
    columns = _columns(margins, totals)
    wanted = np.concatenate(totals)
    factors = np.zeros(len(wanted))
    for _ in range(_STEPS):
        weights = _weights(base, columns, factors, bounds)
        gap = _sums(columns, weights) - wanted
        if np.all(np.abs(gap) <= _CLOSE * wanted):
            break
        step = _newton(base, columns, factors, bounds, gap)
        moved = _searched(base, columns, factors, bounds, wanted, step)
        if moved is None:
            break
        factors = moved
    weights = _weights(base, columns, factors, bounds)
    misfits = (_sums(columns, weights) - wanted) / wanted
    return weights, tuple(np.split(misfits, np.cumsum([len(t) for t in totals])[:-1]))


def is_met(misfits: Sequence[Floats]) -> bool:
    """Whether the weights meet every margin."""
    return all(bool(np.all(np.abs(misfit) < _MET)) for misfit in misfits)


def _columns(margins: Sequence[Codes], totals: Sequence[Floats]) -> Floats:
    return np.concatenate(
        [m[:, None] == np.arange(len(t)) for m, t in zip(margins, totals, strict=True)], axis=1
    ).astype(np.float64)


def _weights(base: Floats, columns: Floats, factors: Floats, bounds: tuple[float, float]) -> Floats:
    with np.errstate(over="ignore"):
        return np.clip(base * np.exp(_sums(columns.T, factors)), *bounds)


def _newton(
    base: Floats, columns: Floats, factors: Floats, bounds: tuple[float, float], gap: Floats
) -> Floats:
    free = base * np.exp(_sums(columns.T, factors))
    slope = np.where((free > bounds[0]) & (free < bounds[1]), free, 0.0)
    jacobian = product(columns.T, slope[:, None] * columns)
    ridge = _FLAT * max(float(np.mean(base)), float(np.mean(np.diag(jacobian))))
    step = np.linalg.solve(jacobian + ridge * np.eye(len(gap)), -gap)
    return np.asarray(step * min(1.0, 2.0 / max(float(np.max(np.abs(step))), 1e-300)))


def _searched(
    base: Floats,
    columns: Floats,
    factors: Floats,
    bounds: tuple[float, float],
    wanted: Floats,
    step: Floats,
) -> Floats | None:
    """The factors a step further on: the whole step, or as much of it as brings them nearer."""
    start = _distance(base, columns, factors, bounds, wanted)
    for halving in range(_HALVINGS):
        tried = factors + step * 0.5**halving
        if np.max(np.abs(_sums(columns.T, tried))) < _FAR:
            at = _distance(base, columns, tried, bounds, wanted)
            if at[0] < start[0] or at[1] < start[1]:
                return tried
    return None


def _distance(
    base: Floats, columns: Floats, factors: Floats, bounds: tuple[float, float], wanted: Floats
) -> tuple[float, float]:
    """What Newton's method brings down: the convex function whose slope is the gap, and the gap."""
    exponent = _sums(columns.T, factors)
    weights = _weights(base, columns, factors, bounds)
    held = np.log(weights / base)  # the exponent at which the bound is reached
    value = float(np.sum(weights * (1 + exponent - held)) - np.sum(wanted * factors))
    gap = _sums(columns, weights) - wanted
    return value, float(np.max(np.abs(gap) / wanted))


def _sums(columns: Floats, values: Floats) -> Floats:
    """The sum of `values` over each column of zeros and ones."""
    return product(columns.T, values[:, None])[:, 0]
