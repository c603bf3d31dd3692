"""Registers from small drawn tables, and the slow twins of the register's look-ups.

A drawn table has a header and one line a row, cells apart by "|"; what is not drawn is blank.
"""

import csv
import io
import tempfile
from pathlib import Path

from torg.register import read_register

FILES = ("municipalities", "channels", "changes", "agreements")


def drawn(table):
    """The table as a list of dicts."""
    header, *rows = [
        [cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()
    ]
    return [dict(zip(header, row, strict=True)) for row in rows]


def as_csv(table):
    """The drawn table as CSV."""
    rows = drawn(table)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def register_of(**tables):
    """The register of drawn `municipalities`, `channels`, `changes` and `agreements`."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            if name in tables:
                Path(folder, f"{name}.csv").write_text(as_csv(tables[name]), encoding="utf-8")
        return read_register(Path(folder))


def slow_valid(values, day):
    """Those of `values` that are valid on a day, one by one."""
    return [
        value
        for value in values
        if (value.valid_from is None or value.valid_from <= day)
        and not (value.valid_to is not None and value.valid_to <= day)
    ]


def slow_population(register, country, code, day):
    """Every figure looked at: the last on or before the day, else the first after it."""
    figures = [
        figure
        for unit in register.municipalities
        if (unit.country, unit.code) == (country, code)
        for figure in unit.populations
    ]
    before = [figure for figure in figures if figure[0] <= day]
    after = [figure for figure in figures if figure[0] > day]
    if before:
        return max(before)
    return min(after) if after else None
