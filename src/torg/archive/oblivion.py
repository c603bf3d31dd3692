"""The keys of what was forgotten, kept so that no file brings the words back.

A key is made of platform, channel and id: it says which record, and nothing of what stood there.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from torg.archive.footers import REWRITE
from torg.archive.keyset import Keys
from torg.archive.lake import commit, create_tables, listing
from torg.archive.pinned import Pinned
from torg.archive.tables import TABLES
from torg.archive.writing import TableFile, writable

TABLE = "forgotten"

# Networks where a reply is its author's own record and stays when what it answers is deleted; on
# all others the replies go with the post.
REPLIES_STAY = frozenset({"bluesky", "mastodon", "rss", "threads", "x"})

# A key that is turned by this stands for all that is said under a post, now and later.
BENEATH = 0x5DEECE66D5DEECE6

_CHANNEL = ["platform", "channel"]
_NO_CHANNELS = pl.DataFrame(
    schema={
        "platform": pl.String(),
        "channel": pl.String(),
        "noticed_at": pl.Datetime("us", "UTC"),
    }
)


@dataclass(frozen=True)
class Gone:
    """Posts, replies and channels whose words must not come in."""

    keys: Keys = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    # platform, channel, noticed_at: all that was published until then went with the channel
    channels: pl.DataFrame = field(default_factory=_NO_CHANNELS.clone)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is gone."""
        return len(self.keys) == 0 and self.channels.is_empty()

    def has(self, keys: pl.Series) -> pl.Series:
        """Of each key whether its record is gone."""
        return keys.is_in(pl.Series(self.keys).implode()).fill_null(value=False)

    def above(self, replies: pl.DataFrame) -> pl.Series:
        """Of each reply whether it goes along with what it answers.

        Where replies stay they do so only under a post that was forgotten with all beneath it.
        """
        stays = replies["platform"].is_in(REPLIES_STAY)
        with_it = self.has(replies["post_key"]) | self.has(replies["parent_key"])
        return (~stays & with_it) | self.has(replies["post_key"] ^ BENEATH)

    def of_channel(
        self, records: pl.DataFrame, *, only_where_replies_go: bool = False
    ) -> pl.Series:
        """Of each record whether it went with its channel."""
        if self.channels.is_empty():
            return pl.repeat(value=False, n=records.height, eager=True)
        channels = self.channels
        if only_where_replies_go:
            channels = channels.filter(~pl.col("platform").is_in(REPLIES_STAY))
        known = records.select(*_CHANNEL, "published_at").join(
            channels, on=_CHANNEL, how="left", maintain_order="left"
        )
        before = pl.col("published_at").is_null() | (pl.col("published_at") <= pl.col("noticed_at"))
        return known.select(pl.col("noticed_at").is_not_null() & before).to_series()


def gone(pinned: Pinned) -> Gone:
    """All that was forgotten, and all that is known to have vanished."""
    noticed = vanished(pinned)
    channels = noticed.filter(pl.col("native_id").is_null()).group_by(_CHANNEL)
    keys: Keys = np.union1d(forgotten(pinned), noticed["key"].drop_nulls().to_numpy())
    latest = (
        channels.agg(pl.max("noticed_at")).select(_NO_CHANNELS.columns).cast(_NO_CHANNELS.schema)
    )
    return Gone(keys, latest.select(_NO_CHANNELS.columns).sort(_CHANNEL))


def vanished(pinned: Pinned) -> pl.DataFrame:
    """What sources that count have noticed to be gone; columns as in `tables.VANISHED`."""
    none = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([], schema=TABLES["vanished"])))
    files = pinned.files("vanished")
    told = [pl.read_parquet(file.path).select(none.columns) for file in files]
    found = pl.concat([none, *told])
    return found.filter(pl.col("source_id").is_in(pinned.live["source_id"].implode()))


def forgotten(pinned: Pinned) -> Keys:
    """The keys of forgotten posts and replies, sorted."""
    files = pinned.listings[TABLE].files
    columns = [pl.read_parquet(file.path, columns=["key"])["key"].to_numpy() for file in files]
    keys: Keys = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *columns]))
    return keys


def note(folder: Path, keys: Iterable[int]) -> None:
    """Note the keys of posts and replies, before their words are taken out, the lock being held."""
    frame = pl.DataFrame({"key": sorted(set(keys))}, schema={"key": pl.Int64})
    if frame.is_empty():
        return
    with writable(folder):
        create_tables(folder)
        version = listing(folder, TABLE).version
        path = folder / TABLE / f"{REWRITE}-{version + 1}-{uuid.uuid4().hex}.parquet"
        made = TableFile(TABLE, path)
        made.write(frame)
        made.close()
        commit(folder, TABLE, add=[path], after=version)
