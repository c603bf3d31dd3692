"""The ranking as its page shows it: by name, each place with its set, as a reader filtered it."""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from torg.report import Line, National, Place, Standing

PAGE = 60  # municipalities on one page


@dataclass(frozen=True, kw_only=True)
class Row:
    """A municipality in the table: its place in the group asked for, or why it has none."""

    place: Place
    line: Line | None
    standing: Standing | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a reader asked to see: nothing is everybody."""

    size: str = ""
    county: str = ""
    band: str = ""
    page: int = 1

    @property
    def kind(self) -> str:
        """Against whom the places are: the narrowest group that was asked for."""
        return "county" if self.county else "size" if self.size else "all"

    def takes(self, place: Place) -> bool:
        """Whether the municipality is one of those asked for."""
        of_size = not self.size or place.size_class == self.size
        return of_size and (not self.county or place.county == self.county)


@dataclass(frozen=True)
class Ordering:
    """The rows that a wish leaves."""

    national: National
    wish: Wish

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All that were asked for, by name."""
        places = self.national.places
        those = [place for place in places.by_id.values() if self.wish.takes(place)]
        rows = (self._row(place) for place in sorted(those, key=places.order))
        return tuple(row for row in rows if not self.wish.band or self._touches(row))

    @property
    def shown(self) -> tuple[Row, ...]:
        """Those of the page that was asked for."""
        first = (self.wish.page - 1) * PAGE
        return self.rows[first : first + PAGE]

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-len(self.rows) // PAGE))

    @cached_property
    def top_set(self) -> tuple[Row, ...]:
        """Those that may be among the best, by name: the figures do not put them in order."""
        best = set(self.national.results.top_set)
        return tuple(row for row in self.rows if row.place.id in best)

    @cached_property
    def bands(self) -> tuple[tuple[str, int, int], ...]:
        """Each band, how many could be in it, and how many are in it for sure."""
        held = [row.standing.band for row in self._all_rows if row.standing and row.standing.band]
        return tuple(
            (band, sum(band in _letters(each) for each in held), held.count(band))
            for band in "ABCDE"
            if held
        )

    @cached_property
    def _all_rows(self) -> tuple[Row, ...]:
        places = self.national.places.by_id.values()
        return tuple(self._row(place) for place in places if self.wish.takes(place))

    def _touches(self, row: Row) -> bool:
        return bool(row.standing and self.wish.band in _letters(row.standing.band or ""))

    def _row(self, place: Place) -> Row:
        line = self._lines.get(place.id)
        standing = None
        if line:
            kinds = {"all": line.overall, "size": line.size, "county": line.county}
            standing = kinds[self.wish.kind]
        return Row(place=place, line=line, standing=standing, reason=self._reasons.get(place.id))

    @cached_property
    def _lines(self) -> Mapping[tuple[str, str], Line]:
        return {line.place.id: line for line in self.national.lines}

    @cached_property
    def _reasons(self) -> Mapping[tuple[str, str], str]:
        rows = self.national.results.not_ranked.iter_rows()
        return {(country, code): reason for country, code, reason in rows}


def _letters(band: str) -> str:
    """Every band that is touched: "B-D" is BCD."""
    first, last = band[:1], band[-1:]
    letters = string.ascii_uppercase
    return letters[letters.find(first) : letters.find(last) + 1] if band else ""
