"""Intervals for shares: what a sample of a finite population leaves possible.

All take arrays (or single numbers) side by side and give the lower and the upper ends.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv, gammaln, stdtrit

Floats = npt.NDArray[np.float64]
Ends = tuple[Floats, Floats]
Numbers = npt.ArrayLike

NO_SPREAD = 1e-12  # a standard error that is 0 but for rounding


def korn_graubard(
    share: Numbers, error: Numbers, *, n: Numbers, df: Numbers, confidence: float = 0.95
) -> Ends:
    """Clopper and Pearson's interval with the effective number of answers (Korn, Graubard 1998).

    ``n* = p(1-p)/v (t_{n-1}/t_df)^2``; nan where the share is 0 or 1, or there is no freedom, or
    no spread within any stratum.
    """
    p, se, n, df = (np.asarray(a, dtype=np.float64) for a in (share, error, n, df))
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        adjusted = (_t(n - 1, confidence) / _t(df, confidence)) ** 2
        effective = p * (1 - p) / se**2 * adjusted
        inside = (p > 0) & (p < 1) & (se > NO_SPREAD) & np.isfinite(effective)
        x, rest = np.where(inside, effective * p, 1.0), np.where(inside, effective * (1 - p), 1.0)
        low = np.where(inside, betaincinv(x, rest + 1, tail), np.nan)
        high = np.where(inside, betaincinv(x + 1, rest, 1 - tail), np.nan)
    return low, high


def wilson(share: Numbers, error: Numbers, *, df: Numbers, confidence: float = 0.95) -> Ends:
    """The score interval (Wilson 1927) with ``n = p(1-p)/v`` and Student's t; a quick one."""
    p, se, df = (np.asarray(a, dtype=np.float64) for a in (share, error, df))
    t = _t(df, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        n = p * (1 - p) / se**2
        middle = (p + t**2 / (2 * n)) / (1 + t**2 / n)
        half = t * np.sqrt(p * (1 - p) / n + t**2 / (4 * n**2)) / (1 + t**2 / n)
    return middle - half, middle + half


def student(estimate: Numbers, error: Numbers, *, df: Numbers, confidence: float = 0.95) -> Ends:
    """The estimate and so many standard errors to both sides.

    nan without freedom, and where the standard error is 0: that the few who answered all say the
    same does not tell what the others would.
    """
    middle, se = np.asarray(estimate, dtype=np.float64), np.asarray(error, dtype=np.float64)
    t = _t(np.asarray(df, dtype=np.float64), confidence)
    half = np.where(se > NO_SPREAD, t * se, np.nan)
    return middle - half, middle + half


def hypergeometric(yes: Numbers, *, n: Numbers, size: Numbers, confidence: float = 0.95) -> Ends:
    """The shares of a population of `size` that `yes` among `n` drawn from it do not exclude.

    All K of N with ``P(X >= x | K)`` and ``P(X <= x | K)`` both above half of what is left to
    chance, as K/N: exact, so it covers at least as often as it says (Wright 1991).
    """
    yes, n, size = np.broadcast_arrays(yes, n, size)
    triples, place = np.unique(
        np.stack([size, n, yes]).reshape(3, -1).astype(np.int64), axis=1, return_inverse=True
    )
    ends = [_exact(int(N), int(k), confidence)[:, x] / max(N, 1) for N, k, x in triples.T]
    low, high = np.array(ends, dtype=np.float64).reshape(-1, 2).T[:, place.ravel()]
    return low.reshape(yes.shape), high.reshape(yes.shape)


def possible(yes: Numbers, *, base: Numbers, unknown: Numbers) -> Ends:
    """The least and the greatest share, were those who are `unknown` all no, or all yes.

    `yes` of the `base` are known.
    """
    yes, base, unknown = (np.asarray(a, dtype=np.float64) for a in (yes, base, unknown))
    with np.errstate(invalid="ignore", divide="ignore"):
        return yes / (base + unknown), (yes + unknown) / (base + unknown)


def _t(df: Floats, confidence: float) -> Floats:
    """Student's t at the upper end; nan without freedom."""
    has = df > 0
    return np.where(has, stdtrit(np.where(has, df, 1.0), (1 + confidence) / 2), np.nan)


@lru_cache(maxsize=20_000)
def _exact(size: int, n: int, confidence: float) -> npt.NDArray[np.int64]:
    """The least and the greatest K for each count of yes among `n` of `size`: two rows."""
    tail = (1 - confidence) / 2
    chance = _chances(size, n)
    at_most = np.cumsum(chance, axis=1)
    at_least = np.cumsum(chance[:, ::-1], axis=1)[:, ::-1]
    allowed = (at_most > tail + _NOISE) & (at_least > tail + _NOISE)
    return np.stack([allowed.argmax(axis=0), size - allowed[::-1].argmax(axis=0)])


# Sums of chances are right to about 1e-13; a K at the very limit is taken or left for all alike.
_NOISE = 1e-12


def _chances(size: int, n: int) -> Floats:
    """P(X = x | K) with a row for each K from 0 to `size` and a column for each x from 0 to `n`."""
    has = np.arange(size + 1)[:, None]
    x = np.arange(n + 1)[None, :]
    can = (x <= has) & (n - x <= size - has)
    log = _choose(has, x, can) + _choose(size - has, n - x, can) - _choose(size, n, True)  # noqa: FBT003
    return np.where(can, np.exp(log), 0.0)


def _choose(n: npt.ArrayLike, k: npt.ArrayLike, can: npt.ArrayLike) -> Floats:
    """The logarithm of the binomial coefficient; 0 where it is not asked for."""
    n, k = np.where(can, n, 0), np.where(can, k, 0)
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))
