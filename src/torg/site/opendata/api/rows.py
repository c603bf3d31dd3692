"""What the rows of a table look like in the API: made from the codebook, so said only once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from torg.deposit import TABLES, Column

_TYPES: Mapping[str, Any] = {
    "text": str,
    "number": float,
    "integer": int,
    "boolean": bool,
    "date": dt.date,
    "instant": dt.datetime,
}


def row_of(table: str, name: str) -> type[Schema]:
    """The schema of a table's rows; any of the columns may be null, and says so."""
    told = TABLES[table]
    fields: dict[str, Any] = {
        column: (_TYPES[each.kind] | None, Field(None, description=_about(each)))
        for column, each in told.columns.items()
    }
    if "areas" in fields:
        fields["areas"] = (dict[str, float | None] | None, fields["areas"][1])
    return create_model(name, __base__=Schema, __doc__=told.about, **fields)


def page_of(row: type[Schema], name: str) -> type[Schema]:
    """The schema of a page of such rows."""
    return create_model(
        name,
        __base__=Schema,
        __doc__="One page of what was asked for.",
        release=(str, Field(description="The release that the rows are of.")),
        count=(int, Field(description="How many rows there are on all pages.", ge=0)),
        page=(int, Field(description="Which page this is, from 1.", ge=1)),
        pages=(int, Field(description="How many pages there are.", ge=0)),
        next=(str | None, Field(description="The address of the next page; null on the last.")),
        items=(list[row], Field(description="The rows of this page.")),  # type: ignore[valid-type]
    )


def _about(column: Column) -> str:
    return f"{column.about} Unit: {column.unit}." if column.unit else column.about
