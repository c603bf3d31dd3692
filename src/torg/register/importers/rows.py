"""Rows of a delimited file, each with the line it begins on."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from torg.errors import RegisterError
from torg.register.headers import separator_of

if TYPE_CHECKING:
    from _csv import Reader


@dataclass(frozen=True)
class Row:
    """One row: its cells by column, stripped; faults name the file and line."""

    cells: dict[str, str]
    path: Path
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, message: str) -> RegisterError:
        """A fault of this row, as a sentence with its place."""
        return RegisterError(f"{self.path}, line {self.line}: {message}")

    def whole(self, column: str) -> int:
        """A whole number; "2015.0" is one too, as tables that passed through R write it."""
        text = self[column].removesuffix(".0")
        if not (text.isascii() and text.isdecimal()):
            raise self.fault(f"{column} '{self[column]}' is no whole number; mend the row.")
        return int(text)

    def share(self, column: str) -> float:
        """A share above 0 and up to 1."""
        try:
            share = float(self[column])
        except ValueError:
            share = -1.0
        if not 0 < share <= 1:
            raise self.fault(
                f"{column} '{self[column]}' is no share between 0 and 1; mend the row."
            )
        return share

    def first_day(self, column: str) -> dt.date:
        """The first day of a year."""
        return dt.date(self.whole(column), 1, 1)

    def last_day(self, column: str) -> dt.date:
        """The last day of a year."""
        return dt.date(self.whole(column), 12, 31)


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a delimited file in UTF-8, apart by what its header is.

    Raises RegisterError where a row has other than the header's number of cells.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    separator = separator_of(text.partition("\n")[0])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip() for name in next(reader, [])]
    for line, cells in _with_lines(path, reader):
        if len(cells) != len(header):
            raise RegisterError(
                f"{path}, line {line}: {len(cells)} cells under {len(header)} columns; mend it."
            )
        stripped = (cell.strip() for cell in cells)
        yield Row(dict(zip(header, stripped, strict=True)), path, line)


def _with_lines(path: Path, reader: "Reader") -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line it begins on."""
    before = reader.line_num
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cells):
                yield line, cells
    except csv.Error as error:
        raise RegisterError(f"{path}, line {reader.line_num}: {error}; mend the row.") from error
