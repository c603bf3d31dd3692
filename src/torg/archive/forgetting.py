"""What citizens wrote, and who they are, taken out of every file, for good.

The facts stay: that a reply was there, when, and how long it was.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from torg.archive.engine import connect
from torg.archive.identity import POST, Identity
from torg.archive.keyset import Keys
from torg.archive.lake import DataFile, fold_log, listing
from torg.archive.leftovers import leftovers, remove
from torg.archive.oblivion import BENEATH, note
from torg.archive.pinned import Pinned, query, select
from torg.archive.rewriting import Change, drop_dead, replace
from torg.archive.writing import writable

Named = tuple[str, str, str]  # platform, channel, id


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What was taken out: rows that lost their text or author, and files that were rewritten."""

    rows: int
    files: int


@dataclass(frozen=True)
class Meant:
    """Which rows of a table are meant, and the columns that tell."""

    columns: frozenset[str]
    rows: pl.Expr

    @classmethod
    def of(cls, column: str, values: "Keys | list[str]") -> "Meant":
        """The rows where `column` is one of the values."""
        these = pl.Series(values, dtype=None if len(values) else pl.Int64).implode()
        return cls(frozenset({column}), pl.col(column).is_in(these).fill_null(value=False))

    @classmethod
    def outdated(cls, newest: pl.DataFrame | None) -> "Meant":
        """Words of replies of which another source has newer ones (key, source_id)."""
        if newest is None or newest.is_empty():
            return cls(frozenset(), pl.lit(value=False))
        words_of = pl.col("reply_key").replace_strict(
            newest["key"], newest["source_id"], default=None, return_dtype=pl.String
        )
        others = (words_of != pl.col("source_id")).fill_null(value=False)
        return cls(frozenset({"reply_key", "source_id"}), others)

    def __or__(self, other: "Meant") -> "Meant":
        return Meant(self.columns | other.columns, self.rows | other.rows)


def forget_author(folder: Path, author_key: str) -> Forgotten:
    """Take out all that one author wrote, the lock being held."""
    theirs = Meant.of("author_key", [author_key])
    note(folder, _replies_of(folder, theirs))
    return take_out(folder, {"citizens": theirs})


def forget_post(
    folder: Path, *, pinned: Pinned, identity: Identity, named: Iterable[Named]
) -> Forgotten:
    """Take out the text of a post and all that was written under it.

    `named` are all that may be meant; the ids of some networks hold the sign that parts them.
    """
    posts, replies = _keys_of(pinned, identity, named)
    note(folder, [*posts, *replies, *(posts ^ BENEATH)])
    return take_out(
        folder,
        {
            "posts": Meant.of("post_key", posts),
            "revisions": Meant.of("key", posts),
            "citizens": Meant.of("reply_key", replies),
        },
    )


def forget_reply(
    folder: Path, *, pinned: Pinned, identity: Identity, named: Iterable[Named]
) -> Forgotten:
    """Take out the words and the author of one reply."""
    keys = _named_keys(pinned, identity, named, table="replies", usual=("comment", "post"))
    note(folder, keys.tolist())
    return take_out(folder, {"citizens": Meant.of("reply_key", keys)})


def take_out(folder: Path, wanted: dict[str, Meant]) -> Forgotten:
    """Take the words out of the rows that are meant, and out of every file that ever held them."""
    # A killed run may have left the same words in files of its own.
    remove(folder, leftovers(folder))
    rows = files = 0
    for table, meant in wanted.items():
        touched = {file: _count(file, meant) for file in listing(folder, table).files}
        holding = [file for file, count in touched.items() if count]
        replace(folder, table, [[file] for file in holding], change=_CHANGES[table](meant.rows))
        drop_dead(folder, table)
        with writable(folder):
            fold_log(folder, table)
        rows += sum(touched.values())
        files += len(holding)
    return Forgotten(rows=rows, files=files)


def with_ties(keys: set[int], ties: Iterable[tuple[int, int]]) -> set[int]:
    """All records of the same post; ties are stars around the record that is counted."""
    held = list(ties)
    centres = keys | {centre for centre, other in held if other in keys}
    return centres | {other for centre, other in held if centre in centres}


def _replies_of(folder: Path, meant: Meant) -> Iterator[int]:
    """The keys of the replies that an author wrote, in every reading of every file."""
    for file in listing(folder, "citizens").files:
        columns = pl.DataFrame(pq.read_table(file.path, columns=["reply_key", *meant.columns]))
        yield from columns.filter(meant.rows)["reply_key"]


def _blank(*names: str) -> Callable[[pl.Expr], Change]:
    """A post stays as a fact; its address may hold the words of its text."""

    def blanking(meant: pl.Expr) -> Change:
        words = [pl.when(~meant).then(name).alias(name) for name in names]
        return lambda rows: rows.with_columns(words)

    return blanking


def _drop(meant: pl.Expr) -> Change:
    return lambda rows: rows.filter(~meant)


_CHANGES = {"posts": _blank("text", "url"), "revisions": _blank("text"), "citizens": _drop}


def _count(file: DataFile, meant: Meant) -> int:
    names = sorted(meant.columns)
    if not names:
        return 0
    columns = pl.DataFrame(pq.read_table(file.path, columns=names))
    return int(columns.select(meant.rows.sum()).item())


def _every(pinned: Pinned, table: str) -> str:
    return select(table, [file.path for file in pinned.listings[table].files])


def _named_keys(
    pinned: Pinned,
    identity: Identity,
    named: Iterable[Named],
    *,
    table: str,
    usual: tuple[str, ...],
) -> Keys:
    """The keys of records in every id space that the table has, and in the usual ones."""
    with connect() as connection:
        spaces = query(connection, f"SELECT DISTINCT id_space FROM {_every(pinned, table)}")
        each = sorted({*usual, *spaces["id_space"]})
        rows = [(*name, space) for name in named for space in each]
        frame = pl.DataFrame(rows, schema=POST, orient="row")
        keys: Keys = np.unique(identity.add(frame, connection, key=POST)["key"].to_numpy())
    return keys


def _keys_of(pinned: Pinned, identity: Identity, named: Iterable[Named]) -> tuple[Keys, Keys]:
    """The keys of a post in every id space, of the records tied to it, and of their replies."""
    keys = _named_keys(pinned, identity, named, table="posts", usual=("post",))
    with connect() as connection:
        ties = query(connection, f"SELECT post_key, same_as_key FROM {_every(pinned, 'links')}")
        tied = sorted(with_ties(set(keys.tolist()), ties.rows()))
        connection.register("gone", pl.DataFrame({"post_key": tied}).to_arrow())
        replies = query(
            connection,
            f"SELECT reply_key FROM {_every(pinned, 'replies')} SEMI JOIN gone USING (post_key)",
        )
    return np.array(tied, dtype=np.int64), np.unique(replies["reply_key"].to_numpy())
