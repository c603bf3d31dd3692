"""The variance of a change between two waves that were partly answered by the same units.

Units that answer twice make a change surer, since what they share cancels; and both waves draw on
one finite frame, of which much is known already. Both come into one formula (Tam 1984, American
Statistician 38, 288-289; Qualité and Tillé 2008, Survey Methodology 34, 173-181)::

    Var(m2 - m1) = (1/n1 - 1/N) S11 + (1/n2 - 1/N) S22 - 2 (c / (n1 n2) - 1/N) S12

with n1, n2 answers, c units that answered both times, N units, and the variances S11, S22 and, from
the c units, the covariance S12 of what was answered. Weighted, the same holds stratum by stratum
for the residuals of the calibration (Deville and Särndal 1992), times their weights.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One wave as arrays over M units, which are the same for both waves.

    `scores` [M, C] are weight times residual: their sum over those who answered is by how much
    each of C estimates misses.
    """

    scores: Floats  # 0 where there is no answer
    has: Bools  # [M]: answered
    asked: Bools  # [M]: in the wave's frame


@dataclass(frozen=True, kw_only=True)
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
    count = int(strata.max()) + 1 if len(strata) else 0
    own = [_own(wave, strata, count) for wave in (before, after)]
    most = np.sqrt(own[0] * own[1])
    shared = np.clip(_shared(before, after, strata, count), -most, most)
    return Moments(
        before=own[0].sum(axis=0), after=own[1].sum(axis=0), covariance=shared.sum(axis=0)
    )


def variances(wave: Answered, strata: Ints) -> Floats:
    """The variances [C] of one wave's estimates."""
    count = int(strata.max()) + 1 if len(strata) else 0
    total: Floats = _own(wave, strata, count).sum(axis=0)
    return total


def _own(wave: Answered, strata: Ints, count: int) -> Floats:
    """(1 - n/N) n S² of each stratum: [H, C]. A lone answer shows no spread, and has none."""
    answers = _counts(wave.has, strata, count)
    units = _counts(wave.asked, strata, count)
    left = 1 - answers / np.maximum(units, 1)
    squares = _cross(wave.scores, wave.scores, wave.has, strata, count)
    spread = squares / np.maximum(answers - 1, 1)[:, None]
    own: Floats = (left * answers)[:, None] * spread
    return own


def _shared(before: Answered, after: Answered, strata: Ints, count: int) -> Floats:
    """(c - n1 n2 N12 / (N1 N2)) S12 of each stratum: [H, C].

    N12 units are in both frames; with one frame it is c - n1 n2 / N. Units of one frame only,
    born or ended, have no part in it.
    """
    both = before.has & after.has
    common = _counts(both, strata, count)
    shared = _counts(before.asked & after.asked, strata, count)
    likely = _rate(before, strata, count) * _rate(after, strata, count) * shared
    crossed = _cross(before.scores, after.scores, both, strata, count)
    covariance = crossed / np.maximum(common - 1, 1)[:, None]
    found: Floats = np.where(common > 1, common - likely, 0.0)[:, None] * covariance
    return found


def _rate(wave: Answered, strata: Ints, count: int) -> Floats:
    units = np.maximum(_counts(wave.asked, strata, count), 1)
    rate: Floats = _counts(wave.has, strata, count) / units
    return rate


def _counts(where: Bools, strata: Ints, count: int) -> Floats:
    counts: Floats = np.bincount(strata[where], minlength=count).astype(np.float64)
    return counts


def _cross(left: Floats, right: Floats, where: Bools, strata: Ints, count: int) -> Floats:
    """Sums of products about the means of the units `where`, stratum by stratum: [H, C]."""
    member = np.zeros((count, len(strata)))
    member[strata[where], np.flatnonzero(where)] = 1.0
    number = np.maximum(member.sum(axis=1), 1)[:, None]
    one, other = (
        left - _back(member @ left / number, strata),
        right - _back(member @ right / number, strata),
    )
    crossed: Floats = member @ (one * other)
    return crossed


def _back(means: Floats, strata: Ints) -> Floats:
    spread: Floats = means[strata]
    return spread
