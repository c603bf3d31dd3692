"""The archive as others read it: pinned to one state, only what counts, each record once."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import polars as pl
from ibis.backends import BaseBackend
from ibis.expr.types import Table
from ibis.util import gen_name

from torg.archive.engine import connect
from torg.archive.held import held
from torg.archive.pinned import Pinned, select
from torg.archive.tables import TABLES

COUNTS = (
    "reactions", "comments", "shares", "views",
    "likes", "loves", "wows", "hahas", "sads", "angrys", "cares", "thankfuls",
)  # fmt: skip

MEASURED = ("posts", "snapshots", "replies", "audience", "links")


@dataclass(frozen=True)
class Reading:
    """One state of the archive; later imports do not change it.

    Rows are those of sources that were committed then and are not superseded. Posts and replies are
    unique by their key, snapshots by (post_key, read_at) with the largest reading kept, audience by
    (platform, channel, kind, read_at).
    """

    pinned: Pinned
    today: dt.date

    @property
    def sources(self) -> pl.DataFrame:
        """The sources that count, in the order of their commits; columns as in `tables.SOURCES`."""
        return self.pinned.live

    @property
    def versions(self) -> dict[str, int]:
        """The Delta version of every table; -1 where there is none yet."""
        return {name: listed.version for name, listed in self.pinned.listings.items()}

    @property
    def digest(self) -> str:
        """SHA-256 of what the archive knows; archives of the same files in the same order agree."""
        columns = ("sha256", "options", "format", "access", "rows_accepted")
        known = [list(row) for row in self.sources.select(columns).iter_rows()]
        remembered = sum(file.rows for file in self.pinned.files("citizens"))
        return hashlib.sha256(json.dumps([known, remembered]).encode()).hexdigest()

    def files(self, table: str) -> tuple[str, ...]:
        """The Parquet files of a table; they may hold rows that do not count."""
        return tuple(str(file.path) for file in self.pinned.files(table))

    def held(self) -> pl.DataFrame:
        """Which source told something of which channel: source_id, platform, channel, replies."""
        with connect() as connection:
            return held(connection, self.pinned)

    def tables(self, backend: BaseBackend) -> Mapping[str, Table]:
        """Posts, snapshots, replies, audience, links and sources on an Ibis backend."""
        tables = {name: self._rows(backend, name) for name in MEASURED}
        sources = self._rows(backend, "sources")
        return {
            "posts": self._read_posts(tables["posts"], tables["snapshots"], sources),
            "snapshots": self._largest_readings(tables["snapshots"], sources),
            "replies": self._unique(tables["replies"], "reply_key", sources),
            "audience": _largest_audience(tables["audience"]),
            "links": self._held_links(tables["links"], tables["posts"]),
            "sources": sources,
        }

    def citizens(self, backend: BaseBackend) -> Table:
        """Texts and author keys of replies, by reply_key; a text that has expired is null."""
        rows = self._rows(backend, "citizens")
        expired = rows.expires_on < ibis.literal(self.today)
        return rows.mutate(text=expired.ifelse(ibis.null("string"), rows.text))

    def _rows(self, backend: BaseBackend, table: str) -> Table:
        files = self.files(table)
        if not files:
            # Not a memory table: on Spark those pass through pandas and lose their types.
            schema = ibis.Schema.from_pyarrow(TABLES[table])
            return backend.sql(select(table, []).strip("()"), schema=schema, dialect="duckdb")
        rows = _read(backend, files)
        if self.pinned.is_mixed(table):
            return rows.filter(rows.source_id.isin(sorted(self.pinned.live_ids)))
        return rows

    @property
    def _in_turn(self) -> bool:
        """Whether every source compared its records with all that were committed before it.

        Then no key is there twice, and looking for repeats would only cost time.
        """
        seen = self.pinned.committed["sources_seen"].to_list()
        return seen == list(range(len(seen)))

    def _unique(self, rows: Table, key: str, sources: Table) -> Table:
        """The record of the source that was committed first, per key."""
        if self._in_turn:
            return rows
        order = sources.select("source_id", "sources_seen", "committed_at")
        ordered = rows.join(order, "source_id")
        first = ibis.row_number().over(
            group_by=key, order_by=["sources_seen", "committed_at", "source_id", "line"]
        )
        return _first(ordered, first).select(rows.columns)

    def _read_posts(self, posts: Table, snapshots: Table, sources: Table) -> Table:
        """Posts of which a reading counts.

        Every post comes with one; but a post that was carried over to a file read anew has lost its
        last one when the file that had it is read anew without it.
        """
        unique = self._unique(posts, "post_key", sources)
        if not self.pinned.committed["supersedes"].count():
            return unique
        read = snapshots.select(read_key="post_key")
        return unique.semi_join(read, unique.post_key == read.read_key)

    def _largest_readings(self, rows: Table, sources: Table) -> Table:
        if self._in_turn and not self.sources["readings_repeated"].sum():
            return rows
        ordered = rows.join(sources.select("source_id", "sources_seen"), "source_id")
        largest = [ibis.desc(ordered[name].fill_null(-1)) for name in COUNTS]
        first = ibis.row_number().over(
            group_by=[ordered.post_key, ordered.read_at],
            order_by=[*largest, ordered.sources_seen, ordered.source_id, ordered.line],
        )
        return _first(ordered, first).select(rows.columns)

    def _held_links(self, links: Table, posts: Table) -> Table:
        """Links of which both records count."""
        if not self.files("links"):
            return links
        keys = posts.select(held="post_key")
        first = links.semi_join(keys, links.post_key == keys.held)
        other = posts.select(also_held="post_key")
        return first.semi_join(other, first.same_as_key == other.also_held)


def _read(backend: BaseBackend, files: tuple[str, ...]) -> Table:
    if backend.name != "pyspark":
        return backend.read_parquet(list(files))
    # Ibis hands Spark a list of files as if it were the name of one.
    name = gen_name("torg_archive")
    backend._session.read.parquet(*files).createOrReplaceTempView(name)
    return backend.table(name)


def _largest_audience(rows: Table) -> Table:
    first = ibis.row_number().over(
        group_by=["platform", "channel", "kind", "read_at"],
        order_by=[ibis.desc(rows.followers.fill_null(-1)), rows.channel_name, rows.line],
    )
    return _first(rows, first)


def _first(rows: Table, position: ibis.expr.types.IntegerColumn) -> Table:
    return rows.mutate(position_=position).filter(lambda row: row.position_ == 0).drop("position_")
