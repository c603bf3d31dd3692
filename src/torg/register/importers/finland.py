"""Statistics Finland's municipality keys of a year, and the population series of Sotkanet.

Codes have three digits; the published tables lost the leading zeros, which are restored here. Keys
of a year hold for 1 January, Sotkanet's population of a year for 31 December. Sotkanet restates
earlier years in the division of its last: units that were merged before then have no figures.
"""

from collections import defaultdict
from pathlib import Path

from torg.register.importers.facts import Division, Facts, Figure
from torg.register.importers.rows import Row, rows_of
from torg.register.model import Municipality

COUNTRY = "FI"
KEY_COLUMNS = frozenset({"kunta", "municipality_name_fi", "maakunta_name_fi", "year"})
POPULATION_COLUMNS = frozenset({"municipality_code", "primary.value", "year"})
_LANGUAGES = ("fi", "sv", "en")


def read_keys(path: Path) -> Facts:
    """Names in three languages and the region, and that the codes are those of the year."""
    rows = list(rows_of(path))
    seen = defaultdict(set)
    for row in rows:
        seen[_code(row["kunta"])].add(row.first_day("year"))
    return Facts(
        read=len(rows),
        units=tuple(map(_unit, rows)),
        division=Division(COUNTRY, {code: frozenset(days) for code, days in seen.items()}),
    )


def read_population(path: Path) -> Facts:
    """Population by code and year."""
    rows = list(rows_of(path))
    known = [row for row in rows if row["primary.value"]]
    return Facts(read=len(rows), figures=tuple(map(_figure, known)))


def _unit(row: Row) -> Municipality:
    names = {lang: row.cells.get(f"municipality_name_{lang}", "") for lang in _LANGUAGES}
    return Municipality(
        COUNTRY,
        _code(row["kunta"]),
        {lang: name for lang, name in names.items() if name},
        row["maakunta_name_fi"] or None,
    )


def _figure(row: Row) -> Figure:
    people, code = row.whole("primary.value"), _code(row["municipality_code"])
    return Figure(COUNTRY, row.last_day("year"), people, code=code)


def _code(text: str) -> str:
    return text.removesuffix(".0").zfill(3)
