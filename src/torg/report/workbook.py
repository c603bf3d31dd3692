"""All tables in one workbook: a sheet each, the notes first.

Text is written as text, whatever it begins with: a name like "=cmd()" stays a name, and 0301 stays
0301. The workbook's dates are pinned, so that the same tables give the same bytes.
"""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

WIDEST = 60  # characters of the widest column
LONGEST_TEXT = 32_767  # characters that a cell can hold
MOST_ROWS = 1_048_575  # rows of a sheet below its heading


def write_workbook(tables: Mapping[str, pl.DataFrame], path: Path, *, made_for: dt.date) -> None:
    """Write the tables as sheets. `made_for` stands as the workbook's date of creation."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(path, options) as book:
        pinned = dt.datetime.combine(made_for, dt.time())
        book.set_properties({"title": "Torg", "created": pinned})
        heading = book.add_format({"bold": True, "bottom": 1})
        for name, frame in tables.items():
            _fill(book.add_worksheet(name), frame.head(MOST_ROWS), heading)


def _fill(sheet: Worksheet, frame: pl.DataFrame, heading: Format) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, name, heading)
        sheet.set_column(column, column, _width(frame[name]))
        write = _WRITERS.get(frame.schema[name].base_type(), _write_text)
        for row, value in enumerate(frame[name].to_list(), start=1):
            if value is not None:
                write(sheet, row, column, value)
    if frame.height:
        sheet.autofilter(0, 0, frame.height, frame.width - 1)


def _width(column: pl.Series) -> int:
    longest = column.cast(pl.String).str.len_chars().max()
    return min(WIDEST, max(len(column.name), int(str(longest or 0))) + 2)


def _write_text(sheet: Worksheet, row: int, column: int, value: object) -> None:
    sheet.write_string(row, column, str(value)[:LONGEST_TEXT])


def _write_number(sheet: Worksheet, row: int, column: int, value: float) -> None:
    sheet.write_number(row, column, value)


def _write_date(sheet: Worksheet, row: int, column: int, value: dt.date) -> None:
    sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()))


_WRITERS: Mapping[Any, Any] = {
    pl.Int64: _write_number,
    pl.Float64: _write_number,
    pl.Boolean: lambda sheet, row, column, value: sheet.write_boolean(row, column, value),
    pl.Date: _write_date,
    # An instant as text keeps its zone, which a cell's date cannot.
    pl.Datetime: lambda sheet, row, column, value: _write_text(
        sheet, row, column, value.isoformat()
    ),
}
