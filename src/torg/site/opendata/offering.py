"""Every file of a release that can be had, by the name in its address.

A name that is not among them is not there: no part of an address ever becomes a path.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from torg.deposit import (
    MEDIA,
    Described,
    Held,
    HeldFile,
    Terms,
    codebook,
    datapackage,
    deposit,
    deposit_name,
)
from torg.report import px_of, px_tables, write_workbook
from torg.site.opendata.keeping import kept

DEPOSIT = "deposit.zip"
PACKAGE = "datapackage.json"
CODEBOOK = "codebook.csv"

ORDER = ("xlsx", "csv", "json", "parquet", "px")  # of a table's files, as a page lists them

_EXTRA = (
    " Every table is also had as XLSX, JSON and Parquet, and some as PX, by the same name with "
    "another ending."
)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A file that can be had. `table`: whose it is; empty where it is of the whole release."""

    name: str
    table: str
    ending: str
    media: str
    size: int
    sha256: str

    @property
    def etag(self) -> str:
        """What tells its content from another, for HTTP."""
        return f'"{self.sha256}"'


Maker = Callable[[], bytes]


def offered(held: Held, terms: Terms) -> Mapping[str, Offered]:
    """All files of a release by name; those that are made from it are made now."""
    there = {file.name: _as_held(held, file) for file in held.files.values()}
    return there | {name: _as_made(held, terms, name) for name in _makers(held, terms)}


def one_offered(held: Held, terms: Terms, name: str) -> Offered | None:
    """One of them, made now where it is made at all; None where there is none of the name."""
    if name in held.files:
        return _as_held(held, held.files[name])
    return _as_made(held, terms, name) if name in _makers(held, terms) else None


def content(held: Held, terms: Terms, name: str) -> bytes:
    """The content of one of the files that are `offered`."""
    if name in held.files:
        return held.bytes_of(name)
    return kept(held, terms, name, _makers(held, terms)[name])


def called(held: Held, name: str) -> str:
    """What the file is called where it is saved: with the release, since tables share names."""
    return f"{deposit_name(held)}.zip" if name == DEPOSIT else f"{held.name}-{name}"


def of_table(files: Mapping[str, Offered], table: str) -> tuple[Offered, ...]:
    """The files of a table, in the order of ORDER."""
    found = [each for each in files.values() if each.table == table and each.ending in ORDER]
    return tuple(sorted(found, key=lambda each: ORDER.index(each.ending)))


def of_release(files: Mapping[str, Offered]) -> tuple[Offered, ...]:
    """The files that are of no single table, but for the two that stand by themselves."""
    return tuple(each for each in files.values() if not each.table and each.name not in _APART)


_APART = (DEPOSIT, PACKAGE, CODEBOOK)


def _as_held(held: Held, file: HeldFile) -> Offered:
    return _offered(held, file.name, size=file.size, sha256=file.sha256)


@lru_cache(maxsize=1024)
def _as_made(held: Held, terms: Terms, name: str) -> Offered:
    made = content(held, terms, name)
    return _offered(held, name, size=len(made), sha256=hashlib.sha256(made).hexdigest())


def _offered(held: Held, name: str, *, size: int, sha256: str) -> Offered:
    stem, _, ending = name.rpartition(".")
    return Offered(
        name=name,
        table=stem if stem in held.tables else "",
        ending=ending,
        media=MEDIA.get(ending, "application/octet-stream"),
        size=size,
        sha256=sha256,
    )


def _makers(held: Held, terms: Terms) -> Mapping[str, Maker]:
    """What is made from a release, when it is asked for first; nothing that the release has."""
    makers: dict[str, Maker] = {}
    for table in held.tables.values():
        makers[f"{table.name}.xlsx"] = partial(_workbook, held, table)
    for name in px_tables():
        if name in held.tables and "municipalities" in held.tables:
            makers[f"{name}.px"] = partial(_px, held, terms, name)
    makers[CODEBOOK] = lambda: codebook(held.tables).write_csv(line_terminator="\n").encode()
    makers[PACKAGE] = lambda: datapackage(held, terms, path_of=lambda f: f.name, extra=_EXTRA)
    makers[DEPOSIT] = lambda: deposit(held, terms)
    return {name: make for name, make in makers.items() if name not in held.files}


def _workbook(held: Held, table: Described) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        sheet = table.name[:_LONGEST_SHEET]
        write_workbook({sheet: held.frame(table.name)}, path, made_for=held.day)
        return path.read_bytes()


_LONGEST_SHEET = 31  # characters of a sheet's name


def _px(held: Held, terms: Terms, name: str) -> bytes:
    return px_of(
        name,
        held.frame(name),
        held.frame("municipalities"),
        title=held.title,
        source=terms.publisher,
        made=held.day,
        invented=held.is_invented,
    )
