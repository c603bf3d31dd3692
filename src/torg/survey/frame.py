"""Who is asked: the units of a wave, as they were on its day.

A county that consists of one municipality of its own name is one unit that is both, not two: the
430 municipalities and 19 counties of Norway in 2011 are 448 units, since Oslo is both.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

import polars as pl

from torg.errors import SurveyError
from torg.register import Municipality, Register
from torg.survey.questionnaire import Wave
from torg.survey.tables import FRAME

MUNICIPALITY, COUNTY, BOTH = "municipality", "county", "both"
KINDS = (MUNICIPALITY, COUNTY)

_Cells = tuple[object, ...]  # of a row of FRAME
_MOST_NAMED = 5


def frame_of(
    register: Register,
    wave: Wave,
    *,
    units: Collection[str] = (MUNICIPALITY,),
    country: str | None = None,
    languages: tuple[str, ...] = (),
) -> pl.DataFrame:
    """The units that a wave asks, as of its `frame_date`: rows of FRAME by country and unit.

    `units`: "municipality", "county", or both. Without a `country`, those of all countries of the
    register. A county is "county:NAME" and has as many inhabitants as its municipalities together;
    null where one of theirs is not known. Raises SurveyError where there is nobody to ask, or a
    municipality's county is not known.
    """
    _require_kinds(units)
    day = wave.frame_date
    asked = register.in_country(country) if country else register
    valid = asked.as_of(day).municipalities
    if not valid:
        raise SurveyError(
            f"the register has no municipality{f' of {country}' if country else ''} on {day}, the "
            f"frame_date of wave '{wave.id}': import the register of that day, or mend the date."
        )
    people = {
        (row["country"], row["municipality"]): (row["population"], row["size_class"])
        for row in asked.municipality_frame(day).iter_rows(named=True)
    }
    rows = [
        (wave.id, *cells)
        for of, members in groupby(valid, key=lambda unit: unit.country)
        for cells in _of_country(of, tuple(members), people, units, languages, day)
    ]
    return pl.DataFrame(rows, schema=dict(FRAME), orient="row").sort("country", "unit")


def unit_of_county(name: str) -> str:
    """How a county is known in a frame."""
    return f"{COUNTY}:{name}"


def _require_kinds(units: Collection[str]) -> None:
    unknown = sorted(set(units) - set(KINDS))
    if unknown or not units:
        raise SurveyError(
            f"units {', '.join(unknown) or 'of no kind'} cannot be asked: write municipality, "
            "county, or both."
        )


_People = Mapping[tuple[str, str], tuple[int | None, str | None]]


def _of_country(
    country: str,
    members: Sequence[Municipality],
    people: _People,
    units: Collection[str],
    languages: tuple[str, ...],
    day: dt.date,
) -> Iterator[_Cells]:
    counties = _counties(country, members, day) if COUNTY in units else {}
    both = {lone.code for name, of in counties.items() if (lone := _alone(name, of))}
    for unit in members:
        kind = BOTH if unit.code in both else MUNICIPALITY
        if kind == BOTH or MUNICIPALITY in units:
            name = unit.name(languages=languages)
            count, size = people[country, unit.code]
            in_class = size if MUNICIPALITY in units else COUNTY
            yield (country, unit.code, kind, name, unit.county, count, in_class)
    for name, of in counties.items():
        if not _alone(name, of):
            total = _sum([people[country, unit.code][0] for unit in of])
            yield (country, unit_of_county(name), COUNTY, name, name, total, COUNTY)


def _counties(
    country: str, members: Sequence[Municipality], day: dt.date
) -> Mapping[str, list[Municipality]]:
    without = sorted(unit.code for unit in members if not unit.county)
    if without:
        named = ", ".join(without[:_MOST_NAMED]) + (" ..." if len(without) > _MOST_NAMED else "")
        raise SurveyError(
            f"the counties of {country} on {day} cannot be counted: {len(without)} of "
            f"{len(members)} municipalities have none in the register ({named}); fill in the "
            "column 'county' of municipalities.csv."
        )
    by_county: dict[str, list[Municipality]] = {}
    for unit in members:
        by_county.setdefault(unit.county or "", []).append(unit)
    return by_county


def _alone(county: str, members: Sequence[Municipality]) -> Municipality | None:
    """The municipality that is its county: the only one, and of its name."""
    if len(members) != 1:
        return None
    names = {name.casefold().strip() for name in members[0].names.values()}
    return members[0] if county.casefold().strip() in names else None


def _sum(counts: Sequence[int | None]) -> int | None:
    """The sum, or null where one is not known: missing is not zero."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None
