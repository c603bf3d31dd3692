"""A file's rows, whatever holds them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from torg.collect.containers import CONTAINERS
from torg.collect.containers.json_lines import begins_with_lines
from torg.collect.reading.headers import Head
from torg.collect.reading.table import Layout, Rows
from torg.collect.reading.tape import encoding_of, opened
from torg.errors import FileRefused

# The first bytes of a container that is no delimited text.
_BYTES: Mapping[bytes, str] = {b"PAR1": "parquet", b"PK\x03\x04": "workbook"}
# The first letters of one that is text, after a byte order mark and blanks.
_LETTERS: Mapping[str, str] = {"[": "json_document", "{": "json", "<": "feed"}
# First bytes of what holds no rows that Torg can reach, and what to do about it.
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook (.xls), or one with a password: save it "
    "without a password as .xlsx or CSV",
    b"\x1f\x8b": "this is compressed with gzip: unpack it",
    b"%PDF": "this is a PDF: export the data itself as CSV",
}
_TELLING = 256  # bytes that tell what a file is
Result = TypeVar("Result")


def heads_of(path: Path) -> tuple[Head, ...]:
    """What a file's columns may be; several where it has several sheets or lists of rows."""
    return CONTAINERS[_container(path)].heads(path)


def parts_of(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    """`work` done on all rows in the order of the file, with the bytes read so far."""
    return CONTAINERS[layout.dialect.container].parts(path, layout=layout, work=work)


def _container(path: Path) -> str:
    with opened(path) as file:
        first = file.read(_TELLING)
    for mark, why in _FOREIGN.items():
        if first.startswith(mark):
            raise FileRefused(why)
    for mark, name in _BYTES.items():
        if first.startswith(mark):
            return name
    encoding, length = encoding_of(first)
    letter = first[length:].decode(encoding, "replace").lstrip()[:1]
    name = _LETTERS.get(letter, "delimited")
    return name if name != "json" else _json(path)


def _json(path: Path) -> str:
    return "json_lines" if begins_with_lines(path) else "json_document"
