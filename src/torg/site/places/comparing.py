"""A few municipalities side by side: the same figures of each, and what may not be compared."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from torg.report import Card, Figure, Meaning, National, Standing, reach

LEAST, MOST = 2, 6  # municipalities in one comparison


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One municipality's figure, and by which access tier it was got; both null where unknown."""

    figure: Figure | None
    access: str | None

    @property
    def is_there(self) -> bool:
        """Whether there is a value."""
        return self.figure is not None and self.figure.value is not None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measure over the municipalities, in their order."""

    measure: str
    meaning: Meaning
    cells: tuple[Cell, ...]

    @property
    def tiers(self) -> tuple[str, ...]:
        """The access tiers that the values rest on, sorted."""
        there = (cell.access for cell in self.cells if cell.is_there)
        return tuple(sorted({access or "" for access in there}))

    @property
    def is_comparable(self) -> bool:
        """Whether the values were got in one way: else they stand beside each other, no more."""
        return len(self.tiers) < 2

    @property
    def reach(self) -> float:
        """Where the strips of this row end: they share one scale."""
        figures = [cell.figure for cell in self.cells if cell.figure]
        ends = (end for figure in figures for end in (figure.value, figure.high))
        return reach(ends, unit=self.meaning.unit)


@dataclass(frozen=True)
class Comparison:
    """What a few cards say side by side."""

    cards: Sequence[Card]
    national: National

    @cached_property
    def sections(self) -> tuple[tuple[str | None, tuple[Row, ...]], ...]:
        """The figures by area of the ranking; under None those that count in no area."""
        by_area = [(area, self.national.criteria(area)) for area in self.national.areas]
        counted = {measure for _, measures in by_area for measure in measures}
        others = sorted({m for known in self._figures for m in known} - counted)
        made = [(area, self._rows(measures)) for area, measures in by_area]
        found: list[tuple[str | None, tuple[Row, ...]]] = [(area, rows) for area, rows in made]
        return tuple((area, rows) for area, rows in (*found, (None, self._rows(others))) if rows)

    @cached_property
    def standings(self) -> tuple[Standing | None, ...]:
        """Each one's place among all, by the set that holds for all at once."""
        return tuple(card.overall for card in self.cards)

    @property
    def has_mixed_tiers(self) -> bool:
        """Whether some figure was got in several ways."""
        return any(not row.is_comparable for _, rows in self.sections for row in rows)

    @property
    def is_by_rule(self) -> bool:
        """Whether some figure rests on the rule that finds questions."""
        cells = (cell for _, rows in self.sections for row in rows for cell in row.cells)
        return any(cell.figure.is_by_rule for cell in cells if cell.is_there and cell.figure)

    @property
    def is_one_ranking(self) -> bool:
        """Whether the places are among the same municipalities: one ranking, of one tier."""
        return self.tier_groups < 2

    @cached_property
    def tier_groups(self) -> int:
        """In how many rankings of their own those that have a place are."""
        if self.national.standings.of_group("all"):
            return 1
        placed = {card.place.id for card in self.cards if card.overall}
        groups = (g for g in self.national.standings.groups if g.startswith("access:"))
        ranked = (self.national.standings.of_group(g) for g in groups if g.count(":") == 1)
        return sum(bool(placed & set(members)) for members in ranked)

    @cached_property
    def told_apart(self) -> tuple[tuple[Card, Card], ...]:
        """Pairs whose rank sets do not meet, the better one first."""
        if not self.is_one_ranking:
            return ()
        return tuple(
            (one, other)
            for one in self.cards
            for other in self.cards
            if one.overall and other.overall and _is_before(one.overall, other.overall)
        )

    def _rows(self, measures: Sequence[str]) -> tuple[Row, ...]:
        rows = (self._row(measure) for measure in measures)
        return tuple(row for row in rows if row is not None)

    def _row(self, measure: str) -> Row | None:
        figures = [known.get(measure) for known in self._figures]
        meant = next((figure.meaning for figure in figures if figure), None)
        if meant is None:
            return None
        tiers = [self._access.get((*card.place.id, measure)) for card in self.cards]
        cells = (Cell(figure=f, access=a) for f, a in zip(figures, tiers, strict=True))
        return Row(measure=measure, meaning=meant, cells=tuple(cells))

    @cached_property
    def _figures(self) -> tuple[Mapping[str, Figure], ...]:
        return tuple({each.measure: each for each in _all_of(card)} for card in self.cards)

    @cached_property
    def _access(self) -> Mapping[tuple[str, str, str], str]:
        asked = [card.place.id for card in self.cards]
        rows = self.national.results.measures.filter(
            pl.col("channel").is_null(),
            pl.col("platform").is_null(),
            pl.col("access").is_not_null(),
            pl.struct("country", "municipality").is_in(
                [{"country": country, "municipality": code} for country, code in asked]
            ),
        )
        keyed = rows.select("country", "municipality", "measure", "access").iter_rows()
        return {(country, code, measure): access for country, code, measure, access in keyed}


def _all_of(card: Card) -> Iterator[Figure]:
    for group in (*card.criteria.values(), card.others, *card.lacking.values()):
        yield from group


def _is_before(one: Standing, other: Standing) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


COLUMNS = (
    "country", "municipality", "name", "measure", "title", "unit",
    "value", "low", "high", "n", "base", "access", "missing",
)  # fmt: skip


def as_csv(comparison: Comparison) -> str:
    """What is compared as a table: a line for each municipality and measure, places first.

    A place's low and high are its rank set, its n how many were ranked. What is missing is blank,
    with its reason; codes are text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for card in comparison.cards:
        writer.writerow((*_who(card), *_place_cells(card)))
    for _, rows in comparison.sections:
        for row in rows:
            for card, cell in zip(comparison.cards, row.cells, strict=True):
                writer.writerow((*_who(card), *_figure_cells(row, cell)))
    return out.getvalue()


def _who(card: Card) -> tuple[str, str, str]:
    return (card.place.country, card.place.code, card.place.name)


def _place_cells(card: Card) -> tuple[object, ...]:
    standing = card.overall
    what = ("place", "Place among all that were ranked; low and high are its rank set", "place")
    if standing is None:
        return (*what, None, None, None, None, "municipalities ranked", None, card.not_ranked)
    figures = (standing.rank, standing.low, standing.high, standing.of)
    return (*what, *figures, "municipalities ranked", None, None)


def _figure_cells(row: Row, cell: Cell) -> tuple[object, ...]:
    what, meant = (row.measure, row.meaning.title, row.meaning.unit), cell.figure
    if meant is None:
        return (*what, *(None,) * 7)
    figures = (meant.value, meant.low, meant.high, meant.n)
    return (*what, *figures, row.meaning.base or meant.base, cell.access, meant.missing)
