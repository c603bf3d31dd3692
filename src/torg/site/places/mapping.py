"""The map: municipalities as points on a plane, in classes that differ in shape, size and shade.

No tiles and no coast: the points themselves show the country. What is missing is drawn as missing.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any, Final

import polars as pl

from torg.locale import Words, message
from torg.report import Meaning, National, Place, Standing, figure, is_by_rule, meaning, span
from torg.site.places.plane import Plane

PLACES: Final = "places"  # the choice that shows rank sets instead of a measure

_CLASSES = 4  # quarters of the municipalities that have the figure
_MISSING: Final = "missing"

# What a rank set tells, the strongest first; the words name the class in legend, table and point.
STANDS: Mapping[str, str] = {
    "upper": message("All of its places are in the upper half"),
    "either": message("It could be in either half"),
    "lower": message("All of its places are in the lower half"),
    _MISSING: message("No place"),
}


@dataclass(frozen=True, kw_only=True)
class Point:
    """A municipality on the drawing, or beside it where `x` is null."""

    place: Place
    kind: str  # of its class: what the mark is
    said: str  # its figure in words, with interval and n
    x: float | None
    y: float | None


@dataclass(frozen=True, kw_only=True)
class Class:
    """One entry of the legend: a mark, what it stands for, and how many have it."""

    kind: str
    said: str
    n: int


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What can be shown: the places, or a measure as it was got by one access tier."""

    key: str
    meaning: Meaning | None
    access: str | None
    n: int

    @property
    def is_by_rule(self) -> bool:
        """It rests on the rule that finds questions, whose accuracy must stand beside it."""
        return is_by_rule(self.key)


