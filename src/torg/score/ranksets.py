"""Rank sets: the places from which a municipality cannot be excluded.

Mogstad, Romano, Shaikh and Wilhelm (2024), "Inference for Ranks with Applications to Mobility
across Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies 91,
476-518, doi 10.1093/restud/rdad006. Written from the paper.

For every ordered pair (j, k) the hypothesis is "j is not better than k". It is rejected where
(estimate j - estimate k) / sd of the difference exceeds a critical value c: the quantile of the
largest such statistic that chance alone gives over all pairs still not rejected. Rejecting pairs
lowers c, so the step is repeated until nothing new is rejected (step-down, Romano and Wolf 2005).
The rank set of j begins one place below the number of those proven better and ends above the
number of those proven worse. *Simultaneous* sets take all pairs at once: all sets hold together.
*Marginal* sets take for each j only the pairs that j is in: each set holds by itself.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
T = TypeVar("T")

_BLOCK = 64  # draws done together: 357 units x 64 draws fit in the cache next to a core


@dataclass(frozen=True, kw_only=True)
class RankSets:
    """The first and last place of each set, both included, in the order of the estimates."""

    simultaneous_low: Places
    simultaneous_high: Places
    marginal_low: Places
    marginal_high: Places


@dataclass(frozen=True, kw_only=True)
class _Chance:
    """What chance alone gives: draws [units, draws], and 1 / sd of each difference [units, units].

    Where two estimates are both without error the difference has no sd: its weight is 0, so that
    the pair takes no part in the quantile.
    """

    draws: Floats
    weights: Floats
    rank: int  # which of the sorted maxima is the critical value


def rank_sets(
    estimates: Floats, variances: Floats, *, draws: int, confidence: float, seed: int
) -> RankSets:
    """Simultaneous and marginal rank sets of independent estimates; the highest is best.

    `estimates` and `variances` are one-dimensional and finite, variances not negative; an estimate
    of variance 0 has no error, and equal ones of those are never set apart. The critical value is
    the ceil(confidence x draws)-th smallest of the maxima, without interpolation and never below 0.
    The result does not depend on the number of threads.
    """
    chance = _chance(estimates, variances, draws=draws, confidence=confidence, seed=seed)
    statistics, first = _statistics(estimates, chance.weights), _first_maxima(chance)
    simultaneous = _simultaneous(statistics, first, chance)
    better, worse = _marginal(statistics, first, chance)
    n = len(estimates)
    return RankSets(
        simultaneous_low=1 + simultaneous.sum(axis=0, dtype=np.int64),
        simultaneous_high=n - simultaneous.sum(axis=1, dtype=np.int64),
        marginal_low=1 + worse.sum(axis=1, dtype=np.int64),
        marginal_high=n - better.sum(axis=1, dtype=np.int64),
    )


def marginal_orders(
    estimates: Floats, variances: Floats, *, draws: int, confidence: float, seed: int
) -> tuple[Flags, Flags]:
    """What the marginal set of each j holds: [j, k] "j is better than k", and "k better than j"."""
    chance = _chance(estimates, variances, draws=draws, confidence=confidence, seed=seed)
    return _marginal(_statistics(estimates, chance.weights), _first_maxima(chance), chance)


def _chance(
    estimates: Floats, variances: Floats, *, draws: int, confidence: float, seed: int
) -> _Chance:
    _check(estimates, variances)
    normal = np.random.default_rng(seed).standard_normal((len(estimates), draws))
    total = variances[:, None] + variances[None, :]
    with np.errstate(divide="ignore"):
        weights = np.where(total > 0, 1 / np.sqrt(total), 0.0)
    return _Chance(
        draws=normal * np.sqrt(variances)[:, None],
        weights=weights,
        rank=int(np.ceil(confidence * draws - 1e-9)) - 1,
    )


def _check(estimates: Floats, variances: Floats) -> None:
    if estimates.shape != variances.shape or estimates.ndim != 1:
        raise ValueError("estimates and variances must be two vectors of one length")
    if not (np.isfinite(estimates).all() and np.isfinite(variances).all()):
        raise ValueError("estimates and variances must be finite: leave out what is missing")
    if (variances < 0).any():
        raise ValueError("a variance cannot be negative")


def _statistics(estimates: Floats, weights: Floats) -> Floats:
    """(estimate j - estimate k) / sd of the difference; infinite where there is no error."""
    difference = estimates[:, None] - estimates[None, :]
    certain = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    return np.where(weights > 0, difference * weights, certain)


def _simultaneous(statistics: Floats, first: Floats, chance: _Chance) -> Flags:
    """Which pairs are rejected when all pairs are taken at once: [j, k] "j is proven better"."""
    rejected = np.zeros(statistics.shape, dtype=bool)
    bound = first.max(axis=0, initial=0.0)
    critical = _quantile(bound, chance)
    while (statistics > critical).sum() > rejected.sum():
        rejected = statistics > critical
        still_open = ~rejected

        def largest(draws: Floats, still_open: Flags = still_open) -> Floats:
            units = range(len(still_open))
            parts = _on_all_cores(
                lambda j: _maxima(j, still_open[j], still_open[:, j], draws, chance), units
            )
            highest: Floats = np.maximum.reduce(parts)
            return highest

        critical = _tighten(bound, largest, chance)
    return rejected


def _marginal(statistics: Floats, first: Floats, chance: _Chance) -> tuple[Flags, Flags]:
    n = len(statistics)
    better, worse = np.zeros((n, n), dtype=bool), np.zeros((n, n), dtype=bool)

    def fill(j: int) -> None:
        better[j], worse[j] = _marginal_of(j, statistics, first, chance)

    _on_all_cores(fill, range(n))
    return better, worse


def _marginal_of(j: int, statistics: Floats, first: Floats, chance: _Chance) -> tuple[Flags, Flags]:
    """For j by itself: whom j is proven better than, and who is proven better than j."""
    better = worse = np.zeros(len(statistics), dtype=bool)
    bound = first[j].copy()
    critical = _quantile(bound, chance)
    while _count(statistics, j, critical) > better.sum() + worse.sum():
        better, worse = statistics[j] > critical, statistics[:, j] > critical

        def largest(draws: Floats, better: Flags = better, worse: Flags = worse) -> Floats:
            return _maxima(j, ~better, ~worse, draws, chance)

        critical = _tighten(bound, largest, chance)
    return better, worse


def _count(statistics: Floats, j: int, critical: float) -> int:
    return int((statistics[j] > critical).sum() + (statistics[:, j] > critical).sum())


def _tighten(bound: Floats, largest: Callable[[Floats], Floats], chance: _Chance) -> float:
    """The critical value over the pairs still open; `bound` is brought down where it is computed.

    Fewer open pairs can only make a draw's maximum smaller, so the old maxima are upper bounds. The
    value is one of the largest few of the new maxima: the draws with the largest bounds are done
    first, then all whose bound lies above what was found. No other draw can change the value.
    """
    n_above = len(bound) - chance.rank
    candidates = np.argsort(-bound, kind="stable")[: 2 * n_above]
    bound[candidates] = largest(chance.draws[:, candidates])
    floor = np.sort(bound[candidates])[-n_above]
    others = np.setdiff1d(np.flatnonzero(bound > floor), candidates)
    if len(others):
        bound[others] = largest(chance.draws[:, others])
    return _quantile(bound, chance)


def _first_maxima(chance: _Chance) -> Floats:
    """The largest statistic that chance gives over all pairs with j, both ways: [units, draws]."""
    n, draws = chance.draws.shape
    found = np.empty((n, draws))

    def fill(start: int) -> None:
        block = np.ascontiguousarray(chance.draws[:, start : start + _BLOCK])
        scaled = np.empty_like(block)
        for j in range(n):
            np.subtract(block[j], block, out=scaled)
            np.multiply(scaled, chance.weights[j, :, None], out=scaled)
            found[j, start : start + _BLOCK] = np.abs(scaled, out=scaled).max(axis=0)

    _on_all_cores(fill, range(0, draws, _BLOCK))
    return found


def _maxima(
    j: int, better_open: Flags, worse_open: Flags, draws: Floats, chance: _Chance
) -> Floats:
    """The largest statistic that chance gives in each draw over the open pairs of j.

    One pair of the two is always open: what is proven one way is never proven the other way.
    """
    scaled: Floats = draws[j] - draws
    scaled *= chance.weights[j, :, None]
    both = better_open & worse_open
    np.abs(scaled, out=scaled, where=both[:, None])
    np.negative(scaled, out=scaled, where=(~better_open)[:, None])
    scaled[j] = -np.inf
    highest: Floats = scaled.max(axis=0)
    return highest


def _quantile(maxima: Floats, chance: _Chance) -> float:
    """The critical value; never below 0, for nobody is proven better without being ahead."""
    return max(0.0, float(np.partition(maxima, chance.rank)[chance.rank]))


def _on_all_cores(step: Callable[[int], T], items: Iterable[int]) -> list[T]:
    """Do a step for each item; NumPy lets go of the interpreter's lock within each."""
    with ThreadPoolExecutor(max_workers=cpu_count() or 1) as pool:
        return list(pool.map(step, items))
