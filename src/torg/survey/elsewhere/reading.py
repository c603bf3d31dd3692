"""A file with answers as its header and rows of text: delimited text in any dress, or a workbook.

A row keeps its number, so that a cell can be named as a spreadsheet names it: "D17".
"""

import codecs
import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torg.errors import SurveyError
from torg.survey.elsewhere.words import plain
from torg.survey.elsewhere.workbook import ZIP, sheets_of

_DELIMITERS = (";", ",", "\t", "|")
_LOOKED_AT = 50  # lines, for the delimiter
_ROWS_ABOVE = 20  # that are looked through for a header
_LETTERS = 26
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row that is not blank."""

    number: int  # as a spreadsheet counts, the header included
    cells: Cells  # as many as the header has


@dataclass(frozen=True)
class Answered:
    """A file with answers from elsewhere."""

    name: str
    header: Cells
    rows: tuple[Row, ...]
    encoding: str = "utf-8"

    @property
    def fingerprint(self) -> str:
        """By which a file with the same columns is known again."""
        told = "\n".join(plain(name) for name in self.header)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def column(self, at: int) -> Cells:
        """The cells of a column, from above."""
        return tuple(row.cells[at] for row in self.rows)


def letter(at: int) -> str:
    """What a spreadsheet calls the column at a place, counted from 0: "A", "Z", "AA"."""
    name = ""
    at += 1
    while at:
        at, last = divmod(at - 1, _LETTERS)
        name = chr(ord("A") + last) + name
    return name


def open_answers(path: Path) -> Answered:
    """The file's answers, whatever its delimiter and encoding, or the first sheet with a table.

    Raises SurveyError where it holds no table of two columns or more.
    """
    with _readable(path) as opening:
        content = opening.read()
    if content.startswith(ZIP):
        sheets, encoding = sheets_of(path, content), "xlsx"
    else:
        text, encoding = _of_text(path, content)
        sheets = iter([text])
    found = next(filter(None, map(_table, sheets)), None)
    if found is None:
        raise SurveyError(
            f"{path} holds no table: its first rows have no header of two columns or more; export "
            "the answers as CSV or xlsx with one row for each that answered."
        )
    header, rows = found
    return Answered(path.name, header, tuple(rows), encoding)


def _readable(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise SurveyError(
            f"{path} cannot be read ({error.strerror}): name another file."
        ) from error


def _of_text(path: Path, content: bytes) -> tuple[list[Cells], str]:
    text, encoding = _decoded(content)
    told, text = _told_delimiter(text)
    delimiter = told or _delimiter(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise SurveyError(f"{path} is no whole CSV ({error}): export it again.") from error
    return [tuple(cells) for cells in records], encoding


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and how it was read. What is no UTF-8 was written by an older Windows program."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace"), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _told_delimiter(text: str) -> tuple[str | None, str]:
    """What a line "sep=;" above the table says; it stays as a blank row, which counts."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    return (said[4], "\n" + rest) if said.startswith("sep=") and len(said) == 5 else (None, text)


def _delimiter(text: str) -> str:
    """The one that cuts most of the first lines into as many cells as the header, and into most."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[bool, float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(cells) for cells, _ in zip(reader, range(_LOOKED_AT), strict=False) if cells]
    except csv.Error:
        return (False, 0.0, 0)
    widest = max(widths, default=0)
    return (widest > 1, sum(width == widest for width in widths) / max(1, len(widths)), widest)


def _table(records: Sequence[Cells]) -> tuple[Cells, list[Row]] | None:
    """The header, which is the first row of two filled cells, and the rows under it."""
    for at, cells in enumerate(records[:_ROWS_ABOVE]):
        if sum(bool(cell.strip()) for cell in cells) > 1:
            below = records[at + 1] if at + 1 < len(records) else ()
            header, lines = _header(cells, below)
            numbered = enumerate(records[at + lines :], start=at + lines + 1)
            return header, list(_rows(numbered, len(header)))
    return None


def _header(cells: Cells, below: Cells) -> tuple[Cells, int]:
    """The names of the columns, and how many rows they take.

    Some tools write the question once above its options, and the options in a row of their own; the
    row of options says nothing under the first column, which tells who answered.
    """
    width = max((at + 1 for at, cell in enumerate(cells) if cell.strip()), default=0)
    second = tuple(cell.strip() for cell in below)
    gaps = [at for at, cell in enumerate(cells[: len(second)]) if not cell.strip()]
    is_two_rows = bool(gaps) and not second[0] and all(second[at] for at in gaps)
    if not is_two_rows:
        return tuple(cell.strip() for cell in cells[:width]), 1
    return tuple(_joined(cells, second)), 2


def _joined(above: Cells, below: Cells) -> Iterator[str]:
    question = ""
    for cell, option in zip(above, below, strict=False):
        question = cell.strip() or question
        yield f"{question} [{option}]" if option else question


def _rows(numbered: Iterable[tuple[int, Cells]], width: int) -> Iterator[Row]:
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            filled = (*cells[:width], *("" for _ in range(width - len(cells))))
            yield Row(number, tuple(cell.strip() for cell in filled))
