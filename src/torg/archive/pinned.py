"""One state of the archive: the sources committed at a moment, and the files that hold their rows.

The sources are read first and the tables' file lists after: a source that is committed has its
files in every later list, and files of later sources are left out by their names. A file is named
after the one source that wrote it, or `rewrite-...` when `compact` or `forget` made it of several;
then its footer says which.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from torg.archive.lake import DataFile, Listing, listing, refuse_lost
from torg.archive.tables import SOURCES, TABLES

REWRITE = "rewrite"
FOOTER = "torg.sources"
# An empty table made in any other way makes PyArrow load pandas, if it is there, for half a second.
_NO_SOURCES = pa.Table.from_batches([], schema=SOURCES)
DATA_TABLES = tuple(name for name in TABLES if name != "sources")

_SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}


@dataclass(frozen=True)
class Pinned:
    """The committed sources (all, and those that count) and the listings of every table."""

    folder: Path
    committed: pl.DataFrame  # every source committed at the moment, in the order of commit
    listings: Mapping[str, Listing]
    left_out: frozenset[str] = frozenset()  # sources that do not count either

    @cached_property
    def live(self) -> pl.DataFrame:
        """The sources that count: committed, and superseded by none of the others."""
        return self.committed.filter(~pl.col("source_id").is_in(self._superseded))

    @cached_property
    def live_ids(self) -> frozenset[str]:
        """The ids of the sources that count."""
        return frozenset(self.live["source_id"])

    @cached_property
    def _superseded(self) -> list[str]:
        return [*self.committed["supersedes"].drop_nulls(), *sorted(self.left_out)]

    def files(self, table: str) -> tuple[DataFile, ...]:
        """The files of a table that hold rows of sources that count."""
        return tuple(
            file
            for file in self.listings[table].files
            if not self.live_ids.isdisjoint(sources_of(file))
        )

    def is_mixed(self, table: str) -> bool:
        """Whether the files also hold rows that do not count, so that rows must be picked."""
        return any(not self.live_ids.issuperset(sources_of(file)) for file in self.files(table))

    def sql(self, table: str) -> str:
        """The rows of a table that count, as a sub-query for DuckDB."""
        return select(
            table,
            [file.path for file in self.files(table)],
            only=self.live_ids if self.is_mixed(table) else None,
        )

    def without(self, source_id: str) -> "Pinned":
        """The state as it will be when one more source has been superseded."""
        return replace(self, left_out=self.left_out | {source_id})


def pin(folder: Path, *, as_of: dt.datetime | None = None) -> Pinned:
    """The state now, or as it was at a moment (by the instants of commit)."""
    sources = listing(folder, "sources")
    committed = _read_sources(sources)
    if as_of is not None:
        committed = committed.filter(pl.col("committed_at") <= as_of)
    listings = {"sources": sources, **{name: listing(folder, name) for name in DATA_TABLES}}
    refuse_lost(folder, {name: listed.version for name, listed in listings.items()})
    return Pinned(folder, committed, listings)


def sources_of(file: DataFile) -> frozenset[str]:
    """The sources whose rows a file holds."""
    if not file.path.name.startswith(REWRITE):
        return frozenset({file.path.name.partition("-")[0]})
    footer = pq.read_metadata(file.path).metadata or {}
    return frozenset(json.loads(footer[FOOTER.encode()]))


def select(table: str, paths: list[Path], *, only: frozenset[str] | None = None) -> str:
    """A sub-query over files of a table; over none it is typed and empty."""
    if not paths:
        columns = ", ".join(
            f"NULL::{_SQL_TYPES[field.type]} AS {field.name}" for field in TABLES[table]
        )
        return f"(SELECT {columns} WHERE false)"
    listed = ", ".join(quoted(str(path)) for path in paths)
    wanted = ", ".join(quoted(source) for source in sorted(only)) if only is not None else ""
    where = f" WHERE source_id IN ({wanted})" if wanted else ""
    return f"(SELECT * FROM read_parquet([{listed}], hive_partitioning = false){where})"


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def query(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The answer of DuckDB as a frame."""
    frame = pl.from_arrow(connection.sql(sql).to_arrow_table())
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 -- a table always becomes a frame
    return frame


def _read_sources(listed: Listing) -> pl.DataFrame:
    tables = [pq.read_table(file.path, schema=SOURCES) for file in listed.files]
    frame = pl.from_arrow(pa.concat_tables([_NO_SOURCES, *tables]))
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 -- a table always becomes a frame
    return frame.sort("sources_seen", "committed_at", "source_id")
