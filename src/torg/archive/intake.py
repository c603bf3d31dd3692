"""One import under way: chunks of records in, rows of the tables out, what is known left aside."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import duckdb
import numpy as np
import polars as pl

from torg.archive.committed_keys import CommittedKeys
from torg.archive.hiding import hidden
from torg.archive.identity import PARENT, POST, REPLIED_POST, REPLY, Identity
from torg.archive.keyset import Keys, KeySet
from torg.archive.listings import missing_replies
from torg.archive.oblivion import Gone
from torg.archive.pinned import Pinned, query, quoted
from torg.archive.pseudonyms import Pseudonyms
from torg.archive.revising import Edits, rows_of
from torg.archive.tables import COUNTS
from torg.archive.writing import ROW_GROUP, Attempt
from torg.coding import is_question, question_rule
from torg.collect import Batch

Languages = Callable[[str, str], tuple[str, ...]]

FRAMES = ("posts", "replies", "audience", "rejects", "visits", "vanished", "observations")


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How citizens' words are treated in one import."""

    pseudonyms: Pseudonyms | None
    languages: Languages
    expires_on: dt.date
    keep_text: bool
    keep_until: dt.date | None = None  # of the source
    ids_name_authors: bool = False  # of the source
    gone: Gone = field(default_factory=Gone)  # posts and replies whose words must not come back


