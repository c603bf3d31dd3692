"""Kolada's units, and Swedish population by the municipality's name.

Kolada lists regions and the country beside the municipalities: only type K is a municipality. The
population of a year holds for 31 December; its table has letter ids of its own, so it is joined by
name.
"""

import datetime as dt
import re
from pathlib import Path

from torg.register.importers.facts import Facts, Figure
from torg.register.importers.rows import Row, rows_of
from torg.register.model import Municipality

COUNTRY = "SE"
UNIT_COLUMNS = frozenset({"id", "title", "type"})
POPULATION_COLUMNS = frozenset({"k_ID", "kommun"})
_YEAR = re.compile(r"^ar_(\d{4})$")


def read_units(path: Path) -> Facts:
    """The municipalities among Kolada's units."""
    rows = list(rows_of(path))
    units = [
        Municipality(COUNTRY, row["id"].zfill(4), {"sv": row["title"]})
        for row in rows
        if row["type"] == "K"
    ]
    others = len(rows) - len(units)
    note = f"regions and the country ({others}) are no municipalities"
    return Facts(read=len(rows), units=tuple(units), left_out=(note,) if others else ())


def read_population(path: Path) -> Facts:
    """Population by name: one row a municipality, one column a year."""
    rows = list(rows_of(path))
    return Facts(read=len(rows), figures=tuple(f for row in rows for f in _figures(row)))


def _figures(row: Row) -> list[Figure]:
    years = {column: _YEAR.match(column) for column, cell in row.cells.items() if cell}
    own = {"name": row["kommun"], "own_id": row["k_ID"]}
    return [
        Figure(COUNTRY, dt.date(int(year[1]), 12, 31), row.whole(column), **own)
        for column, year in years.items()
        if year
    ]
