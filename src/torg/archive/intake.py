"""One import under way: chunks of records in, rows of the tables out, what is known left aside."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import numpy as np
import polars as pl

from torg.archive.identity import PARENT, POST, REPLIED_POST, REPLY, Identity
from torg.archive.keyset import Keys, KeySet
from torg.archive.pinned import Pinned, query
from torg.archive.pseudonyms import Pseudonyms
from torg.archive.reading import COUNTS
from torg.archive.writing import ROW_GROUP, Attempt
from torg.coding import is_question, question_rule
from torg.collect import Batch

Languages = Callable[[str, str], tuple[str, ...]]

FRAMES = ("posts", "replies", "audience", "rejects")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How citizens' words are treated in one import."""

    pseudonyms: Pseudonyms | None
    languages: Languages
    expires_on: dt.date
    keep_text: bool
    # The keys of posts and replies whose words must not come back.
    forgotten: Keys = field(default_factory=lambda: np.empty(0, dtype=np.int64))


@dataclass
class Seen:
    """The keys of one table: committed ones, and those of this file so far."""

    committed: KeySet
    here: KeySet = field(default_factory=KeySet)
    repeats: list[pl.DataFrame] = field(default_factory=list)  # key and proof of what was there

    def take(self, frame: pl.DataFrame, key: str) -> pl.Series:
        """Which rows are new; from now on they are known."""
        keys = frame[key].to_numpy()
        known = self.committed.contains(keys) | self.here.contains(keys)
        new = ~known & frame[key].is_first_distinct().to_numpy()
        self.here.add(keys[new])
        return pl.Series(new)


@dataclass
class Tally:
    """What an import counts as it goes."""

    read: int = 0
    rejected: int = 0
    channels: set[tuple[str, str]] = field(default_factory=set)
    spaces: set[tuple[str, str, str]] = field(default_factory=set)  # platform, channel, id space


def chunks(batches: Iterable[Batch]) -> Iterator[Batch]:
    """The batches gathered to about a row group each; the next is read while one is taken in."""
    gathered = _gathered(batches)
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(next, gathered, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, gathered, None)
            yield chunk


def _gathered(batches: Iterable[Batch]) -> Iterator[Batch]:
    held: list[Batch] = []
    size = 0
    for batch in batches:
        held.append(batch)
        size += max(getattr(batch, name).height for name in FRAMES)
        if size >= ROW_GROUP:
            yield _together(held)
            held, size = [], 0
    if held:
        yield _together(held)


def _together(batches: list[Batch]) -> Batch:
    frames = {name: pl.concat([getattr(batch, name) for batch in batches]) for name in FRAMES}
    return Batch(**frames, rows_read=sum(batch.rows_read for batch in batches))


def _largest(posts: pl.DataFrame) -> pl.DataFrame:
    """The largest reading of each post and moment."""
    moment = ["post_key", "read_at"]
    falling = [False] * len(moment) + [True] * len(COUNTS)
    return posts.sort(
        *moment, *COUNTS, descending=falling, nulls_last=True, maintain_order=True
    ).unique(moment, keep="first", maintain_order=True)