@dataclass
class Seen:
    """The keys of one table: committed ones, and those of this file so far."""

    committed: CommittedKeys
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
    revised: int = 0
    channels: set[tuple[str, str]] = field(default_factory=set)
    replied: set[tuple[str, str]] = field(default_factory=set)  # channels of which it had replies
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
        self.reworded = KeySet()  # replies of which this source told words more than once
        self._worded = KeySet()  # edited replies of which it has told words
        self._edits: dict[str, Edits] = {}
        self._lists: list[pl.DataFrame] = []  # visits that may say that lists of replies are whole

    def take(self, batch: Batch) -> None:
        """Write one chunk's rows."""
        if self._terms.ids_name_authors:
            batch = hidden(batch, self._terms.pseudonyms)
        self.tally.read += batch.rows_read
        self.tally.rejected += batch.rejects.height
        if batch.posts.height:
            self._posts(batch.posts)
        if batch.replies.height:
            self._replies(batch.replies)
        self._note_channels(batch.audience)
        self._attempt.write("audience", batch.audience)
        self._attempt.write("rejects", batch.rejects)
        self._attempt.write("observations", batch.observations)
        self._attempt.write("visits", batch.visits)
        self._vanished(batch)

    def _vanished(self, batch: Batch) -> None:
        if batch.vanished.height:
            self._attempt.write("vanished", self._keyed(batch.vanished, "key", POST))
        # Lists decide alone only where replies cannot be asked for by their ids.
        if batch.visits.height and self._terms.ids_name_authors:
            self._lists.append(batch.visits)

    def end(self) -> None:
        """Note what the source's whole lists of replies do not name, once all chunks are taken."""
        if not self._lists:
            return
        missing = missing_replies(
            self._connection,
            known=self._known,
            identity=self._identity,
            visits=pl.concat(self._lists),
            here=self._told_replies(),
            gone=self._terms.gone,
        )
        self._attempt.write("vanished", missing)

    def _told_replies(self) -> pl.Series:
        """The keys of all replies that the source told, new and known."""
        if "replies" not in self.seen:
            return pl.Series(dtype=pl.Int64)
        seen = self.seen["replies"]
        return pl.concat([pl.Series(seen.here.to_numpy()), *(part["key"] for part in seen.repeats)])

    def _keyed(self, frame: pl.DataFrame, name: str, columns: tuple[str, ...]) -> pl.DataFrame:
        return self._identity.add(frame, self._connection, **{name: columns})

    def _posts(self, records: pl.DataFrame) -> None:
        self._note_spaces(records)
        posts = self._identity.add(records, self._connection, post_key=POST)
        new = self._new("posts", posts, "post_key")
        self._attempt.write("posts", self._without_forgotten(posts.filter(new)))
        self._revise("post", self._edits_of("post").newer(posts, "post_key"), "post_key")
        several = posts["post_key"].is_duplicated()
        if several.any():
            posts = pl.concat([posts.filter(~several), _largest(posts.filter(several))])
        self._attempt.write("snapshots", posts)

    def _replies(self, records: pl.DataFrame) -> None:
        self._note_replied(records)
        keyed = self._identity.add(
            records, self._connection, reply_key=REPLY, post_key=REPLIED_POST, parent_key=PARENT
        )
        was_here = self._here(keyed)
        new = self._new("replies", keyed, "reply_key")
        newer = self._edits_of("reply").newer(keyed, "reply_key")
        fresh = keyed.filter(new)
        replies = self._asked(fresh)
        self._attempt.write("replies", replies)
        if newer.is_empty() and self._edits_of("reply").is_empty:
            self._attempt.write("citizens", self._citizens(replies))
        else:
            self._reword(replies, newer, was_here)
        self._sight(keyed.filter(~new))

    def _here(self, replies: pl.DataFrame) -> Keys:
        """The keys of the replies of which this source has told words in an earlier chunk."""
        keys: Keys = replies["reply_key"].to_numpy()
        told = self._worded.contains(keys)
        if "replies" in self.seen:
            told |= self.seen["replies"].here.contains(keys)
        return keys[told]

    def _reword(self, fresh: pl.DataFrame, newer: pl.DataFrame, was_here: Keys) -> None:
        """Write the words that count, each reply's once a chunk: new ones and newer ones."""
        newer = self._asked(newer)
        unedited = fresh.join(newer, on="reply_key", how="anti")
        told = unedited.filter(~self._edits_of("reply").older(unedited, "reply_key"))
        words = pl.concat([told, newer.select(told.columns)])
        edited = newer["reply_key"].to_numpy()
        again = np.intersect1d(edited, was_here)
        self.reworded.add(again[~self.reworded.contains(again)])
        self._worded.add(edited[~self._worded.contains(edited)])
        self._revise("reply", newer, "reply_key")
        self._attempt.write("citizens", self._citizens(words, replaced=again))

    def _revise(self, what: str, newer: pl.DataFrame, key: str) -> None:
        self._edits_of(what).note(newer, key)
        self.tally.revised += newer.height
        if newer.height:
            rows = rows_of(self._without_forgotten(newer, key), key, what)
            self._attempt.write("revisions", rows)

    def _edits_of(self, what: str) -> Edits:
        if what not in self._edits:
            self._edits[what] = Edits(self._connection, self._known, what)
        return self._edits[what]

    def _sight(self, repeats: pl.DataFrame) -> None:
        """Note replies that this source may keep for longer than the one that brought them."""
        limited = self._known.live.filter(pl.col("keep_until").is_not_null())
        if self._terms.keep_until is not None:
            limited = limited.filter(pl.col("keep_until") < self._terms.keep_until)
        if repeats.is_empty() or limited.is_empty():
            return
        self._connection.register("again", repeats.select("reply_key").unique().to_arrow())
        sources = ", ".join(quoted(source) for source in limited["source_id"])
        sighted = query(
            self._connection,
            f"""SELECT reply_key FROM {self._known.sql("replies")} SEMI JOIN again USING (reply_key)
                WHERE source_id IN ({sources}) ORDER BY reply_key""",
        )
        self._connection.unregister("again")
        self._attempt.write("sightings", sighted)

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
        return joined.with_columns(
            is_question=asked, length=pl.col("text").str.len_chars().cast(pl.Int64)
        )

    def _citizens(self, replies: pl.DataFrame, *, replaced: Keys | None = None) -> pl.DataFrame:
        """What is personal of the replies; no name is kept without a key, and an owner's never.

        Where nothing is left of a reply that is `replaced`, an empty row stands for that.
        """
        again = pl.Series(np.empty(0, np.int64) if replaced is None else replaced).implode()
        keys = pl.Series("author_key", [None] * replies.height, dtype=pl.String)
        if self._terms.pseudonyms is not None:
            keys = self._terms.pseudonyms.author_keys(replies["author"])
        text = pl.col("text") if self._terms.keep_text else pl.lit(None, dtype=pl.String)
        owner = pl.col("is_owner").fill_null(value=False)
        return (
            replies.with_columns(keys)
            .filter(~self._go_along(replies))
            .select(
                "reply_key",
                "post_key",
                pl.when(~owner).then("author_key").alias("author_key"),
                text.alias("text"),
                expires_on=pl.lit(self._terms.expires_on),
            )
            .filter(
                pl.col("author_key").is_not_null()
                | pl.col("text").is_not_null()
                | pl.col("reply_key").is_in(again)
            )
        )

    def _go_along(self, replies: pl.DataFrame) -> pl.Series:
        """Of each reply whether nothing of it may be kept."""
        gone = self._terms.gone
        return (
            gone.has(replies["reply_key"])
            | gone.above(replies)
            | gone.of_channel(replies, only_where_replies_go=True)
        )

    def _without_forgotten(self, records: pl.DataFrame, key: str = "post_key") -> pl.DataFrame:
        """A forgotten post is a fact without its words and address, whichever file tells it."""
        gone = self._terms.gone
        if gone.is_empty:
            return records
        kept = ~(gone.has(records[key]) | gone.of_channel(records))
        return records.with_columns(
            pl.when(kept).then(name).alias(name) for name in ("text", "url") if name in records
        )

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
        return Seen(CommittedKeys(self._connection, self._known.sql(table), key))

    def _note_replied(self, replies: pl.DataFrame) -> None:
        self._note_channels(replies)
        self.tally.replied.update(replies.select("platform", "channel").unique().rows())

    def _note_channels(self, frame: pl.DataFrame) -> None:
        self.tally.channels.update(frame.select("platform", "channel").unique().rows())

    def _note_spaces(self, frame: pl.DataFrame) -> None:
        spaces = frame.select("platform", "channel", "id_space").unique().rows()
        self.tally.spaces.update(spaces)
        self.tally.channels.update((platform, channel) for platform, channel, _ in spaces)
