"""The national picture, as values: what the page shows, before any word or mark-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.locale import Words
from torg.report import terms
from torg.report.peers import Peers, Spread, whole
from torg.report.places import Place, Places
from torg.report.results import Meaning, Results
from torg.report.standing import LIST, Id, Standing, Standings, is_list
from torg.report.told import Sureness


@dataclass(frozen=True, kw_only=True)
class Overview:
    """One measure over the country and by size class, within one access tier."""

    measure: str
    meaning: Meaning
    access: str | None
    everybody: Spread
    by_size: tuple[tuple[str | None, Spread], ...]

    @property
    def is_by_rule(self) -> bool:
        """It rests on the rule that finds questions, whose accuracy must stand beside it."""
        return is_by_rule(self.measure)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """For how many municipalities a measure is there, and why not for the others."""

    measure: str
    meaning: Meaning
    there: int
    reasons: tuple[tuple[str, int], ...]  # most common first


@dataclass(frozen=True, kw_only=True)
class Line:
    """A municipality in the tables of places."""

    place: Place
    overall: Standing
    alone: Standing | None  # by the narrower set that is made for this one alone
    size: Standing | None
    county: Standing | None
    areas: Mapping[str, float | None]


@dataclass(frozen=True)
class National:
    """All that the national page shows."""

    results: Results
    places: Places
    standings: Standings
    peers: Peers

    @classmethod
    def of(cls, results: Results, words: Words) -> "National":
        """The national picture of some results; `words` decide how names are sorted."""
        return cls(results, Places(results, words), Standings(results), Peers(results))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Everybody who has a place, ordered by the rank set and then by name."""
        found = [self._line(place) for place in self.places.by_id.values()]
        return tuple(sorted((line for line in found if line), key=self._order))

    def _line(self, place: Place) -> Line | None:
        overall = self.standings.overall(place.id)
        if overall is None:
            return None
        return Line(
            place=place,
            overall=overall,
            alone=self.standings.alone(place.id),
            size=self.standings.within("size", place.id),
            county=self.standings.within("county", place.id),
            areas=self._areas.get(place.id, {}),
        )

    def _order(self, line: Line) -> tuple[Any, ...]:
        standing = line.overall
        low = standing.rank if standing.low is None else standing.low
        high = standing.rank if standing.high is None else standing.high
        return (low, high, *self.places.order(line.place))

    @cached_property
    def _areas(self) -> Mapping[Id, Mapping[str, float | None]]:
        rows = self.results.ranks.filter(
            pl.col("areas").is_not_null(), ~pl.col("group").str.contains(LIST, literal=True)
        )
        rows = rows.with_columns(pl.col("areas").str.json_decode(_AREAS))
        return {
            (row["country"], row["municipality"]): row["areas"]
            for row in rows.iter_rows(named=True)
        }

    @cached_property
    def sureness(self) -> Sureness:
        """What the sets that hold for all municipalities at once tell."""
        return Sureness.of({line.place.id: line.overall for line in self.lines})

    @cached_property
    def one_by_one(self) -> Sureness | None:
        """What the narrower sets tell, each made for one municipality; None without them."""
        alone = {line.place.id: line.alone for line in self.lines}
        found = {id_: standing for id_, standing in alone.items() if standing}
        return Sureness.of(found) if found else None

    @cached_property
    def within(self) -> tuple[tuple[str, str, Sureness], ...]:
        """Kind, name and what the sets tell of every size class and county that was ranked."""
        sizes = [("size", size) for size in self.places.size_classes if size]
        counties = {place.county for place in self.places.by_id.values() if place.county}
        by_name = [("county", name) for name in sorted(counties, key=self.places.words.order)]
        members = self.standings.of_group
        told = (
            (kind, name, Sureness.of(members(f"{kind}:{name}"))) for kind, name in sizes + by_name
        )
        return tuple((kind, name, sure) for kind, name, sure in told if sure.mean_width)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas that the pages speak of: all three, an empty one said to be empty.

        A study of the classic lists alone ranks by lists, not by areas, and has none.
        """
        groups = self.standings.groups
        has_lists_alone = bool(groups) and all(map(is_list, groups))
        return () if has_lists_alone or self.results.criteria.is_empty() else tuple(terms.AREAS)

    def criteria(self, area: str) -> tuple[str, ...]:
        """The measures of an area's kept criteria, sorted."""
        kept = self.results.criteria.filter((pl.col("area") == area) & pl.col("kept"))
        return tuple(kept["measure"].unique().sort())

    @cached_property
    def overviews(self) -> Mapping[str, tuple[Overview, ...]]:
        """Every measure that somebody has, one overview for each access tier."""
        figures = whole(self.results).filter(pl.col("value").is_not_null())
        pairs = figures.select("measure", "access").unique().sort("measure", "access").iter_rows()
        found: dict[str, tuple[Overview, ...]] = {}
        for measure, access in pairs:
            found[measure] = (*found.get(measure, ()), self._overview(measure, access))
        return found

    @property
    def headlines(self) -> tuple[Overview, ...]:
        """What counts, over the country: a criterion's figure within each access tier."""
        asked = (name for area in self.areas for name in self.criteria(area))
        found = (each for name in asked for each in self.overviews.get(name, ()))
        return tuple(each for each in found if not each.everybody.is_small)

    def _overview(self, measure: str, access: str | None) -> Overview:
        among = self.peers.among
        everybody = among("all", measure=measure, group=None, access=access)
        assert everybody is not None  # noqa: S101 -- the pair comes from a figure that is there
        sizes = (
            (size, among("size", measure=measure, group=size, access=access))
            for size in self.places.size_classes
        )
        return Overview(
            measure=measure,
            meaning=meaning(self.results, measure),
            access=access,
            everybody=everybody,
            by_size=tuple((size, spread) for size, spread in sizes if spread),
        )

    @cached_property
    def at_age(self) -> float | None:
        """The share of posts with counts at seven days, of the measure that most posts are in."""
        rows = whole(self.results).filter(
            pl.col("at_age_share").is_not_null(), pl.col("missing").is_null()
        )
        posts = rows.group_by("measure").agg(pl.col("n").sum()).sort("n", "measure")
        if posts.is_empty():
            return None
        most = rows.filter(pl.col("measure") == posts["measure"][-1])
        read = (most["at_age_share"] * most["n"]).round().sum()
        return float(read / posts["n"][-1]) if posts["n"][-1] else None

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing of every measure, by measure."""
        rows = whole(self.results)
        counted = rows.group_by("measure", "missing").len("n").sort("measure", "n", "missing")
        return tuple(
            _gap(str(measure), meaning(self.results, str(measure)), part)
            for (measure,), part in counted.group_by("measure", maintain_order=True)
        )

    @cached_property
    def without_place(self) -> Mapping[str, Sequence[Place]]:
        """Those that were not ranked, by the reason's code."""
        reasons: dict[str, set[Id]] = {}
        for country, code, reason in self.results.not_ranked.iter_rows():
            if (country, code) not in self.standings.placed:
                reasons.setdefault(reason or "", set()).add((country, code))
        return {code: self.places.named(ids) for code, ids in sorted(reasons.items())}


def is_by_rule(measure: str) -> bool:
    """Whether a measure is about questions only: the family's name says so."""
    return measure.startswith("question")


def meaning(results: Results, measure: str) -> Meaning:
    """A measure's definition; a measure that has none is called by its id."""
    nameless = Meaning(title=measure, unit="", base="", formula="", why="")
    return results.definitions.get(measure, nameless)


_AREAS = pl.Struct({"dialogue": pl.Float64(), "reputation": pl.Float64(), "crisis": pl.Float64()})


def _gap(measure: str, meant: Meaning, counted: pl.DataFrame) -> Gap:
    there = counted.filter(pl.col("missing").is_null())["n"].sum()
    reasons = counted.filter(pl.col("missing").is_not_null()).sort(
        "n", "missing", descending=[True, False]
    )
    return Gap(
        measure=measure,
        meaning=meant,
        there=int(there),
        reasons=tuple(reasons.select("missing", "n").iter_rows()),
    )
