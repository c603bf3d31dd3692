"""The archive as everybody may see it: as if what is withheld had never been taken in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Self

import ibis
import polars as pl
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from torg.archive import Reading
from torg.disclose.ledger import PLACE

_BY_SOURCE = ["source_id", *PLACE]


@dataclass(frozen=True)
class PublicReading(Reading):
    """A reading without the rows that `ledger` withholds.

    A post stays where a source that may be shown has read it too, without what its own source says
    of the audience. Of replies the archive knows only who brought them first; so where a channel
    has replies of a source that is withheld, all of its replies are.
    """

    whole: Reading = field(kw_only=True, repr=False, compare=False)
    ledger: pl.DataFrame = field(kw_only=True, repr=False, compare=False)

    @classmethod
    def of(cls, reading: Reading, ledger: pl.DataFrame) -> Self:
        """The part of a reading that everybody may see."""
        known = {each.name: getattr(reading, each.name) for each in fields(reading)}
        return cls(**known, whole=reading, ledger=ledger)

    @cached_property
    def _withheld(self) -> pl.DataFrame:
        return self.ledger.filter(pl.col("rule").is_not_null()).select(_BY_SOURCE)

    @cached_property
    def _without_replies(self) -> pl.DataFrame:
        """The rows of every channel of which a withheld source brought replies."""
        hides = (pl.col("rule").is_not_null() & (pl.col("replies") > 0)).any()
        return self.ledger.filter(hides.over("platform", "known_as"))

    @property
    def sources(self) -> pl.DataFrame:
        """The sources that count; their accepted rows without the replies that are withheld."""
        lost = self._without_replies.group_by("source_id").agg(lost=pl.col("replies").sum())
        joined = super().sources.join(lost, on="source_id", how="left", maintain_order="left")
        left = pl.col("rows_accepted") - pl.col("lost").fill_null(0)
        return joined.with_columns(rows_accepted=left).drop("lost")

    def listed_replies(self) -> pl.DataFrame:
        """The sources that listed replies and may be shown."""
        return super().listed_replies().join(self._withheld, on=_BY_SOURCE, how="anti")

    def tables(self, backend: BaseBackend) -> Mapping[str, Table]:
        """The tables of the archive, each without its withheld rows."""
        tables = super().tables(backend)
        # A reading without any count is none of `snapshots`, and tells of its post all the same.
        told = self._rows(backend, "snapshots")
        posts = _posts_shown(tables["posts"], told, self._hidden(backend))
        return {**tables, "posts": posts, "links": self._held_links(tables["links"], posts)}

    def _rows(self, backend: BaseBackend, table: str) -> Table:
        """The rows that may be shown: of two readings of one moment, the other one stays."""
        rows = super()._rows(backend, table)
        if table == "audience":
            return rows.anti_join(self._hidden(backend), _BY_SOURCE)
        if table == "replies":
            silent = self._without_replies.select(PLACE).unique().sort(PLACE)
            return rows.anti_join(_put(backend, silent), PLACE)
        if table == "snapshots":
            return rows.anti_join(self._hidden_readings(backend), ["source_id", "post_key"])
        return rows

    def _hidden_readings(self, backend: BaseBackend) -> Table:
        """source_id, post_key: a reading tells no channel, its post does."""
        # Of the whole archive: which posts are shown depends on the readings that are.
        posts = self.whole.tables(backend)["posts"].select("post_key", *PLACE)
        return posts.join(self._hidden(backend), PLACE).select("source_id", "post_key")

    def _hidden(self, backend: BaseBackend) -> Table:
        return _put(backend, self._withheld)


def _posts_shown(posts: Table, snapshots: Table, hidden: Table) -> Table:
    """The posts that have a reading left; of the audience only what may be shown."""
    read = snapshots.select(read_key="post_key").distinct()
    kept = posts.semi_join(read, posts.post_key == read.read_key)
    marked = kept.left_join(hidden.mutate(is_hidden=ibis.literal(value=True)), _BY_SOURCE)
    followers = ibis.ifelse(marked.is_hidden.isnull(), marked.followers, None)
    return marked.mutate(followers=followers).select(posts.columns)


def _put(backend: BaseBackend, frame: pl.DataFrame) -> Table:
    """A small frame of texts on an engine."""
    name = ibis.util.gen_name("torg_public")
    return backend.create_table(name, ibis.memtable(frame.to_arrow()), temp=True)
