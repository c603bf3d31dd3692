"""What rank sets tell in spite of their width: who stands on which side of the middle."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torg.report.standing import Id, Standing


@dataclass(frozen=True, kw_only=True)
class Sureness:
    """How well the places of a group are told apart. Null where there are no rank sets."""

    ranked: int
    mean_width: float | None  # places that the average rank set holds
    told_apart: float | None  # share of all pairs whose rank sets do not meet
    upper: frozenset[Id]  # every place that they could have is in the upper half
    lower: frozenset[Id]

    @classmethod
    def of(cls, standings: Mapping[Id, Standing]) -> "Sureness":
        """What the sets of some municipalities tell; those without a set only count as ranked."""
        sets = [(s.low, s.high) for s in standings.values()]
        known = [(low, high) for low, high in sets if low is not None and high is not None]
        return cls(
            ranked=len(sets),
            mean_width=sum(high - low + 1 for low, high in known) / len(known) if known else None,
            told_apart=_share_apart(known),
            upper=frozenset(id_ for id_, each in standings.items() if each.is_upper),
            lower=frozenset(id_ for id_, each in standings.items() if each.is_lower),
        )

    def misses(self, confidence: float) -> int:
        """How many of the sets may leave the right place out, each made for itself alone."""
        return round((1 - confidence) * self.ranked)


def _share_apart(sets: Sequence[tuple[int, int]]) -> float | None:
    """The share of pairs in which one's last place lies before the other's first."""
    lows = sorted(low for low, _ in sets)
    apart = sum(len(lows) - bisect_right(lows, high) for _, high in sets)
    pairs = len(sets) * (len(sets) - 1) // 2
    return apart / pairs if pairs else None
