"""Statistics Norway's tables: population by code and year, codes through mergers, locations.

Figures of a year hold for 1 January. Codes may carry the prefix "municip".
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from torg.register.importers.facts import Descent, Division, Facts, Figure
from torg.register.importers.rows import Row, rows_of
from torg.register.model import Municipality

COUNTRY = "NO"
POPULATION_COLUMNS = frozenset({"year", "kommunenr", "name", "population"})
MERGING_COLUMNS = frozenset({"municip_code_current", "municip_code_original", "year", "weighting"})
LOCATION_COLUMNS = frozenset({"municip_code", "municip_name", "county_name"})

# Some years of the published table passed through a wrong encoding and hold this mark of loss.
_DAMAGE = "\N{REPLACEMENT CHARACTER}"
_ADDED_TO_NAMES = re.compile(r"\s*\([-–]\d{4}\)$|\s+municipality$")

Shares = Mapping[str, float]


def read_population(path: Path) -> Facts:
    """Population by code and year, and the codes that a year has, as far as the series has them."""
    rows = list(rows_of(path))
    seen: dict[str, set[dt.date]] = defaultdict(set)
    for row in rows:
        seen[_code(row["kommunenr"])].add(row.first_day("year"))
    figures = [row for row in rows if row["population"]]
    return Facts(
        read=len(rows),
        units=tuple(_named(code, group) for code, group in _by_code(rows).items()),
        division=Division(COUNTRY, _frozen(seen), is_weak=True),
        figures=tuple(map(_figure, figures)),
        left_out=_without_figure(row for row in rows if not row["population"]),
    )


def read_merging(path: Path) -> Facts:
    """Which codes each year has, and the share of each that lies in which code of the last year."""
    shares: dict[str, dict[dt.date, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    read = 0
    for row in rows_of(path):
        code, current = _code(row["municip_code_original"]), _code(row["municip_code_current"])
        shares[code][row.first_day("year")][current] = row.share("weighting")
        read += 1
    seen = {code: frozenset(years) for code, years in shares.items()}
    division = Division(COUNTRY, seen)
    return Facts(
        read=read,
        units=tuple(Municipality(COUNTRY, code, {}) for code in seen),
        division=division,
        descents=_descents({code: years[max(years)] for code, years in shares.items()}, division),
    )


def read_locations(path: Path) -> Facts:
    """Names and counties by code."""
    rows = list(rows_of(path))
    units = (
        Municipality(
            COUNTRY, _code(row["municip_code"]), {"nb": row["municip_name"]}, row["county_name"]
        )
        for row in rows
    )
    return Facts(read=len(rows), units=tuple(units))


def _descents(shares: Mapping[str, Shares], division: Division) -> tuple[Descent, ...]:
    days = division.days
    begun = {code: min(seen) for code, seen in division.seen.items()}
    ended = {code: _day_after(max(seen), days) for code, seen in division.seen.items()}
    return tuple(
        Descent(COUNTRY, code, day, shares[code], max(begun[c] for c in shares[code]))
        for code, day in ended.items()
        if day is not None
    )


def _day_after(last: dt.date, days: tuple[dt.date, ...]) -> dt.date | None:
    place = days.index(last)
    return days[place + 1] if place + 1 < len(days) else None


def _code(text: str) -> str:
    return text.removeprefix("municip").zfill(4)


def _by_code(rows: Iterable[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[_code(row["kommunenr"])].append(row)
    return groups


def _named(code: str, rows: list[Row]) -> Municipality:
    """The unit under its latest name that is whole."""
    names = [row["name"] for row in sorted(rows, key=lambda row: row.whole("year"))]
    whole = [_ADDED_TO_NAMES.sub("", name) for name in names if name and _DAMAGE not in name]
    return Municipality(COUNTRY, code, {"nb": whole[-1]} if whole else {})


def _figure(row: Row) -> Figure:
    people = row.whole("population")
    return Figure(COUNTRY, row.first_day("year"), people, code=_code(row["kommunenr"]))


def _without_figure(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(f"line {row.line}: no population for {row['kommunenr']}" for row in rows)


def _frozen(seen: Mapping[str, set[dt.date]]) -> dict[str, frozenset[dt.date]]:
    return {code: frozenset(days) for code, days in seen.items()}
