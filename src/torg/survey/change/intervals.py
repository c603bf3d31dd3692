"""Intervals of a difference of two shares, from those of the shares.

The bounds of the difference are put together from the bounds of each share and the correlation of
the two estimates (Zou and Donner 2008, Statistics in Medicine 27, 1693-1702; for paired shares
Newcombe 1998, Statistics in Medicine 17, 2635-2650). Where shares lie near 0 or 1 this keeps what
it says, which an interval of equal arms does not, and it has a width where all said the same.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from torg.survey.change.overlap import Floats

_TINY = 1e-12
_ROUNDING = 1e-10  # of a variance: what arithmetic leaves of one that is none


@dataclass(frozen=True, eq=False, kw_only=True)
class Shares:
    """Estimated shares [C], their variances [C], and what is known where these are none."""

    values: Floats
    variances: Floats
    effective: float  # answers
    left: float  # the part of the frame that is not known, 0 to 1


def quantile(confidence: float, degrees: float) -> float:
    """Of the t distribution, both sides."""
    return float(stdtrit(max(degrees, 1.0), (1 + confidence) / 2))


def wilson(shares: Shares, t: float) -> tuple[Floats, Floats]:
    """Bounds [C] of each share (Wilson 1927), with as many answers as its variance is worth.

    Where everybody or nobody is with a category its variance is none. Then the answers that the
    weights leave over count, and for more the more of the frame is known: of K units that are not
    with the others, all are overlooked with the chance (1 - f)^K where the part f has answered.
    """
    p = np.clip(shares.values, 0.0, 1.0)
    spread = p * (1 - p)
    varies = (spread > _TINY) & (shares.variances > _TINY * spread)
    whole = np.inf if shares.left <= 0 else shares.effective * _worth(shares.left)
    with np.errstate(divide="ignore", invalid="ignore"):
        n = np.where(varies, spread / np.where(varies, shares.variances, 1.0), whole)
        middle = (p + t**2 / (2 * n)) / (1 + t**2 / n)
        arm = t * np.sqrt(spread / n + (t / (2 * n)) ** 2) / (1 + t**2 / n)
    return middle - arm, middle + arm


def _worth(left: float) -> float:
    """How much more an answer is worth than one from a frame without end."""
    known = 1 - left
    return float(-np.log(left) / known) if known > 0 else 1.0


def of_difference(
    first: Shares, second: Shares, *, covariance: Floats, t: float
) -> tuple[Floats, Floats]:
    """Bounds [C] of second less first."""
    low1, high1 = wilson(first, t)
    low2, high2 = wilson(second, t)
    scale = np.sqrt(first.variances * second.variances)
    along = np.divide(covariance, scale, out=np.zeros_like(scale), where=scale > _TINY**2)
    along = np.clip(along, -1.0, 1.0)
    found = second.values - first.values
    down = _joined(second.values - low2, high1 - first.values, along)
    up = _joined(high2 - second.values, first.values - low1, along)
    # Two estimates that move as one differ by what they differ, however unequal their arms are.
    both = first.variances + second.variances
    fixed = (both > 0) & (both - 2 * covariance <= _ROUNDING * both)
    return np.where(fixed, found, found - down), np.where(fixed, found, found + up)


def _joined(one: Floats, other: Floats, along: Floats) -> Floats:
    arm: Floats = np.sqrt(np.maximum(one**2 + other**2 - 2 * along * one * other, 0.0))
    return arm
