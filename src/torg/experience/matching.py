"""Who has good experience with what, and who asks for it: from answers and from the bank.

Units are named only where their answer is a public fact, or where they said it themselves in the
bank. Of everything else there are counts, and none below LEAST: so few could be told apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

LEAST = 5

Cell = tuple[str, str]  # area, target group; "" of the group: of the area as a whole


@dataclass(frozen=True, kw_only=True)
class Match:
    """One cell: who has good experience, who asks, and how many more said so without a name."""

    area: str
    group: str
    good: tuple[str, ...] = ()  # places: "NO-0301"
    asks: tuple[str, ...] = ()
    good_count: int | None = None  # null: not asked, or too few
    asks_count: int | None = None

    @property
    def is_matched(self) -> bool:
        """Somebody can teach, and somebody else asks."""
        return bool(self.good and self.asks) and len({*self.good, *self.asks}) > 1


def matches(
    *,
    good: Iterable[tuple[Cell, str]],
    asks: Iterable[tuple[Cell, str]],
    good_counts: Mapping[Cell, int] | None = None,
    asks_counts: Mapping[Cell, int] | None = None,
) -> tuple[Match, ...]:
    """Every cell of which something is known, by area and group; no count below LEAST."""
    teach, learn = _gathered(good), _gathered(asks)
    counts = _enough(good_counts or {}), _enough(asks_counts or {})
    cells = sorted({*teach, *learn, *counts[0], *counts[1]})
    return tuple(
        Match(
            area=cell[0],
            group=cell[1],
            good=tuple(sorted(teach.get(cell, ()))),
            asks=tuple(sorted(learn.get(cell, ()))),
            good_count=counts[0].get(cell),
            asks_count=counts[1].get(cell),
        )
        for cell in cells
    )


def _gathered(said: Iterable[tuple[Cell, str]]) -> Mapping[Cell, Set[str]]:
    found: dict[Cell, set[str]] = defaultdict(set)
    for cell, place in said:
        found[cell].add(place)
    return found


def _enough(counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: count for cell, count in counts.items() if count >= LEAST}
