"""One state of the archive: the sources committed at a moment, and the files that hold their rows.

The sources are read first and the tables' file lists after: a source that is committed has its
files in every later list, and files of later sources are left out by their names. A file is named
after the one source that wrote it, or `rewrite-...` when `compact` or `forget` made it of several;
then its footer says which.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from torg.archive.footers import sources_in
from torg.archive.lake import DataFile, Listing, listing, refuse_lost
from torg.archive.tables import SOURCES, TABLES
from torg.errors import Overtaken

# An empty table made in any other way makes PyArrow load pandas, if it is there, for half a second.
_NO_SOURCES = pa.Table.from_batches([], schema=SOURCES)
DATA_TABLES = tuple(name for name in TABLES if name != "sources")

_SQL_TYPES: dict[pa.DataType, str] = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
}


# What of a source that may be kept no longer stays where another has told it again: the column by
# which the records are known, and the tables (with their column) that say who told them.
_TOLD_AGAIN: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "posts": ("post_key", (("snapshots", "post_key"),)),
    "replies": ("reply_key", (("sightings", "reply_key"),)),
    "citizens": ("reply_key", (("sightings", "reply_key"),)),
    "revisions": ("key", (("snapshots", "post_key"), ("sightings", "reply_key"))),
}
# What a source did, and keys: that stays.
ALWAYS_KEPT = frozenset({"sources", "forgotten", "links", "visits", "vanished"})
# The others, in an order in which nothing is ever left without what it belongs to.
LAPSING = (
    "rejects", "observations", "audience", "sightings", "snapshots", "revisions", "citizens",
    "replies", "posts",
)  # fmt: skip


@dataclass(frozen=True)
class Pinned:
    """The committed sources (all, and those that count) and the listings of every table.

    A source of which the last day has passed has *lapsed*: its row counts, and of its records those
    alone that another source has told again.
    """

    folder: Path
    committed: pl.DataFrame  # every source committed at the moment, in the order of commit
    listings: Mapping[str, Listing]
    today: dt.date = dt.date.min
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
    def lapsed_ids(self) -> frozenset[str]:
        """Those of them that have lapsed."""
        return frozenset(self.live.filter(pl.col("keep_until") < self.today)["source_id"])

    @cached_property
    def _superseded(self) -> list[str]:
        return [*self.committed["supersedes"].drop_nulls(), *sorted(self.left_out)]

    def files(self, table: str) -> tuple[DataFile, ...]:
        """The files of a table that hold rows of sources that count."""
        return tuple(
            file
            for file in self.listings[table].files
            if not self.live_ids.isdisjoint(sources_in(file.path))
        )

    def not_counting(self, table: str) -> frozenset[str]:
        """The sources whose rows the files also hold though they do not count."""
        return self._held(table) - self.live_ids

    def lapsed(self, table: str) -> frozenset[str]:
        """The lapsed sources of which there are rows in the table's files."""
        if not self.lapsed_ids or table in ALWAYS_KEPT:
            return frozenset()
        return self._held(table) & self.lapsed_ids

    def _held(self, table: str) -> frozenset[str]:
        empty: frozenset[str] = frozenset()
        return empty.union(*(sources_in(file.path) for file in self.files(table)))

    def told_again(self, table: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The key of a table's records, and the tables with their columns that save a record."""
        return _TOLD_AGAIN.get(table, ("", ()))

    def sql(self, table: str) -> str:
        """The rows of a table that count, as a sub-query for DuckDB."""
        paths = [file.path for file in self.files(table)]
        counting = select(table, paths, without=self.not_counting(table))
        lapsed = self.lapsed(table)
        if not lapsed:
            return counting
        key, tellers = self.told_again(table)
        kept = [f"source_id NOT IN ({_list(lapsed)})"]
        kept += [f"{key} IN (SELECT {column} FROM {self.sql(of)})" for of, column in tellers]
        return f"(SELECT * FROM {counting} WHERE {' OR '.join(kept)})"

    def without(self, source_id: str) -> "Pinned":
        """The state as it will be when one more source has been superseded."""
        return replace(self, left_out=self.left_out | {source_id})


def pin(folder: Path, *, as_of: dt.datetime | None = None, today: dt.date = dt.date.min) -> Pinned:
    """The state now, or as it was at a moment (by the instants of commit).

    `today` is the day that decides which sources have lapsed; without it none has.
    """
    sources = listing(folder, "sources")
    committed = _read_sources(sources)
    if as_of is not None:
        committed = committed.filter(pl.col("committed_at") <= as_of)
    listings = {"sources": sources, **{name: listing(folder, name) for name in DATA_TABLES}}
    refuse_lost(folder, listings)
    return Pinned(folder, committed, listings, today)


_GONE = "No files found that match"  # DuckDB's words for a file that is not there


def select(table: str, paths: list[Path], *, without: frozenset[str] = frozenset()) -> str:
    """A sub-query over files of a table, some sources left out; over no file typed and empty."""
    if not paths:
        columns = ", ".join(
            f"NULL::{_SQL_TYPES[field.type]} AS {field.name}" for field in TABLES[table]
        )
        return f"(SELECT {columns} WHERE false)"
    listed = ", ".join(quoted(str(path)) for path in paths)
    where = f" WHERE source_id NOT IN ({_list(without)})" if without else ""
    return f"(SELECT * FROM read_parquet([{listed}], hive_partitioning = false){where})"


def _list(sources: frozenset[str]) -> str:
    return ", ".join(quoted(source) for source in sorted(sources))


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def query(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The answer of DuckDB as a frame.

    Raises Overtaken where a file is gone by now: what forgets leaves nothing of the past behind.
    """
    try:
        frame = pl.from_arrow(connection.sql(sql).to_arrow_table())
    except duckdb.IOException as error:
        if _GONE not in str(error):
            raise
        raise Overtaken(
            "The archive was rewritten by another program while it was read: call again."
        ) from error
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 -- a table always becomes a frame
    return frame


def _read_sources(listed: Listing) -> pl.DataFrame:
    tables = [pq.read_table(file.path, schema=SOURCES) for file in listed.files]
    frame = pl.from_arrow(pa.concat_tables([_NO_SOURCES, *tables]))
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 -- a table always becomes a frame
    return frame.sort("sources_seen", "committed_at", "source_id")
