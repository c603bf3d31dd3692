"""The visible sheets of a workbook (xlsx), their cells as the text that a CSV would have."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from python_calamine import SheetTypeEnum as Kind
from python_calamine import SheetVisibleEnum as Visible

from torg.errors import SurveyError

ZIP = b"PK\x03\x04"
# A spreadsheet keeps 15 digits of a number: a longer one has lost its end.
_DIGITS_KEPT = 15
# A stray cell in the last corner of a sheet makes it 17 thousand million cells large. A whole
# country's answers are some hundred thousand.
_MOST_CELLS = 5_000_000
_MOST_BYTES = 300_000_000  # of a workbook, unpacked
_AT_ONCE = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_PLACE = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_LONGEST_TAG = 200  # bytes of a cell's tag that may lie across two reads
_LETTERS = 26

Cells = tuple[str, ...]


def sheets_of(path: Path, content: bytes) -> Iterator[list[Cells]]:
    """The rows of each visible sheet, in their order. Raises SurveyError where it cannot be read.

    Only values are read: of a formula what it came to when the workbook was saved.
    """
    _check_bounds(path, content)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            for sheet in book.sheets_metadata:
                if sheet.visible == Visible.Visible and sheet.typ == Kind.WorkSheet:
                    rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
                    yield [tuple(map(_text, row)) for row in rows]
    except PasswordError as error:
        raise SurveyError(f"{path} has a password: save it without one.") from error
    except CalamineError as error:
        raise SurveyError(f"{path} cannot be read ({error}): save it again as xlsx.") from error


def _check_bounds(path: Path, content: bytes) -> None:
    """Refuse a workbook that would not fit into memory, before it is opened."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if "xl/workbook.xml" not in names:
                raise SurveyError(f"{path} is no xlsx: save it as xlsx or as CSV.")
            size = sum(part.file_size for part in packed.infolist())
            cells = max(
                (_cells(packed, name) for name in names if _SHEET.fullmatch(name)), default=0
            )
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise SurveyError(f"{path} cannot be read ({error}): save it again as xlsx.") from error
    if size > _MOST_BYTES or cells > _MOST_CELLS:
        raise SurveyError(
            f"{path} is too large for a file with answers ({cells} cells): look for a stray cell "
            "far below or to the right of the table, delete those rows and columns, and save it "
            "again."
        )


def _cells(packed: ZipFile, name: str) -> int:
    """How many cells a sheet has up to the lowest and to the one that is furthest to the right."""
    bottom, right, read, tail = 0, 0, 0, b""
    with packed.open(name) as sheet:
        while (chunk := sheet.read(_AT_ONCE)) and read < _MOST_BYTES:
            read += len(chunk)
            for column, row in set(_PLACE.findall(tail + chunk)):
                bottom, right = max(bottom, int(row)), max(right, _column(column))
            tail = chunk[-_LONGEST_TAG:]
    return bottom * right


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * _LETTERS + letter - ord("A") + 1
    return place


def _text(cell: object) -> str:
    writer = _WRITTEN.get(type(cell), str)
    return writer(cell)


def _number(number: float) -> str:
    if abs(number) >= 10**_DIGITS_KEPT:
        return f"{number:.5E}"
    if float(number).is_integer():
        return str(int(number))
    # A further nought, or 1.234 would be taken for a thousand and more.
    text = f"{number:.9f}".rstrip("0")  # doubles end in dust
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


_WRITTEN: Mapping[type, Callable[..., str]] = {
    str: str,
    float: _number,
    int: _number,
    bool: lambda cell: "true" if cell else "false",
    dt.datetime: lambda cell: cell.isoformat(sep=" ", timespec="seconds"),
    dt.date: lambda cell: cell.isoformat(),
}
