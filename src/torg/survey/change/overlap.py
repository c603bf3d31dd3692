"""The variance of a change between two waves that were partly answered by the same units.

Units that answer twice make a change surer, since what they share cancels; and both waves draw on
one finite frame, of which much is known already. Both come into one formula (Tam 1984, American
Statistician 38, 288-289; Qualité and Tillé 2008, Survey Methodology 34, 173-181)::

    Var(m2 - m1) = (1/n1 - 1/N) S11 + (1/n2 - 1/N) S22 - 2 (c / (n1 n2) - 1/N) S12

with n1, n2 answers, c units that answered both times, N units, and the variances S11, S22 and, from
the c units, the covariance S12 of what was answered. Stratum by stratum the same holds.

Weighted on more than strata, units of a stratum were not equally likely to answer. Then each has
its own finite population correction: p, one over its weight, instead of n/N, and instead of c/N the
likelihood of answering both times

    p12 = p1 p2 + r sqrt(p1 (1 - p1) p2 (1 - p2))

with one r for a stratum, such that the units that answered both times stand for all its units, as
they should: sum(1 / p12) = N (Horvitz and Thompson 1952). Where all of a stratum were equally
likely to answer, p12 = c/N and the formula is the one above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


@dataclass(frozen=True, eq=False, kw_only=True)
class Answered:
    """One wave as arrays over M units, which are the same for both waves.

    `scores` [M, C] are weight times calibrated residual of the linearised value (Deville and
    Särndal 1992): their sum over those who answered is by how much each of C estimates misses.
    """

    scores: Floats  # 0 where there is no answer
    has: Bools  # [M]: answered
    asked: Bools  # [M]: in the wave's frame
    likely: Floats  # [M]: how likely the answer was, above 0 and at most 1; of no use without one
    left: Floats  # [M]: 1 less the leverage; what fitting the classes left of a residual's variance


@dataclass(frozen=True, eq=False, kw_only=True)
class Moments:
    """Variances [C] of the two estimates, and the covariance [C] between them."""

    before: Floats
    after: Floats
    covariance: Floats

    @property
    def change(self) -> Floats:
        """The variance of after less before."""
        total: Floats = np.maximum(self.before + self.after - 2 * self.covariance, 0.0)
        return total


def overlap_variance(
    *, n1: int, n2: int, common: int, size: int, s11: float, s22: float, s12: float
) -> float:
    """The variance of the difference of two means, from counts and (co)variances; one stratum."""
    own = (1 / n1 - 1 / size) * s11 + (1 / n2 - 1 / size) * s22
    return own - 2 * (common / (n1 * n2) - 1 / size) * s12


def moments(before: Answered, after: Answered, strata: Ints) -> Moments:
    """Variances and covariance of two waves' estimates; `strata` [M] count from 0.

    The covariance is held within what the two variances allow: from a few common units it may come
    out larger than any that there can be.
    """
    own = [_own(wave, strata) for wave in (before, after)]
    most = np.sqrt(own[0] * own[1])
    shared = np.clip(_shared(before, after, strata), -most, most)
    sums = [part.sum(axis=0) for part in (*own, shared)]
    return Moments(before=sums[0], after=sums[1], covariance=sums[2])


def _own(wave: Answered, strata: Ints) -> Floats:
    """The part of each stratum in the variance: [H, C].

    The squares are divided by what fitting left of them (MacKinnon and White 1985, HC2): with
    equal weights this is (1 - n/N) n S².
    """
    squares = ((1 - wave.likely) / wave.left)[:, None] * wave.scores**2
    return _sums(squares, wave.has, strata)


def _shared(before: Answered, after: Answered, strata: Ints) -> Floats:
    """The part of each stratum in the covariance: [H, C]; none where fewer than two are common.

    Units of one frame only, new or ended, have no part in it.
    """
    parts = np.zeros((int(strata.max()) + 1, before.scores.shape[1]))
    for stratum in np.unique(strata[before.has & after.has]):
        parts[stratum] = _of_stratum(before, after, strata == stratum)
    return parts


def _of_stratum(before: Answered, after: Answered, inside: Bools) -> Floats:
    rows = np.flatnonzero(before.has & after.has & inside)
    if len(rows) < 2:  # of one unit no covariance can be told
        return np.zeros(before.scores.shape[1])
    units = int((before.asked & after.asked & inside).sum())
    p1, p2 = before.likely[rows], after.likely[rows]
    p12 = _both_likely(p1, p2, units)
    counted = ((p12 - p1 * p2) / p12)[:, None]
    one, other = (_centred(wave, rows, int((wave.has & inside).sum())) for wave in (before, after))
    found: Floats = (counted * one * other).sum(axis=0) * len(rows) / (len(rows) - 1)
    return found


def _centred(wave: Answered, rows: Ints, answers: int) -> Floats:
    """Scores [c, C] less their mean, stretched by what fitting took beyond that mean."""
    beyond = np.minimum(wave.left[rows] / (1 - 1 / answers), 1.0)
    scores = wave.scores[rows]
    found: Floats = (scores - scores.mean(axis=0)) / np.sqrt(beyond)[:, None]
    return found


def _both_likely(p1: Floats, p2: Floats, units: int) -> Floats:
    """The likelihood [c] of answering both times, within what p1 and p2 allow."""
    from scipy.optimize import brentq  # slow to load, and most commands compare no waves

    spread = np.sqrt(p1 * (1 - p1) * p2 * (1 - p2))
    least, most = np.maximum(p1 + p2 - 1, 1 / (units + 1.0)), np.minimum(p1, p2)
    least = np.minimum(least, most)

    def both(r: float) -> Floats:
        found: Floats = np.clip(p1 * p2 + r * spread, least, most)
        return found

    def excess(r: float) -> float:
        return float((1 / both(r)).sum()) - units

    if excess(-1.0) <= 0:
        return both(-1.0)
    if excess(1.0) >= 0:
        return both(1.0)
    root: float = brentq(excess, -1.0, 1.0, xtol=1e-14, rtol=1e-14)  # type: ignore[no-untyped-call]
    return both(root)


def _sums(values: Floats, where: Bools, strata: Ints) -> Floats:
    member = np.zeros((int(strata.max()) + 1, len(strata)))
    member[strata[where], np.flatnonzero(where)] = 1.0
    sums: Floats = member @ np.where(where[:, None], values, 0.0)
    return sums
