"""Two groups held against each other within strata: who is above whom, exactly.

In each stratum (a size class) every member of the one group is held against every member of the
other. `delta` is the share of these pairs in which the first is above, less the share in which it
is below (Cliff 1993), over all strata together. `difference` is the median of the pairs'
differences (Hodges & Lehmann 1963).

Were it left to chance who of a stratum is in which group, each choice of as many would be as
likely. How the pairs would then fall is counted, not drawn: by doubled midranks, stratum by stratum
(Streitberg & Rohmel 1986), and the strata are folded together. So the p values are exact, also with
equal values. The interval holds the differences that the test would not reject (Lehmann 1963); with
equal values it is a little wide rather than too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Stratum = tuple[Sequence[float], Sequence[float]]  # values of the one group, and of the other


@dataclass(frozen=True, kw_only=True)
class Dominance:
    """How one group lies to another."""

    delta: float  # from -1 (always below) to 1 (always above)
    difference: float
    low: float | None  # None: the groups are too small for an interval of that confidence
    high: float | None
    p_higher: float  # of so much above, or more, by chance
    p_lower: float

    @property
    def p_different(self) -> float:
        """Two-sided: twice the smaller, at most 1."""
        return min(1.0, 2 * min(self.p_higher, self.p_lower))


def dominance(strata: Sequence[Stratum], *, confidence: float) -> Dominance:
    """The figures of one group against the other; each stratum needs members of both.

    Raises ValueError where there is no pair.
    """
    groups = [tuple(np.asarray(side, dtype=np.float64) for side in each) for each in strata]
    pairs = [np.subtract.outer(one, other).ravel() for one, other in groups]
    if not sum(len(each) for each in pairs):
        raise ValueError("there is no pair to compare")
    differences = np.sort(np.concatenate(pairs))
    above, below = (differences > 0).sum(), (differences < 0).sum()
    chances = reduce(
        np.convolve, (_chances(_midranks(one, other), len(one)) for one, other in groups)
    )
    # Pairs above count twice and equal ones once, so that all are whole numbers.
    found = int(2 * above + (len(differences) - above - below))
    low, high = _interval(differences, groups, confidence)
    return Dominance(
        delta=float(above - below) / len(differences),
        difference=float(np.median(differences)),
        low=low,
        high=high,
        p_higher=float(min(1.0, chances[found:].sum())),
        p_lower=float(min(1.0, chances[: found + 1].sum())),
    )


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Each p value as it stands among all that were tested (Holm 1979); None stays None."""
    there = sorted((p, at) for at, p in enumerate(p_values) if p is not None)
    found: list[float | None] = [None] * len(p_values)
    least = 0.0
    for rank, (p, at) in enumerate(there):
        least = max(least, min(1.0, (len(there) - rank) * p))
        found[at] = least
    return found


def _midranks(one: Floats, other: Floats) -> NDArray[np.int64]:
    """Doubled midranks among both, from 2; the same whole number for equal values."""
    both = np.concatenate([one, other])
    ordered = np.sort(both)
    first = np.searchsorted(ordered, both, side="left")
    last = np.searchsorted(ordered, both, side="right")
    found: NDArray[np.int64] = (first + last + 1).astype(np.int64)
    return found


def _chances(ranks: NDArray[np.int64], size: int) -> Floats:
    """The chance of each count: of pairs above twice, of equal ones once; by counting choices.

    `sums[k, s]` becomes the chance that k of those seen so far are chosen and their doubled ranks
    sum to s, as each next one is chosen or not; it is scaled by the number of choices at the end.
    """
    ordered = np.sort(ranks)
    step = 1 if (ordered % 2).any() else 2  # where no two are equal half of the room is enough
    ordered = ordered // step
    sums = np.zeros((size + 1, int(ordered[-size:].sum()) + 1))
    sums[0, 0] = 1.0
    for seen, rank in enumerate(ordered.tolist(), start=1):
        chosen = min(size, seen)
        reach = int(ordered[seen - chosen : seen].sum()) + 1
        sums[1 : chosen + 1, rank:reach] += sums[:chosen, : reach - rank]
        sums /= 2.0  # no count grows beyond what a float holds
    return _from_none_above(sums[size], step=step, size=size, others=len(ranks) - size)


def _from_none_above(counts: Floats, *, step: int, size: int, others: int) -> Floats:
    """The chances by pairs above, from the counts by sums of ranks."""
    span = np.zeros(2 * size * others + 1)
    kept = counts[size * (size + 1) // step :]
    span[: len(kept) * step : step] = kept
    chances: Floats = span / span.sum()
    return chances


def _interval(
    differences: Floats, groups: Sequence[Sequence[Floats]], confidence: float
) -> tuple[float | None, float | None]:
    """The k-th difference from either end, k by the chances of values that are all unlike."""
    unlike = (
        _chances(2 * np.arange(1, len(one) + len(other) + 1), len(one)) for one, other in groups
    )
    chances = reduce(np.convolve, unlike)[::2]  # no two are equal: only even counts
    tail = (1 - confidence) / 2
    total = np.cumsum(chances)
    if total[0] > tail:
        return None, None
    at = max(1, int(np.searchsorted(total, tail, side="left")))
    return float(differences[at - 1]), float(differences[len(differences) - at])
