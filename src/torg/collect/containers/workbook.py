"""Sheets of a workbook (xlsx, ods): their cells as the text that a CSV of them would have.

Only values are read: of a formula what it came to when the workbook was saved, never the formula.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as Kind
from python_calamine import SheetVisibleEnum as Visible

from torg.collect.containers.shape import Container, Result
from torg.collect.containers.workbook_bounds import check_bounds
from torg.collect.reading.headers import Head, titled
from torg.collect.reading.table import Cells, Dialect, Layout, Rows, text_frame
from torg.errors import FileRefused

_ROWS_ABOVE = 20  # that are looked through for a header
_ROWS_AT_ONCE = 10_000
# Spreadsheets keep 15 digits of a number and make the rest 0: a longer id has lost its end.
_DIGITS_KEPT = 15
_HALF = dt.timedelta(milliseconds=500)

Row = Sequence[Any]


@dataclass(frozen=True)
class _Table:
    """The table on a sheet."""

    header: Cells
    at: int  # rows above the first data row


def _heads(path: Path) -> tuple[Head, ...]:
    """The header of each visible sheet that has one."""
    check_bounds(path)
    with _opened(path) as book:
        tables = [(name, _table(book.get_sheet_by_name(name))) for name in _sheets(book)]
    heads = tuple(
        Head(table.header, Dialect("", container="workbook", within=(name,)))
        for name, table in tables
        if table is not None
    )
    if not heads:
        raise FileRefused(
            "no visible sheet of the workbook holds a table with a header of two columns or more; "
            "if its cells hold whole lines, import the CSV that it was made from"
        )
    return heads


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    size = path.stat().st_size
    with _opened(path) as book:
        sheet = book.get_sheet_by_name(layout.dialect.within[0])
        table = _table(sheet)
        total = max(1, sheet.total_height)
        clocks = _columns_with_clock(sheet)
        numbered = enumerate(sheet.iter_rows(), start=1)
        data = islice(numbered, table.at if table else 0, None)
        texts = partial(_texts, width=len(layout.header), clocks=clocks)
        while chunk := list(islice(data, _ROWS_AT_ONCE)):
            filled = [(number, cells) for number, row in chunk if any(cells := texts(row))]
            yield work(_rows(filled, layout)), min(size, size * chunk[-1][0] // total)


def _rows(filled: list[tuple[int, Cells]], layout: Layout) -> Rows:
    cells = [row for _, row in filled]
    frame = text_frame(cells, [number for number, _ in filled], layout)
    return Rows(frame, lambda places: [cells[place] for place in places])


@contextmanager
def _opened(path: Path) -> Iterator[CalamineWorkbook]:
    try:
        # By its content, for by its path an ods that is called .xlsx would pass for damaged.
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            yield book
    except PasswordError as error:
        raise FileRefused("the workbook has a password: save it without one") from error
    except CalamineError as error:
        raise FileRefused(f"the workbook cannot be read ({error}): save it again") from error


def _sheets(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == Visible.Visible and sheet.typ == Kind.WorkSheet
    ]


def _table(sheet: CalamineSheet) -> _Table | None:
    """Its header is the first row of two filled cells; one cell alone above it is its title."""
    title = ""
    for at, row in enumerate(islice(sheet.iter_rows(), _ROWS_ABOVE), start=1):
        cells = _texts(row, width=len(row), clocks=frozenset())
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1:
            last = max(place for place, cell in enumerate(cells) if cell.strip())
            header = tuple(cell.strip() for cell in cells[: last + 1])
            return _Table(titled(header, title), at)
        title = filled[0].strip() if filled else title
    return None


def _columns_with_clock(sheet: CalamineSheet) -> frozenset[int]:
    """Where a day without an hour is midnight, for other cells of the column do have an hour."""
    clocks: set[int] = set()
    for row in sheet.iter_rows():
        clocks.update(place for place, cell in enumerate(row) if type(cell) is dt.datetime)
    return frozenset(clocks)


def _texts(row: Row, *, width: int, clocks: frozenset[int]) -> Cells:
    cells = (_text(cell, has_clock=place in clocks) for place, cell in enumerate(row[:width]))
    return (*cells, *("" for _ in range(width - len(row))))


def _text(cell: Any, *, has_clock: bool) -> str:  # noqa: ANN401 -- whatever a sheet holds
    if type(cell) is str:
        return cell
    if type(cell) is float or type(cell) is int:
        return _number(cell)
    if type(cell) is bool:
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return (cell + _HALF).replace(microsecond=0).isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return f"{cell.isoformat()} 00:00:00" if has_clock else cell.isoformat()
    return str(cell)


def _number(number: float) -> str:
    if abs(number) >= 10**_DIGITS_KEPT:
        return f"{number:.5E}"
    return str(int(number)) if float(number).is_integer() else repr(number)


WORKBOOK = Container(_heads, _parts)
