"""Which column of a file means what, by the names that its header may carry."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from torg.collect.reading.careful import cells_of
from torg.collect.reading.table import Cells, Dialect
from torg.collect.reading.tape import Tape, as_text
from torg.errors import FileRefused

Columns = Mapping[str, tuple[str, ...]]  # field -> header names, any spelling of case and blanks

LONGEST_HEADER = 1 << 16  # bytes; ten times what any platform writes
_NAMELESS = "primary"
_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The first lines of a delimited file."""

    header: Cells
    dialect: Dialect


@lru_cache(maxsize=1 << 13)
def plain(name: str) -> str:
    """A header name fit for comparing: one Unicode form, one case, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def read_head(tape: Tape) -> Head:
    """Read up to and including the header, and tell how the cells are separated."""
    first, title = _first_line(tape), ""
    told = _SEPARATOR_LINE.match(as_text(first).strip("\ufeff"))
    if told:
        first = _first_line(tape)
        cells = cells_of(first, Dialect(told[1]))
        if len(cells) == 1:  # a title stands between the separator and the header
            first, title = _first_line(tape), cells[0].strip()
    delimiter = told[1] if told else _delimiter(first)
    spaced = b'"' not in first and f"{delimiter} ".encode() in first
    spaced = spaced and _is_always_spaced(first, delimiter)
    dialect = Dialect(delimiter, spaced=spaced)
    while first.count(b'"') % 2 and (more := tape.read_line()):
        first = _bounded(first + more)
    header = tuple(cell.strip().strip("\ufeff") for cell in cells_of(first, dialect))
    return Head(titled(header, title), dialect)


def titled(header: Cells, title: str) -> Cells:
    """A short table's header, the title above it behind its last name: "Primary (Views)".

    Such files call whatever they hold "Primary", and only the title says what it is.
    """
    needs_title = plain(header[-1]) == _NAMELESS or not header[0]
    if not title or not needs_title:
        return header
    return (*header[:-1], f"{header[-1]} ({title})")


def untitled(name: str) -> tuple[str, ...]:
    """A header name and, where `titled` made it, the plain name and the title that it was."""
    bare, _, title = name.removesuffix(")").partition(" (")
    return (name, bare, title) if title else (name,)


def places(header: Iterable[str], columns: Columns) -> dict[str, tuple[int, ...]]:
    """The columns of each field that the header has, in the order of the file."""
    names = [plain(name) for name in header]
    known = {field: frozenset(map(plain, aliases)) for field, aliases in columns.items()}
    found = {
        field: tuple(place for place, name in enumerate(names) if name in aliases)
        for field, aliases in known.items()
    }
    return {field: where for field, where in found.items() if where}


def extended(columns: Columns, more: Columns) -> dict[str, tuple[str, ...]]:
    """`columns` with further names for its fields."""
    return {field: (*names, *more.get(field, ())) for field, names in columns.items()}


def joined(columns: Columns, more: Columns) -> dict[str, tuple[str, ...]]:
    """The names of both tables, each once, `columns` first."""
    return {
        field: tuple(dict.fromkeys([*columns.get(field, ()), *more.get(field, ())]))
        for field in dict.fromkeys([*columns, *more])
    }


def read_aliases(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Header names by format and field, from TOML such as `[business_suite_facebook]`."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        return {name: _names(table) for name, table in tables.items()}
    except FileNotFoundError as error:
        raise FileRefused(f"{path} does not exist: check the path given with --aliases") from error
    except (OSError, ValueError) as error:
        raise FileRefused(
            f"{path} cannot be read as header names ({error}): write a table for each format, "
            'such as [business_suite_facebook], with lines such as views = ["Visninger"]'
        ) from error


def parse_aliases(text: str) -> dict[str, tuple[str, ...]]:
    """Header names by field, from the TOML of one format."""
    return _names(tomllib.loads(text))


def _names(table: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(table, dict) or not all(map(_is_list_of_text, table.values())):
        raise ValueError("a field's names must be a list of texts")
    return {field: tuple(names) for field, names in table.items()}


def _is_list_of_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _first_line(tape: Tape) -> bytes:
    while line := tape.read_line():
        if line.strip():
            return _bounded(line)
    raise FileRefused("the file is empty: export it again")


def _bounded(line: bytes) -> bytes:
    if len(line) < LONGEST_HEADER:
        return line
    raise FileRefused(
        f"the header is longer than {LONGEST_HEADER >> 10} kB, or a quote in it never closes: "
        "this is no table; export it as CSV"
    )


def _delimiter(line: bytes) -> str:
    text = as_text(line)
    widths = {sign: len(next(csv.reader([text], delimiter=sign), [])) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: widths[sign])


def _is_always_spaced(line: bytes, delimiter: str) -> bool:
    text = as_text(line).rstrip("\r\n")
    return text.count(delimiter) == text.count(f"{delimiter} ") > 0