@dataclass(frozen=True)
class Map:
    """Everybody by one choice."""

    national: National
    choice: Choice
    words: Words

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All municipalities by name; those without coordinates have no `x` and `y`."""
        places = sorted(self.national.places.by_id.values(), key=self.national.places.order)
        return tuple(self._point(place) for place in places)

    @property
    def drawn(self) -> tuple[Point, ...]:
        """Those on the drawing: the missing first, so that no mark lies under one of them."""
        there = [point for point in self.points if point.x is not None]
        return tuple(sorted(there, key=lambda point: point.kind != _MISSING))

    @property
    def nowhere(self) -> tuple[Point, ...]:
        """Those of which the register has no coordinates."""
        return tuple(point for point in self.points if point.x is None)

    @cached_property
    def legend(self) -> tuple[Class, ...]:
        """The classes with what they stand for; the missing too, with how many they are."""
        counted = dict.fromkeys(self._classes, 0)
        for point in self.points:
            counted[point.kind] += 1
        return tuple(
            Class(kind=kind, said=said, n=counted[kind]) for kind, said in self._classes.items()
        )

    @cached_property
    def counties(self) -> tuple[tuple[str, float, float], ...]:
        """The counties' names, each in the middle of its municipalities."""
        found: dict[str, list[tuple[float, float]]] = {}
        for point in self.points:
            if point.place.county and point.x is not None and point.y is not None:
                found.setdefault(point.place.county, []).append((point.x, point.y))
        return tuple(
            (name, round(median(x for x, _ in at), 1), round(median(y for _, y in at), 1))
            for name, at in sorted(found.items())
        )

    @property
    def height(self) -> float:
        """Of the drawing, whose width is WIDTH."""
        return self._plane.height

    def _point(self, place: Place) -> Point:
        kind, said = self._shown[place.id]
        x, y = self._plane.at.get(place.id, (None, None))
        return Point(place=place, kind=kind, said=said, x=x, y=y)

    @cached_property
    def _plane(self) -> Plane:
        rows = self.national.results.municipalities.drop_nulls(("lat", "lon"))
        found = rows.select("country", "municipality", "lat", "lon").iter_rows()
        return Plane.of({(country, code): (lat, lon) for country, code, lat, lon in found})

    @cached_property
    def _shown(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """The class of each municipality, and its figure in words."""
        if self.choice.key == PLACES:
            return {id_: self._by_set(id_) for id_ in self.national.places.by_id}
        nothing = (_MISSING, self.words.say(message("not known")))
        return dict.fromkeys(self.national.places.by_id, nothing) | dict(self._by_value())

    def _by_set(self, id_: tuple[str, str]) -> tuple[str, str]:
        standing = self.national.standings.overall(id_)
        if standing is None:
            return _MISSING, self.words.say(STANDS[_MISSING])
        return _side(standing), self._set_in_words(standing)

    def _set_in_words(self, standing: Standing) -> str:
        number = self.words.number
        if standing.low is None or standing.high is None:
            given = {"rank": number(standing.rank), "of": number(standing.of)}
            return self.words.say(message("place %(rank)s of %(of)s"), **given)
        given = {"low": number(standing.low), "high": number(standing.high)}
        sentence = message("could have any place from %(low)s to %(high)s of %(of)s")
        return self.words.say(sentence, **given, of=number(standing.of))

    def _by_value(self) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        unit = self.choice.meaning.unit if self.choice.meaning else ""
        for row in self._values:
            said = figure(row["value"], unit=unit, words=self.words)
            doubt = span(row["low"], row["high"], unit=unit, words=self.words)
            said += f" ({doubt})" if doubt else ""
            said += f", n = {self.words.number(row['n'])}" if row["n"] is not None else ""
            kind = f"class{bisect_right(self._cuts, row['value'])}"
            yield (row["country"], row["municipality"]), (kind, said)

    @cached_property
    def _values(self) -> Sequence[Mapping[str, Any]]:
        rows = _there(self.national).filter(
            pl.col("measure") == (self.choice.key.partition(":")[0]),
            pl.col("access").eq_missing(pl.lit(self.choice.access)),
        )
        return rows.to_dicts()

    @cached_property
    def _cuts(self) -> tuple[float, ...]:
        """Where one class ends and the next begins: quartiles of the values that are there."""
        values = pl.Series([row["value"] for row in self._values], dtype=pl.Float64())
        asked = (values.quantile(part / _CLASSES, "linear") for part in range(1, _CLASSES))
        return tuple(sorted({cut for cut in asked if cut is not None}))

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        if self.choice.key == PLACES:
            return {kind: self.words.say(said) for kind, said in STANDS.items()}
        unit = self.choice.meaning.unit if self.choice.meaning else ""
        cuts = [figure(cut, unit=unit, words=self.words) for cut in self._cuts]
        return {
            **{f"class{i}": self._between(cuts, i) for i in range(len(cuts) + 1)},
            _MISSING: self.words.say(message("Not known")),
        }

    def _between(self, cuts: Sequence[str], i: int) -> str:
        if not cuts:
            return self.words.say(message("all that are known"))
        if i == 0:
            return self.words.say(message("under %(high)s"), high=cuts[0])
        if i == len(cuts):
            return self.words.say(message("%(low)s or more"), low=cuts[-1])
        return self.words.say(message("%(low)s to under %(high)s"), low=cuts[i - 1], high=cuts[i])


def choices(national: National) -> tuple[Choice, ...]:
    """What the map can show: the places if there are any, then each measure within each tier."""
    placed = len(national.lines)
    places = [Choice(key=PLACES, meaning=None, access=None, n=placed)] if placed else []
    counted = _there(national).group_by("measure", "access").len("n").sort("measure", "access")
    found = list(counted.iter_rows())
    tiers: dict[str, int] = {}
    for measure, _, _ in found:
        tiers[measure] = tiers.get(measure, 0) + 1
    return (
        *places,
        *(
            Choice(
                key=f"{measure}:{access or ''}" if tiers[measure] > 1 else measure,
                meaning=meaning(national.results, measure),
                access=access,
                n=n,
            )
            for measure, access, n in found
        ),
    )


def _there(national: National) -> pl.DataFrame:
    """The figures that hold for municipalities as wholes, and are there."""
    return national.results.measures.filter(
        pl.col("channel").is_null(), pl.col("platform").is_null(), pl.col("value").is_not_null()
    )


def _side(standing: Standing) -> str:
    if standing.is_upper:
        return "upper"
    return "lower" if standing.is_lower else "either"
