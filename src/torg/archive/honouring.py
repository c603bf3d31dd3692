"""What vanished on the networks, and words that were changed, taken out of every file.

A notice in `vanished` counts from its commit: no later source brings the words in. Taking out the
words that are there already is a rewriting, done in bulk by whoever keeps the archive, within a
day. What has been taken out is noted in `forgotten` afterwards, so that a run that is killed on the
way begins anew, and one that finds nothing to do is done at once.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from torg.archive.engine import connect
from torg.archive.forgetting import Forgotten, Meant, take_out, with_ties
from torg.archive.keyset import Keys
from torg.archive.oblivion import REPLIES_STAY, forgotten, note, vanished
from torg.archive.pinned import Pinned, query, quoted, select
from torg.archive.revising import newest


@dataclass(frozen=True)
class Due:
    """What has been noticed and not yet honoured."""

    keys: Keys  # of posts and replies that vanished
    channels: pl.DataFrame  # platform, channel, noticed_at
    reworded: bool  # whether newer words of replies came
    markers: Keys  # to be noted once all of this is honoured

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to do."""
        return not len(self.markers) and not len(self.keys)


@dataclass(frozen=True)
class Noticed:
    """The keys of posts and replies that vanished and whose words may still lie in files."""

    posts: Keys
    replies: Keys


def noticed(pinned: Pinned) -> Noticed:
    """What `honour` would take out; where all is honoured, that is nothing, and soon said."""
    nothing = np.empty(0, dtype=np.int64)
    if not pinned.files("vanished"):
        return Noticed(nothing, nothing)
    noted = forgotten(pinned)
    due = _due(pinned, noted)
    if not len(due.keys) and due.channels.is_empty():
        return Noticed(nothing, nothing)
    with connect() as connection:
        posts = _posts(connection, pinned, due)
        return Noticed(posts, _replies(connection, pinned, due, posts))


def honour(folder: Path, *, pinned: Pinned) -> Forgotten:
    """Take out what is due, the lock being held."""
    noted = forgotten(pinned)
    due = _due(pinned, noted)
    if due.is_nothing:
        return Forgotten(rows=0, files=0)
    with connect() as connection:
        posts = _posts(connection, pinned, due)
        replies = _replies(connection, pinned, due, posts)
        outdated = newest(connection, pinned, "reply") if due.reworded else None
    taken = take_out(
        folder, _meant(np.setdiff1d(posts, noted), np.setdiff1d(replies, noted), outdated)
    )
    gone = np.concatenate([due.keys, posts, replies, due.markers])
    note(folder, np.setdiff1d(gone, noted).tolist())
    return taken


def _meant(posts: Keys, replies: Keys, outdated: pl.DataFrame | None) -> dict[str, Meant]:
    wanted = {}
    if len(posts):
        wanted = {"posts": Meant.of("post_key", posts), "revisions": Meant.of("key", posts)}
    if len(replies) or outdated is not None:
        wanted["citizens"] = Meant.of("reply_key", replies) | Meant.outdated(outdated)
    return wanted


def _due(pinned: Pinned, noted: Keys) -> Due:
    notices = vanished(pinned)
    keys = np.setdiff1d(notices["key"].drop_nulls().to_numpy(), noted)
    channels = notices.filter(pl.col("native_id").is_null()).select(
        "platform", "channel", "noticed_at"
    )
    channels = channels.unique(maintain_order=True)
    of_channels = _markers("channel", *channels.rows())
    of_sources = _markers("reworded", *((source,) for source in _rewording(pinned)))
    new = ~np.isin(of_channels, noted)
    fresh = np.setdiff1d(of_sources, noted)
    return Due(
        keys=keys,
        channels=channels.filter(pl.Series(new, dtype=pl.Boolean)),
        reworded=bool(len(fresh)),
        markers=np.concatenate([of_channels[new], fresh]),
    )


def _markers(kind: str, *names: tuple[object, ...]) -> Keys:
    """Numbers like keys that stand for something that was honoured as a whole."""
    texts = ["\x1f".join([kind, *map(str, name)]) for name in names]
    digests = [hashlib.sha256(text.encode()).digest() for text in texts]
    numbers = [int.from_bytes(digest[:8], "big") >> 1 for digest in digests]
    return np.array(numbers, dtype=np.int64)


def _rewording(pinned: Pinned) -> list[str]:
    """The sources that told newer words of replies."""
    files = pinned.files("revisions")
    told = [pl.read_parquet(file.path, columns=["source_id", "what"]) for file in files]
    sources = (frame.filter(what="reply")["source_id"].unique() for frame in told)
    return sorted({source for found in sources for source in found} & pinned.live_ids)


def _every(pinned: Pinned, table: str) -> str:
    """All rows of a table, those that do not count too."""
    return select(table, [file.path for file in pinned.listings[table].files])


def _posts(connection: duckdb.DuckDBPyConnection, pinned: Pinned, due: Due) -> Keys:
    """The posts that are gone, with every record of them."""
    keys = set(due.keys.tolist())
    keys |= set(_of_channels(connection, pinned, "posts", "post_key", due.channels))
    ties = query(connection, f"SELECT post_key, same_as_key FROM {_every(pinned, 'links')}")
    return np.array(sorted(with_ties(keys, ties.rows())), dtype=np.int64)


def _replies(connection: duckdb.DuckDBPyConnection, pinned: Pinned, due: Due, posts: Keys) -> Keys:
    """The replies that are gone, and where a network takes them along those beneath."""
    going = due.channels.filter(~pl.col("platform").is_in(REPLIES_STAY))
    found = {*due.keys.tolist(), *_of_channels(connection, pinned, "replies", "reply_key", going)}
    stay = ", ".join(quoted(platform) for platform in sorted(REPLIES_STAY))
    beneath = f"SELECT reply_key FROM {_every(pinned, 'replies')} WHERE platform NOT IN ({stay})"
    above = {*found, *posts.tolist()}
    while above:
        connection.register("above", pl.DataFrame({"key": sorted(above)}).to_arrow())
        under = query(
            connection,
            f"""{beneath} AND (post_key IN (SELECT key FROM above)
                OR parent_key IN (SELECT key FROM above))""",
        )
        connection.unregister("above")
        above = set(under["reply_key"]) - found
        found |= above
    return np.array(sorted(found), dtype=np.int64)


def _of_channels(
    connection: duckdb.DuckDBPyConnection,
    pinned: Pinned,
    table: str,
    key: str,
    channels: pl.DataFrame,
) -> Iterable[int]:
    """What had been published on the channels when they were noticed to be gone."""
    if channels.is_empty():
        return []
    connection.register("gone", channels.to_arrow())
    found = query(
        connection,
        f"""SELECT DISTINCT {key} FROM {_every(pinned, table)} JOIN gone USING (platform, channel)
            WHERE published_at IS NULL OR published_at <= noticed_at""",
    )
    connection.unregister("gone")
    return found[key]