class Intake:
    """Takes the chunks of one file, in order, into an attempt."""

    def __init__(
        self,
        attempt: Attempt,
        known: Pinned,
        terms: Terms,
        identity: Identity,
        connection: duckdb.DuckDBPyConnection,
    ) -> None:
        self.tally = Tally()
        self._attempt = attempt
        self._known = known
        self._terms = terms
        self._identity = identity
        self._connection = connection
        self.seen: dict[str, Seen] = {}

    def take(self, batch: Batch) -> None:
        """Write one chunk's rows."""
        self.tally.read += batch.rows_read
        self.tally.rejected += batch.rejects.height
        if batch.posts.height:
            self._posts(batch.posts)
        if batch.replies.height:
            self._replies(batch.replies)
        self._note_channels(batch.audience)
        self._attempt.write("audience", batch.audience)
        self._attempt.write("rejects", batch.rejects)

    def _posts(self, records: pl.DataFrame) -> None:
        self._note_spaces(records)
        posts = self._identity.add(records, self._connection, post_key=POST)
        new = self._new("posts", posts, "post_key")
        self._attempt.write("posts", self._without_forgotten(posts.filter(new)))
        several = posts["post_key"].is_duplicated()
        if several.any():
            posts = pl.concat([posts.filter(~several), _largest(posts.filter(several))])
        self._attempt.write("snapshots", posts)

    def _replies(self, records: pl.DataFrame) -> None:
        self._note_channels(records)
        keyed = self._identity.add(
            records, self._connection, reply_key=REPLY, post_key=REPLIED_POST, parent_key=PARENT
        )
        new = self._new("replies", keyed, "reply_key")
        replies = self._asked(keyed.filter(new))
        self._attempt.write(
            "replies", replies.with_columns(length=pl.col("text").str.len_chars().cast(pl.Int64))
        )
        self._attempt.write("citizens", self._citizens(replies))

    def _asked(self, replies: pl.DataFrame) -> pl.DataFrame:
        """The replies with `is_question` and the rule that said so, by channel."""
        channels = replies.select("platform", "channel").unique(maintain_order=True)
        rules = [question_rule(self._terms.languages(*row)) for row in channels.iter_rows()]
        named = channels.with_columns(
            question_rule=pl.Series([r.id for r in rules], dtype=pl.String)
        )
        joined = replies.join(named, on=["platform", "channel"], how="left", maintain_order="left")
        asked = pl.lit(None, dtype=pl.Boolean)
        for rule in sorted({rule.id: rule for rule in rules}.values(), key=lambda rule: rule.id):
            decided = is_question(pl.col("text"), rule=rule)
            asked = pl.when(pl.col("question_rule") == rule.id).then(decided).otherwise(asked)
        return joined.with_columns(is_question=asked)

    def _citizens(self, replies: pl.DataFrame) -> pl.DataFrame:
        """What is personal of the replies; no name is kept without a key, and an owner's never."""
        keys = pl.Series("author_key", [None] * replies.height, dtype=pl.String)
        if self._terms.pseudonyms is not None:
            keys = self._terms.pseudonyms.author_keys(replies["author"])
        text = pl.col("text") if self._terms.keep_text else pl.lit(None, dtype=pl.String)
        owner = pl.col("is_owner").fill_null(value=False)
        return (
            replies.with_columns(keys)
            .select(
                "reply_key",
                "post_key",
                pl.when(~owner).then("author_key").alias("author_key"),
                text.alias("text"),
                expires_on=pl.lit(self._terms.expires_on),
            )
            .filter(pl.col("author_key").is_not_null() | pl.col("text").is_not_null())
            .filter(~self._is_forgotten("reply_key") & ~self._is_forgotten("post_key"))
        )

    def _without_forgotten(self, posts: pl.DataFrame) -> pl.DataFrame:
        """A forgotten post is a fact without its words and address, whichever file tells it."""
        if not len(self._terms.forgotten):
            return posts
        kept = ~self._is_forgotten("post_key")
        return posts.with_columns(pl.when(kept).then(name).alias(name) for name in ("text", "url"))

    def _is_forgotten(self, key: str) -> pl.Expr:
        return pl.col(key).is_in(pl.Series(self._terms.forgotten).implode()).fill_null(value=False)

    def _new(self, table: str, frame: pl.DataFrame, key: str) -> pl.Series:
        if frame[key].null_count():
            raise ValueError(f"records without an identity among the {table}")
        if table not in self.seen:
            self.seen[table] = self._load(table, key)
        new = self.seen[table].take(frame, key)
        if not new.all():
            again = frame.filter(~new)
            proofs = self._identity.proofs(again, self._connection)
            self.seen[table].repeats.append(pl.DataFrame({"key": again[key], "proof": proofs}))
        return new

    def _load(self, table: str, key: str) -> Seen:
        keys = query(self._connection, f"SELECT {key} FROM {self._known.sql(table)}")
        return Seen(KeySet(keys[key].to_numpy()))

    def _note_channels(self, frame: pl.DataFrame) -> None:
        self.tally.channels.update(frame.select("platform", "channel").unique().rows())

    def _note_spaces(self, frame: pl.DataFrame) -> None:
        spaces = frame.select("platform", "channel", "id_space").unique().rows()
        self.tally.spaces.update(spaces)
        self.tally.channels.update((platform, channel) for platform, channel, _ in spaces)
