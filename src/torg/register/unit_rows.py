"""Rows of municipalities.csv and the units they tell of.

A unit has a row for each language it is named in and each date of its population; a row may say
both. The rows of one unit agree in their dates of validity, or leave them blank.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from torg.errors import RegisterError
from torg.register.model import Municipality

_Period = tuple[dt.date | None, dt.date | None]
_UNDATED: _Period = (None, None)


@dataclass(frozen=True)
class UnitRow:
    """One row of municipalities.csv."""

    country: str
    code: str
    name: str
    language: str
    county: str | None
    population: int | None
    population_date: dt.date | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    lat: float | None = None
    lon: float | None = None

    def __post_init__(self) -> None:
        if (self.population is None) != (self.population_date is None):
            raise RegisterError(
                "population and population_date belong together: fill in both, or neither."
            )
        self.unit()  # a row that makes no unit is refused where it stands

    def unit(self) -> Municipality:
        """The unit as far as this row tells of it."""
        figures: tuple[tuple[dt.date, int], ...] = ()
        if self.population is not None and self.population_date is not None:
            figures = ((self.population_date, self.population),)
        return Municipality(
            country=self.country,
            code=self.code,
            names={self.language: self.name} if self.name else {},
            county=self.county,
            populations=figures,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            lat=self.lat,
            lon=self.lon,
        )


def units_of_rows(rows: Iterable[UnitRow]) -> tuple[Municipality, ...]:
    """The units that rows tell of: rows of one code and one period are one unit.

    Rows without dates belong to the code's only period, where it has exactly one.
    """
    keyed = groupby(sorted(rows, key=_key), key=_key)
    return tuple(unit for _, group in keyed for unit in _units_of_code(list(group)))


def _key(row: UnitRow) -> tuple[str, str]:
    return (row.country, row.code)


def _units_of_code(rows: list[UnitRow]) -> list[Municipality]:
    periods = dict.fromkeys((row.valid_from, row.valid_to) for row in rows)
    dated = [period for period in periods if period != _UNDATED]
    joined = dated[0] if len(dated) == 1 else _UNDATED
    members: dict[_Period, list[UnitRow]] = {}
    for row in rows:
        period = (row.valid_from, row.valid_to)
        members.setdefault(joined if period == _UNDATED else period, []).append(row)
    return [_unit(period, group) for period, group in members.items()]


def _unit(period: _Period, rows: list[UnitRow]) -> Municipality:
    units = [row.unit() for row in rows]
    return Municipality(
        country=units[0].country,
        code=units[0].code,
        names={language: name for unit in units for language, name in unit.names.items()},
        county=next((unit.county for unit in units if unit.county), None),
        populations=tuple(dict(f for unit in units for f in unit.populations).items()),
        valid_from=period[0],
        valid_to=period[1],
        **_whereabouts(units),
    )


def _whereabouts(units: list[Municipality]) -> dict[str, float | None]:
    """Latitude and longitude together, of the first row that has them."""
    placed = next((unit for unit in units if unit.lat is not None), units[0])
    return {"lat": placed.lat, "lon": placed.lon}


def rows_of_unit(unit: Municipality) -> Iterator[tuple[object, ...]]:
    """The rows of one unit, cells in the order of the columns: names and populations side by side.

    Each row repeats a name, so that every line can be read by itself.
    """
    names = sorted(unit.names.items())
    figures = unit.populations
    for i in range(max(len(names), len(figures), 1)):
        language, name = (names[i] if i < len(names) else names[0]) if names else (None, None)
        date, people = figures[i] if i < len(figures) else (None, None)
        place = (unit.country, unit.code, name, language, unit.county)
        yield (*place, people, date, unit.valid_from, unit.valid_to, unit.lat, unit.lon)
