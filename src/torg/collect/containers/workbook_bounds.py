"""Looks through a workbook before it is opened: what it is, and that it unpacks to no monster.

A workbook is a zip archive of XML, and a reader holds a sheet as a full rectangle: one kilobyte may
unpack to gigabytes, and two cells in far corners span thousands of millions.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from pathlib import Path
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from torg.errors import FileRefused

MOST_UNPACKED = 512 << 20  # bytes
MOST_CELLS = 20_000_000  # of one sheet's rectangle; ten years of a county's posts are 1,000,000
_PIECE = 1 << 20
_HEAD = 1 << 16  # bytes of a part that holds no cells: its first element says how long it is
_CLAIMS = ("count", "uniqueCount")

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_DIGITS = "0123456789"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE = f"{_OPEN}:table:1.0", f"{_OPEN}:office:1.0"
_DAMAGED = "the workbook is damaged or cut short: save it again"
# A part that names an encoding which is none raises LookupError.
_DAMAGES = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    expat.ExpatError,
)
_AS_CSV = "save the sheet as CSV (UTF-8) and import that"


def check_bounds(path: Path) -> None:
    """Raise `FileRefused` where a file is no workbook that can be opened in bounded memory."""
    try:
        with ZipFile(path) as archive:
            _check_kind(archive)
            _check_size(archive)
            for name in archive.namelist():
                if _SHEETS.fullmatch(name):
                    _check_cells(archive, name)
                elif name.endswith(".xml"):
                    _check_claims(archive, name)
    except _DAMAGES as error:
        raise FileRefused(_DAMAGED) from error


def _check_kind(archive: ZipFile) -> None:
    names = archive.namelist()
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        raise FileRefused(f"this is a binary workbook (.xlsb): {_AS_CSV}")
    if not any(_SHEETS.fullmatch(name) for name in names):
        raise FileRefused(
            "this is a zip archive and no workbook: unpack it, and import what it holds"
        )
    if b"encryption-data" in _manifest(archive):
        raise FileRefused("the workbook has a password: save it without one")


def _manifest(archive: ZipFile) -> bytes:
    name = "META-INF/manifest.xml"
    if name not in archive.namelist():
        return b""
    with archive.open(name) as file:
        return file.read(_PIECE)


def _check_size(archive: ZipFile) -> None:
    unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise FileRefused(
            f"the workbook unpacks to {unpacked >> 20} MB, and the most is "
            f"{MOST_UNPACKED >> 20} MB: {_AS_CSV}"
        )


def _check_cells(archive: ZipFile, name: str) -> None:
    extent = _Extent()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = extent.start
    for piece in _pieces(archive, name):
        parser.Parse(piece, False)  # noqa: FBT003 -- expat takes it by place
        if extent.cells > MOST_CELLS:
            raise FileRefused(
                f"a sheet of the workbook spans more than {MOST_CELLS:,} cells: {_AS_CSV}"
            )
    parser.Parse(b"", True)  # noqa: FBT003 -- as above


def _check_claims(archive: ZipFile, name: str) -> None:
    """Raise where a part claims more entries than can be: room is made for them at once."""
    claimed: list[str] = []

    def start(_name: str, attributes: Mapping[str, str]) -> None:
        claimed.extend(attributes[claim] for claim in _CLAIMS if claim in attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(name) as file:
        parser.Parse(file.read(_HEAD), False)  # noqa: FBT003 -- expat takes it by place
    if any(int(claim) > MOST_CELLS for claim in claimed):
        raise FileRefused(_DAMAGED)


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The unpacked bytes; that there are no more than the archive says, zipfile itself sees to."""
    with archive.open(name) as file:
        while piece := file.read(_PIECE):
            yield piece


class _Extent:
    """How far a sheet's filled cells reach, as its elements tell one after the other.

    It is called for every cell of a workbook, and so looks names up instead of taking them apart.
    """

    def __init__(self) -> None:
        self.cells = 0
        self._row = self._column = 0
        self._high = 1  # rows that the row last begun stands for
        self._last = (0, 0)
        self._handlers: dict[str, Callable[[_Extent, Mapping[str, str]], None] | None] = {}
        self._numbers: dict[str, int] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; its name has its namespace before it."""
        if name not in self._handlers:
            self._handlers[name] = _HANDLERS.get(name.rpartition(" ")[2])
        handler = self._handlers[name]
        if handler is not None:
            handler(self, attributes)

    def fill(self, _attributes: Mapping[str, str]) -> None:
        """The cell last begun has a value."""
        row, (rows, columns) = self._row + self._high - 1, self._last
        if row > rows or self._column > columns:
            self._last = rows, columns = max(rows, row), max(columns, self._column)
            self.cells = max(self.cells, rows * columns)

    def sheet(self, _attributes: Mapping[str, str]) -> None:
        """Another sheet begins in the same file."""
        self._row = self._column = 0
        self._high, self._last = 1, (0, 0)

    def row(self, attributes: Mapping[str, str]) -> None:
        """A row of xlsx begins."""
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0

    def cell(self, attributes: Mapping[str, str]) -> None:
        """A cell of xlsx begins."""
        place = attributes.get("r", "")
        letters = place.rstrip(_DIGITS)
        self._column = self._number(letters) if letters else self._column + 1
        self._row = int(place[len(letters) :]) if letters else self._row

    def repeated_row(self, attributes: Mapping[str, str]) -> None:
        """A row of ods begins, which may stand for many."""
        self._row += self._high if self._row else 1
        self._high = int(attributes.get(f"{_TABLE} number-rows-repeated", 1))
        self._column = 0

    def repeated_cell(self, attributes: Mapping[str, str]) -> None:
        """A cell of ods begins, which may stand for many."""
        self._column += int(attributes.get(f"{_TABLE} number-columns-repeated", 1))
        if f"{_OFFICE} value-type" in attributes or f"{_TABLE} formula" in attributes:
            self.fill(attributes)

    def _number(self, letters: str) -> int:
        """A column's letters as its number: A is 1, AA is 27."""
        if letters not in self._numbers:
            digits = (ord(letter) - ord("A") + 1 for letter in letters.upper())
            self._numbers[letters] = reduce(lambda number, digit: number * 26 + digit, digits, 0)
        return self._numbers[letters]


_HANDLERS: Mapping[str, Callable[[_Extent, Mapping[str, str]], None]] = {
    "row": _Extent.row,
    "c": _Extent.cell,
    "v": _Extent.fill,
    "is": _Extent.fill,
    "f": _Extent.fill,
    "table": _Extent.sheet,
    "table-row": _Extent.repeated_row,
    "table-cell": _Extent.repeated_cell,
    "covered-table-cell": _Extent.repeated_cell,
    "p": _Extent.fill,
}
