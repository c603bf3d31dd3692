"""Who is asked: the units of a wave, as they were on its day.

A county that consists of one municipality of its own name is one unit that is both, not two: the
430 municipalities and 19 counties of Norway in 2011 are 448 units, since Oslo is both.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

import polars as pl

from torg.errors import SurveyError
from torg.register import Municipality, Register
from torg.survey.questionnaire import Wave
from torg.survey.tables import FRAME

MUNICIPALITY, COUNTY, BOTH = "municipality", "county", "both"
KINDS = (MUNICIPALITY, COUNTY)

Unit = tuple[str, str]  # country, unit
_Cells = tuple[object, ...]  # of a row of FRAME
_MOST_NAMED = 5
_WHOLE = 1 - 1e-9  # weights of successors are sums of doubles


def frame_of(
    register: Register,
    wave: Wave,
    *,
    units: Collection[str] = (MUNICIPALITY,),
    country: str | None = None,
    languages: tuple[str, ...] = (),
    only: Collection[Unit] | None = None,
) -> pl.DataFrame:
    """The units that a wave asks, as of its `frame_date`: rows of FRAME by country and unit.

    `units`: "municipality", "county", or both. Without a `country`, those of all countries of the
    register. `only`: the countries and units to keep of a wave that does not ask all, as the best
    of a ranking; who has merged since is kept as the unit that carries it on. A county is
    "county:NAME" and has as many inhabitants as its municipalities together; null where one of
    theirs is not known. Raises SurveyError where there is nobody to ask, a municipality's county
    is not known, or a unit of `only` is not there.
    """
    _require_kinds(units)
    day = wave.frame_date
    asked = register.in_country(country)
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
    whole = pl.DataFrame(rows, schema=dict(FRAME), orient="row").sort("country", "unit")
    return whole if only is None else _kept(whole, register, wave, only)


def carrier(
    register: Register, unit: Unit, *, day: dt.date, units: AbstractSet[Unit]
) -> Unit | None:
    """The one of `units` in which the whole of a unit lives on; None where it was split or lost."""
    match register.successors(*unit, day):
        case ((code, share),) if share >= _WHOLE and (unit[0], code) in units:
            return (unit[0], code)
    return None


def _kept(
    whole: pl.DataFrame, register: Register, wave: Wave, only: Collection[Unit]
) -> pl.DataFrame:
    there = set(whole.select("country", "unit").iter_rows())
    owners = {
        unit: unit if unit in there else carrier(register, unit, day=wave.frame_date, units=there)
        for unit in only
    }
    lost = sorted(" ".join(unit) for unit, owner in owners.items() if owner is None)
    if lost or not owners:
        raise SurveyError(
            f"wave '{wave.id}' is to ask {_some(lost) or 'nobody'}, and its frame of "
            f"{wave.frame_date} does not have them: mend the units, or the frame_date."
        )
    asked = pl.DataFrame(
        sorted({o for o in owners.values() if o}), ["country", "unit"], orient="row"
    )
    return whole.join(asked, on=["country", "unit"], how="semi", maintain_order="left")


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
        raise SurveyError(
            f"the counties of {country} on {day} cannot be counted: {len(without)} of "
            f"{len(members)} municipalities have none in the register ({_some(without)}); fill in "
            "the column 'county' of municipalities.csv."
        )
    by_county: dict[str, list[Municipality]] = {}
    for unit in members:
        by_county.setdefault(unit.county or "", []).append(unit)
    return by_county


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" ..." if len(names) > _MOST_NAMED else "")


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
