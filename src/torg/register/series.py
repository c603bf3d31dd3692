"""Population series that silently lack units."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from torg.register.model import Municipality
from torg.register.register import Register

# A date on which fewer than this share of a country's units have a figure is no series of the
# country, but some figures entered one by one.
LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Gap:
    """The units that have no figure on any date of a series from `first` to `last`.

    units: how many the country has on the last of these dates.
    """

    country: str
    first: dt.date
    last: dt.date
    codes: tuple[str, ...]
    units: int


def lacking_figures(register: Register) -> tuple[Gap, ...]:
    """The gaps of every country's series; neighbouring dates that lack the same units are one."""
    return tuple(gap for country in register.countries for gap in _gaps(register, country))


def _gaps(register: Register, country: str) -> list[Gap]:
    units = [m for m in register.municipalities if m.country == country]
    lacking = [
        (date, *_lacking(units, date, have)) for date, have in sorted(_figured(units).items())
    ]
    gaps = []
    for codes, group in groupby(lacking, key=lambda entry: entry[1]):
        dates = list(group)
        if codes:
            gaps.append(Gap(country, dates[0][0], dates[-1][0], codes, dates[-1][2]))
    return gaps


def _figured(units: list[Municipality]) -> dict[dt.date, set[str]]:
    """The codes that have a figure, by date."""
    codes: dict[dt.date, set[str]] = defaultdict(set)
    for unit in units:
        for date, _ in unit.populations:
            codes[date].add(unit.code)
    return codes


def _lacking(
    units: list[Municipality], date: dt.date, have: set[str]
) -> tuple[tuple[str, ...], int]:
    valid = {unit.code for unit in units if unit.is_valid(date)}
    if len(valid & have) < LEAST_SHARE * len(valid):
        return (), len(valid)
    return tuple(sorted(valid - have)), len(valid)
