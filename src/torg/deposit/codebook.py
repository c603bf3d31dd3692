"""The codebook: the one place that says what stands in which table of a release.

A test holds it against every table that a release has.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from torg.deposit.columns import Column, Kind
from torg.deposit.told import TABLES, Told


@dataclass(frozen=True, kw_only=True)
class Described:
    """A table as it lies in a release, with what each of its columns means."""

    name: str
    title: str
    about: str
    rows: int
    columns: Mapping[str, Column] = field(hash=False)
    key: tuple[str, ...] = ()


SURVEY = "survey-"  # what the names of a survey's tables begin with

_KINDS: Mapping[type, Kind] = {
    pl.Float64: "number",
    pl.Int64: "integer",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Datetime: "instant",
}


def described(name: str, schema: Mapping[str, pl.DataType], *, rows: int) -> Described:
    """A table of a release in the words of the codebook.

    Releases stay as they were made, so a table may lack a column of today's, or have one that is
    not known any more: that has its type and no words.
    """
    told = TABLES.get(name, Told(title=name, about="", columns={}))
    return Described(
        name=name,
        title=told.title,
        about=told.about,
        rows=rows,
        columns={
            column: told.columns.get(column, Column(kind_of(dtype), ""))
            for column, dtype in schema.items()
        },
        key=told.key if set(told.key) <= set(schema) else (),
    )


def kind_of(dtype: pl.DataType) -> Kind:
    """What a column of that type is called in the codebook."""
    return _KINDS.get(dtype.base_type(), "text")


def codebook(tables: Mapping[str, Described]) -> pl.DataFrame:
    """A row for each column of each table, in English."""
    return pl.DataFrame(
        list(_rows(tables)),
        schema=dict.fromkeys(("table", "column", "type", "unit", "meaning"), pl.String()),
        orient="row",
    )


def _rows(tables: Mapping[str, Described]) -> Iterator[tuple[str, ...]]:
    for table in tables.values():
        for name, column in table.columns.items():
            yield (table.name, name, column.kind, column.unit, column.about)
