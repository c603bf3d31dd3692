"""A municipality's card, as values: its figures against those of its size and of its county."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.report.contrasts import Contrast, contrasts
from torg.report.figures import reach
from torg.report.national import Line, National, is_by_rule, meaning
from torg.report.nearest import Likeness, Near
from torg.report.peers import Spread, whole
from torg.report.places import Place
from torg.report.results import Meaning, Results
from torg.report.standing import Id, Standing


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measure of one municipality beside its peers; null value with the reason's code."""

    measure: str
    meaning: Meaning
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    base: str | None
    missing: str | None
    at_age: float | None  # share of its posts whose counts were read at seven days of age
    size: Spread | None
    county: Spread | None
    everybody: Spread | None

    @property
    def is_by_rule(self) -> bool:
        """It rests on the rule that finds questions, whose accuracy must stand beside it."""
        return is_by_rule(self.measure)

    @property
    def reach(self) -> float:
        """Where the strip ends: all that it shows lies between zero and here."""
        spreads = [spread.third for spread in (self.size, self.everybody) if spread]
        return reach([self.value, self.high, *spreads], unit=self.meaning.unit)


@dataclass(frozen=True, kw_only=True)
class Card:
    """All that a municipality's page shows."""

    place: Place
    overall: Standing | None  # by the set that holds for all municipalities at once
    alone: Standing | None  # by the set that holds for this one: what its own page leads with
    size: Standing | None
    county: Standing | None
    is_observed: bool
    lists: tuple[tuple[str, Standing], ...]  # its place in each classic list that it is on
    not_ranked: str | None  # the reason's code
    areas: Mapping[str, float | None]  # points by area; null where the area could not be measured
    criteria: Mapping[str, tuple[Figure, ...]]  # by area
    others: tuple[Figure, ...]  # those that are there
    lacking: Mapping[str, tuple[Figure, ...]]  # those that are not, by the reason's code
    channels: tuple[Mapping[str, Any], ...]
    persons: int  # channels of persons in official roles: counted, never listed
    access: tuple[str, ...]
    at_age: float | None  # of the figures that age plays a part in, the first one's share
    nearest: tuple[tuple[Place, Near], ...]  # the most like it, the nearest first
    weeks: tuple[Mapping[str, Any], ...]  # what it wrote, week by week: rows of `results.weeks`
    contrasts: tuple[tuple[Contrast, float | None], ...]  # its own figure beside each comparison


def cards(national: National) -> Iterator[Card]:
    """One card for each municipality, by country and code."""
    deck = Deck(national)
    for place in national.places.by_id.values():
        yield deck.card(place)


@dataclass(frozen=True)
class Deck:
    """The cards of a national picture, each made when it is asked for."""

    national: National

    @property
    def _results(self) -> Results:
        return self.national.results

    def card(self, place: Place) -> Card:
        """The card of one municipality."""
        figures = {row["measure"]: self._figure(place, row) for row in self._rows.get(place.id, ())}
        asked = {area: self.national.criteria(area) for area in self.national.areas}
        criteria = {area: _those(figures, measures) for area, measures in asked.items()}
        others = set(figures) - {measure for measures in asked.values() for measure in measures}
        line = self._lines.get(place.id)
        at_age = (figure.at_age for _, figure in sorted(figures.items()))
        return Card(
            place=place,
            overall=line.overall if line else None,
            alone=line.alone if line else None,
            size=line.size if line else None,
            county=line.county if line else None,
            is_observed=place.id in self.national.places.observed,
            lists=self._lists_of(place.id),
            not_ranked=self._left_out.get(place.id),
            areas=line.areas if line else {},
            criteria=criteria,
            others=tuple(each for each in _those(figures, sorted(others)) if not each.missing),
            lacking=_by_reason(_those(figures, sorted(others))),
            channels=self._channels.get(place.id, ()),
            persons=self._persons.get(place.id, 0),
            access=tuple(
                sorted({row["access"] for row in self._rows.get(place.id, ()) if row["access"]})
            ),
            at_age=next((share for share in at_age if share is not None), None),
            nearest=self._nearest(place),
            weeks=self._weeks.get(place.id, ()),
            contrasts=tuple(
                (each, _own_of(each, self._rows.get(place.id, ()))) for each in self._contrasts
            ),
        )

    def _figure(self, place: Place, row: Mapping[str, Any]) -> Figure:
        among, measure, access = self.national.peers.among, row["measure"], row["access"]
        return Figure(
            measure=measure,
            meaning=meaning(self._results, measure),
            **{name: row[name] for name in ("value", "low", "high", "n", "base", "missing")},
            at_age=row["at_age_share"] if row["missing"] is None else None,
            size=among("size", measure=measure, group=place.size_class, access=access),
            county=among("county", measure=measure, group=place.county, access=access),
            everybody=among("all", measure=measure, group=None, access=access),
        )

    def _nearest(self, place: Place) -> tuple[tuple[Place, Near], ...]:
        places = self.national.places.by_id
        return tuple((places[near.id], near) for near in self._likeness.nearest(place.id))

    def _lists_of(self, id_: Id) -> tuple[tuple[str, Standing], ...]:
        standings = self.national.standings
        groups = [(group, standings.of_group(group).get(id_)) for group in standings.groups]
        return tuple((group, at) for group, at in groups if at and group.startswith("classic:"))

    @cached_property
    def _lines(self) -> Mapping[Id, Line]:
        return {line.place.id: line for line in self.national.lines}

    @cached_property
    def _left_out(self) -> Mapping[Id, str]:
        rows = self._results.not_ranked.iter_rows()
        return {(country, code): reason for country, code, reason in rows}

    @cached_property
    def _rows(self) -> Mapping[Id, tuple[Mapping[str, Any], ...]]:
        return _by_municipality(whole(self._results))

    @cached_property
    def _channels(self) -> Mapping[Id, tuple[Mapping[str, Any], ...]]:
        last_day = (pl.col("valid_to") - pl.duration(days=1)).alias("last_day")
        return _by_municipality(self._results.channels.with_columns(last_day))

    @cached_property
    def _weeks(self) -> Mapping[Id, tuple[Mapping[str, Any], ...]]:
        return _by_municipality(self._results.weeks)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._results)

    @cached_property
    def _contrasts(self) -> tuple[Contrast, ...]:
        return contrasts(self._results)

    @cached_property
    def _persons(self) -> Mapping[Id, int]:
        return {(country, code): n for country, code, n in self._results.persons}


def _own_of(contrast: Contrast, rows: Iterable[Mapping[str, Any]]) -> float | None:
    """The municipality's figure, where it was got in the way that was compared."""
    found = (
        row["value"]
        for row in rows
        if (row["measure"], row["access"]) == (contrast.hypothesis.measure, contrast.access)
    )
    return next(found, None)


def _by_municipality(frame: pl.DataFrame) -> Mapping[Id, tuple[Mapping[str, Any], ...]]:
    found: dict[Id, list[Mapping[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault((row["country"], row["municipality"]), []).append(row)
    return {id_: tuple(rows) for id_, rows in found.items()}


def _by_reason(figures: Iterable[Figure]) -> Mapping[str, tuple[Figure, ...]]:
    """Those without a value, by the reason's code; the most common reason first."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.missing:
            found.setdefault(figure.missing, []).append(figure)
    return {code: tuple(found[code]) for code in sorted(found, key=lambda c: (-len(found[c]), c))}


def _those(figures: Mapping[str, Figure], measures: Iterable[str]) -> tuple[Figure, ...]:
    return tuple(figures[measure] for measure in measures if measure in figures)
