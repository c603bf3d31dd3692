"""What citizens wrote, and who they are, taken out of every file, for good.

The facts stay: that a reply was there, when, and how long it was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from torg.archive.engine import connect
from torg.archive.identity import POST, Identity
from torg.archive.lake import DataFile, forget_log, listing
from torg.archive.leftovers import leftovers, remove
from torg.archive.oblivion import note
from torg.archive.pinned import Pinned, query, select
from torg.archive.rewriting import Change, drop_dead, replace


@dataclass(frozen=True, kw_only=True)
class Forgotten:
    """What was taken out: rows that lost their text or author, and files that were rewritten."""

    rows: int
    files: int


def forget_author(folder: Path, author_key: str) -> Forgotten:
    """Take out all that one author wrote, the lock being held."""
    theirs = _Rows("author_key", [author_key])
    note(folder, _replies_of(folder, theirs))
    return _forget(folder, {"citizens": theirs})


def forget_post(
    folder: Path, *, pinned: Pinned, identity: Identity, post: tuple[str, str, str]
) -> Forgotten:
    """Take out the text of a post (platform, channel, id) and all that was written under it."""
    posts, replies = _keys_of(pinned, identity, post)
    note(folder, [*posts, *replies])
    return _forget(
        folder, {"posts": _Rows("post_key", posts), "citizens": _Rows("reply_key", replies)}
    )


@dataclass(frozen=True)
class _Rows:
    """The rows of a table that are meant: those where `column` is one of `values`."""

    column: str
    values: list[int] | list[str]

    @property
    def meant(self) -> pl.Expr:
        return pl.col(self.column).is_in(self.values).fill_null(value=False)


def _forget(folder: Path, wanted: dict[str, _Rows]) -> Forgotten:
    # A killed run may have left the same words in files of its own.
    remove(folder, leftovers(folder))
    rows = files = 0
    for table, meant in wanted.items():
        touched = {file: _count(file, meant) for file in listing(folder, table).files}
        holding = [file for file, count in touched.items() if count]
        replace(folder, table, [[file] for file in holding], change=_CHANGES[table](meant.meant))
        drop_dead(folder, table)
        forget_log(folder, table)
        rows += sum(touched.values())
        files += len(holding)
    return Forgotten(rows=rows, files=files)


def _replies_of(folder: Path, meant: _Rows) -> Iterator[int]:
    """The keys of the replies that an author wrote, in every reading of every file."""
    for file in listing(folder, "citizens").files:
        columns = pl.DataFrame(pq.read_table(file.path, columns=["reply_key", meant.column]))
        yield from columns.filter(meant.meant)["reply_key"]


def _blank(meant: pl.Expr) -> Change:
    """A post stays as a fact; its address may hold the words of its text."""
    words = [pl.when(~meant).then(name).alias(name) for name in ("text", "url")]
    return lambda rows: rows.with_columns(words)


def _drop(meant: pl.Expr) -> Change:
    return lambda rows: rows.filter(~meant)


_CHANGES = {"posts": _blank, "citizens": _drop}


def _count(file: DataFile, meant: _Rows) -> int:
    column = pl.DataFrame(pq.read_table(file.path, columns=[meant.column]))
    return int(column.select(meant.meant.sum()).item())


def _keys_of(
    pinned: Pinned, identity: Identity, post: tuple[str, str, str]
) -> tuple[list[int], list[int]]:
    """The keys of a post in every id space, of the records tied to it, and of their replies."""
    everything = {
        table: select(table, [file.path for file in pinned.listings[table].files])
        for table in ("posts", "replies", "links")
    }
    with connect() as connection:
        spaces = query(connection, f"SELECT DISTINCT id_space FROM {everything['posts']}")
        named = pl.DataFrame(
            [(*post, space) for space in {"post", *spaces["id_space"]}], schema=POST, orient="row"
        )
        keys = set(identity.add(named, connection, post_key=POST)["post_key"])
        tied = query(connection, f"SELECT post_key, same_as_key FROM {everything['links']}").rows()
        keys = _with_ties(keys, tied)
        listed = ", ".join(map(str, sorted(keys)))
        replies = query(
            connection,
            f"SELECT reply_key FROM {everything['replies']} WHERE post_key IN ({listed})",
        )
    return sorted(keys), sorted(set(replies["reply_key"]))


def _with_ties(keys: set[int], ties: Iterable[tuple[int, int]]) -> set[int]:
    """All records of the same post; ties are stars around the record that is counted."""
    centres = keys | {centre for centre, other in ties if other in keys}
    return centres | {other for centre, other in ties if centre in centres}
