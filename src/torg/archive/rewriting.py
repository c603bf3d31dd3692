"""Live files replaced by others with the same rows, or with fewer, in one step of the table."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from torg.archive.footers import REWRITE
from torg.archive.lake import DataFile, commit, listing
from torg.archive.writing import ROW_GROUP, TableFile, writable

Change = Callable[[pl.DataFrame], pl.DataFrame]


def replace(
    folder: Path,
    table: str,
    groups: Sequence[Sequence[DataFile]],
    *,
    change: Change = lambda rows: rows,
) -> int:
    """Write each group of live files as one, its rows as `change` leaves them; how many rows."""
    if not groups:
        return 0
    version = listing(folder, table).version
    with writable(folder):
        made = [
            _joined(folder, table, group, version=version + 1, change=change) for group in groups
        ]
        commit(
            folder,
            table,
            add=[file.path for file in made if file.rows],
            remove=[file for group in groups for file in group],
            after=version,
        )
    return sum(file.rows for file in made)


def drop_dead(folder: Path, table: str) -> int:
    """Take every file off the disk that is no longer live; how many."""
    live = {file.path.name for file in listing(folder, table).files}
    dead = [path for path in (folder / table).glob("*.parquet") if path.name not in live]
    for path in dead:
        path.unlink(missing_ok=True)
    return len(dead)


def _joined(
    folder: Path, table: str, group: Sequence[DataFile], *, version: int, change: Change
) -> TableFile:
    path = folder / table / f"{REWRITE}-{version}-{uuid.uuid4().hex}.parquet"
    made = TableFile(table, path)
    try:
        for rows in _row_groups(group):
            made.write(change(rows))
    except BaseException:
        made.give_up()
        raise
    made.close()
    return made


def _row_groups(group: Sequence[DataFile]) -> Iterator[pl.DataFrame]:
    """The rows of all the files, about a row group at a time."""
    held: list[pl.DataFrame] = []
    size = 0
    for rows in chain.from_iterable(map(_batches, group)):
        held.append(rows)
        size += rows.height
        if size >= ROW_GROUP:
            yield pl.concat(held)
            held, size = [], 0
    if held:
        yield pl.concat(held)


def _batches(file: DataFile) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(file.path) as opened:
        for batch in opened.iter_batches(batch_size=ROW_GROUP):
            yield pl.DataFrame(batch)
