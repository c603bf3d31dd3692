"""Many small files into few; what killed runs left, and what nobody can still be reading, goes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.compute as pc
import pyarrow.parquet as pq

from torg.archive.footers import words_until
from torg.archive.lake import DataFile, listing, long_dead
from torg.archive.lapsing import lapse
from torg.archive.leftovers import leftovers, remove
from torg.archive.pinned import pin
from torg.archive.rewriting import drop_dead, replace
from torg.archive.tables import TABLES

SMALL = 64 * 2**20  # bytes; a file of that size costs little to open for what it holds
LARGE = 256 * 2**20  # bytes; a group of files is joined up to about this size
KEPT = dt.timedelta(days=7)  # how long a replaced file stays for those who are reading it


@dataclass(frozen=True, kw_only=True)
class Compacted:
    """What compacting did, in files of all tables."""

    files_before: int
    files_after: int
    leftovers_removed: int
    texts_expired: int


def compact(folder: Path, *, today: dt.date) -> Compacted:
    """Tidy the archive, the lock being held. Every state that could be read before still can."""
    stray = leftovers(folder)
    remove(folder, stray)
    expired = expire(folder, listing(folder, "citizens").files, today=today)
    lapse(folder, pin(folder, today=today))
    before = _count(folder)
    for table in TABLES:
        replace(folder, table, groups(listing(folder, table).files))
        for path in long_dead(folder, table, KEPT):
            path.unlink(missing_ok=True)
    return Compacted(
        files_before=before,
        files_after=_count(folder),
        leftovers_removed=len(stray),
        texts_expired=expired,
    )


def expire(folder: Path, files: Iterable[DataFile], *, today: dt.date) -> int:
    """Take out the texts whose day has come, for good; how many rows were looked through."""
    due = [[file] for file in files if _is_due(file, today)]
    if not due:
        return 0
    gone = pl.when(pl.col("expires_on") >= today).then("text").alias("text")
    rows = replace(folder, "citizens", due, change=lambda frame: frame.with_columns(gone))
    drop_dead(folder, "citizens")
    return rows


def groups(files: tuple[DataFile, ...]) -> list[list[DataFile]]:
    """Small files in groups that are worth joining."""
    made: list[list[DataFile]] = [[]]
    for file in files:
        if file.size >= SMALL:
            continue
        if sum(held.size for held in made[-1]) >= LARGE:
            made.append([])
        made[-1].append(file)
    return [group for group in made if len(group) > 1]


def _is_due(file: DataFile, today: dt.date) -> bool:
    try:
        until = words_until(file.path)
    except KeyError:  # written by an older Torg
        return _is_found_due(file, today)
    return until is not None and until < today


def _is_found_due(file: DataFile, today: dt.date) -> bool:
    with pq.ParquetFile(file.path) as opened:
        return any(_holds_due(opened, at, today) for at in range(opened.num_row_groups))


def _holds_due(opened: pq.ParquetFile, at: int, today: dt.date) -> bool:
    """Whether a row group holds a text whose day has come; texts are read only if some may be."""
    late = pc.less(opened.read_row_group(at, columns=["expires_on"])["expires_on"], today)
    if not pc.any(late).as_py():
        return False
    texts = opened.read_row_group(at, columns=["text"])["text"]
    return bool(pc.any(pc.and_(late, pc.is_valid(texts))).as_py())


def _count(folder: Path) -> int:
    return sum(len(listing(folder, table).files) for table in TABLES)
