"""The archive as others read it: pinned to one state, only what counts, each record once."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import ibis
import polars as pl
from ibis.backends import BaseBackend
from ibis.expr.types import Table
from ibis.util import gen_name

from torg.archive import visited
from torg.archive.engine import connect
from torg.archive.held import held
from torg.archive.honouring import Noticed, noticed
from torg.archive.keyset import Keys
from torg.archive.pinned import Pinned, select
from torg.archive.tables import COUNTS, TABLES

MEASURED = ("posts", "snapshots", "replies", "audience", "links")


@dataclass(frozen=True)
class Reading:
    """One state of the archive; later imports do not change it.

    Rows are those of sources that were committed then and are not superseded; of a source that may
    be kept no longer they are those that another has told again. Posts and replies are
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
        known += [[source] for source in sorted(self.pinned.lapsed_ids)]
        remembered = sum(file.rows for file in self.pinned.files("citizens"))
        return hashlib.sha256(json.dumps([known, remembered]).encode()).hexdigest()

    def visits(self, *, latest: bool = True) -> pl.DataFrame:
        """The latest visit by commit of each platform, channel, what and subject; or every one.

        Columns as in `collect.VISITS`, then the source's committed_at, ok_at (the last visited_at
        until then of one that was "ok" or "partial") and failures (how many up to this one, in a
        row, were "refused" or "failed"). In the order of the commits.
        """
        return visited.visits(self.pinned, latest=latest)

    def listed_replies(self) -> pl.DataFrame:
        """The sources that had a channel's replies, known ones too, or all those under a post.

        Columns: source_id, platform, channel, subject, visited_at. Without a subject it is a file
        that held replies of the channel; with one, the last source that had the whole list.
        """
        return visited.listed_replies(self.pinned)

    def vanished(self) -> pl.DataFrame:
        """What is known to be gone, by its first notice.

        Columns as in `collect.VANISHED`, and the source's committed_at.
        """
        return visited.vanished(self.pinned)

    def observations(self) -> pl.DataFrame:
        """What was observed by hand: columns as in `collect.OBSERVATIONS` but for the line, sorted.

        Then the `source_id`, which is that of its wave.
        """
        return visited.observations(self.pinned)

    def known_posts(self, *, since: dt.datetime) -> pl.DataFrame:
        """Posts published since then, but for those that are gone.

        Columns: platform, channel, native_id, id_space, published_at, readings (each read_at of
        which there is a count, ascending; none is an empty list) and comments (by the latest).
        """
        return visited.known_posts(self.pinned, since=since)

    def kept_replies(self, *, since: dt.datetime | None = None) -> pl.DataFrame:
        """Replies, published since then and not gone, whose words or author key are still held.

        Columns: platform, channel, native_id, id_space, published_at, post_native_id (null where
        the post is not known).
        """
        return visited.kept_replies(self.pinned, since=since)

    def mark(self, format: str, name: str) -> str | None:  # noqa: A002 -- as `sources` has it
        """Where the last run of that format and name had come to; None where none has said so."""
        return visited.mark(self.pinned, format_=format, name=name)

    def files(self, table: str) -> tuple[str, ...]:
        """The Parquet files of a table; they may hold rows that do not count."""
        return tuple(str(file.path) for file in self.pinned.files(table))

    def held(self) -> pl.DataFrame:
        """Which source told of which channel: source_id, platform, channel, readings, replies."""
        with connect() as connection:
            return held(connection, self.pinned)

    def tables(self, backend: BaseBackend) -> Mapping[str, Table]:
        """Posts, snapshots, replies, audience, links and sources on an Ibis backend."""
        tables = {name: self._rows(backend, name) for name in MEASURED}
        sources = self._rows(backend, "sources")
        replies = self._unique(tables["replies"], "reply_key", sources)
        posts = self._read_posts(tables["posts"], tables["snapshots"], sources)
        return {
            "posts": self._silent(backend, self._reworded(backend, posts, sources)),
            "snapshots": self._largest_readings(self._counted(tables["snapshots"]), sources),
            "replies": self._asked_anew(backend, replies, sources),
            "audience": _largest_audience(self._read_by_machine(tables)),
            "links": self._held_links(tables["links"], tables["posts"]),
            "sources": sources,
        }

    def citizens(self, backend: BaseBackend) -> Table:
        """Texts and author keys of replies, by reply_key; a text that has expired is null.

        Of replies that vanished there is no row, though their words may still lie in files.
        """
        rows = self._latest_words(backend, self._rows(backend, "citizens"))
        if len(self._noticed.replies):
            gone = _keys(backend, self._noticed.replies)
            rows = rows.anti_join(gone, rows.reply_key == gone.gone)
        expired = rows.expires_on < ibis.literal(self.today)
        return rows.mutate(text=expired.ifelse(ibis.null("string"), rows.text))

    def _rows(self, backend: BaseBackend, table: str) -> Table:
        files = self.files(table)
        if not files:
            # Not a memory table: on Spark those pass through pandas and lose their types.
            schema = ibis.Schema.from_pyarrow(TABLES[table])
            return backend.sql(select(table, []).strip("()"), schema=schema, dialect="duckdb")
        rows = _read(backend, files)
        without = self.pinned.not_counting(table)
        if without:
            rows = rows.filter(rows.source_id.notin(sorted(without)))
        lapsed = self.pinned.lapsed(table)
        return self._told_again(backend, rows, table, lapsed) if lapsed else rows

    def _told_again(
        self, backend: BaseBackend, rows: Table, table: str, lapsed: frozenset[str]
    ) -> Table:
        """The rows without those of lapsed sources, but for what another source has told again."""
        kept = rows.filter(rows.source_id.notin(sorted(lapsed)))
        key, tellers = self.pinned.told_again(table)
        others = [self._rows(backend, of).select(held=column) for of, column in tellers]
        if not others:
            return kept
        held = others[0] if len(others) == 1 else ibis.union(*others)
        saved = rows.filter(rows.source_id.isin(sorted(lapsed)))
        return kept.union(saved.semi_join(held, saved[key] == held.held))

    def _newest(self, backend: BaseBackend, what: str, sources: Table) -> Table | None:
        """The latest revision of each post or reply, its columns as `new_...`; None without any."""
        if not self.files("revisions"):
            return None
        rows = self._rows(backend, "revisions")
        told = rows.filter(rows.what == what)
        ordered = told.join(sources.select("source_id", "sources_seen"), "source_id")
        turn = [ibis.desc(ordered[name]) for name in ("edited_at", "sources_seen", "line")]
        latest = ibis.row_number().over(group_by="key", order_by=turn)
        first = _first(ordered, latest).select(rows.columns)
        return first.rename({f"new_{name}": name for name in rows.columns})

    def _reworded(self, backend: BaseBackend, posts: Table, sources: Table) -> Table:
        """Posts with the newest words."""
        newest = self._newest(backend, "post", sources)
        if newest is None:
            return posts
        both = posts.left_join(newest, posts.post_key == newest.new_key)
        text = both.new_key.isnull().ifelse(both.text, both.new_text)
        of_type = both.new_type.coalesce(both.type)
        return both.mutate(text=text, type=of_type).select(posts.columns)

    @cached_property
    def _noticed(self) -> Noticed:
        return noticed(self.pinned)

    def _silent(self, backend: BaseBackend, posts: Table) -> Table:
        """Posts that vanished say nothing, from the notice on."""
        if not len(self._noticed.posts):
            return posts
        gone = _keys(backend, self._noticed.posts)
        both = posts.left_join(gone, posts.post_key == gone.gone)
        blank = {
            name: both.gone.isnull().ifelse(both[name], ibis.null("string"))
            for name in ("text", "url")
        }
        return both.mutate(**blank).select(posts.columns)

    def _asked_anew(self, backend: BaseBackend, replies: Table, sources: Table) -> Table:
        """Replies with what the newest words say of them."""
        newest = self._newest(backend, "reply", sources)
        if newest is None:
            return replies
        both = replies.left_join(newest, replies.reply_key == newest.new_key)
        changed = {
            name: both.new_key.isnull().ifelse(both[name], both[f"new_{name}"])
            for name in ("is_question", "question_rule", "length")
        }
        return both.mutate(**changed).select(replies.columns)

    def _latest_words(self, backend: BaseBackend, citizens: Table) -> Table:
        """Of an edited reply the row alone of the source that told its newest words."""
        newest = self._newest(backend, "reply", self._rows(backend, "sources"))
        if newest is None:
            return citizens
        both = citizens.left_join(newest, citizens.reply_key == newest.new_key)
        counts = both.new_key.isnull() | (both.new_source_id == both.source_id)
        return both.filter(counts).select(citizens.columns)

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

    def _counted(self, rows: Table) -> Table:
        """Without what a run told of a post without a count: streams tell of posts, not of counts.

        Such a row stands in the files all the same, since it says that the post was told again.
        """
        if "run" not in self.sources["kind"]:
            return rows
        counted = ibis.or_(*(rows[name].notnull() for name in COUNTS))
        files = self.sources.filter(kind="file")["source_id"].to_list()
        return rows.filter(counted | rows.source_id.isin(files) if files else counted)

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

    def _read_by_machine(self, tables: Mapping[str, Table]) -> Table:
        """Readings of audiences, without those by hand of channels that other sources tell of.

        Beside those they would say nothing new, and make of one way of access a mixture.
        """
        audience = tables["audience"]
        by_hand = self.sources.filter(kind="observation")["source_id"].to_list()
        if not by_hand:
            return audience
        place = ["platform", "channel"]
        others = audience.filter(audience.source_id.notin(by_hand)).select(place)
        # Of posts those alone that a reading here is of: what may not be shown tells nothing.
        read = tables["snapshots"].select(read_key="post_key").distinct()
        posts = tables["posts"]
        posts = posts.semi_join(read, posts.post_key == read.read_key).select(place)
        told = others.union(posts).distinct()
        return audience.filter(audience.source_id.notin(by_hand)).union(
            audience.filter(audience.source_id.isin(by_hand)).anti_join(told, place)
        )

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


def _keys(backend: BaseBackend, keys: Keys) -> Table:
    """Distinct keys as a table of one column, `gone`."""
    name = gen_name("torg_archive")
    return backend.create_table(name, ibis.memtable(pl.DataFrame({"gone": keys})), temp=True)


def _largest_audience(rows: Table) -> Table:
    first = ibis.row_number().over(
        group_by=["platform", "channel", "kind", "read_at"],
        order_by=[ibis.desc(rows.followers.fill_null(-1)), rows.channel_name, rows.line],
    )
    return _first(rows, first)


def _first(rows: Table, position: ibis.expr.types.IntegerColumn) -> Table:
    return rows.mutate(position_=position).filter(lambda row: row.position_ == 0).drop("position_")
