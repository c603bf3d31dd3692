"""What a file read anew must not undo, nor lose.

A file read with other options supersedes what it brought before. Its texts expire when they would
have, and a post that a third file had too, and that was stored with the superseded file only, is
carried over; so are the ties of forgotten posts.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import duckdb
import polars as pl

from torg.archive.engine import connect
from torg.archive.intake import Seen, Terms
from torg.archive.keyset import Keys
from torg.archive.pinned import Pinned, query
from torg.archive.tables import TABLES


def inherited(pinned: Pinned, superseded: str, terms: Terms, *, today: dt.date) -> Terms:
    """The terms of the new reading, bound by what became of the former."""
    citizens = f"{pinned.sql('citizens')} WHERE source_id = '{superseded}'"
    with connect() as connection:
        expires = query(connection, f"SELECT min(expires_on) FROM {citizens}").item()
    if expires is None:  # nothing of a citizen is left of it to say when
        taken = pinned.live.filter(source_id=superseded)["committed_at"][0].date()
        expires = taken + (terms.expires_on - today)
    return replace(
        terms,
        expires_on=min(terms.expires_on, expires),
        keep_text=terms.keep_text and expires >= today,
    )


def carried(
    connection: duckdb.DuckDBPyConnection,
    state: Pinned,
    known: Pinned,
    seen: Mapping[str, Seen],
) -> pl.DataFrame:
    """Posts of the superseded source that others have read and the new one does not hold."""
    posts = query(
        connection,
        f"""SELECT * FROM {state.sql("posts")}
            SEMI JOIN {known.sql("snapshots")} USING (post_key)
            ANTI JOIN {known.sql("posts")} USING (post_key)
            ORDER BY line""",
    ).select(TABLES["posts"].names)
    if "posts" not in seen:
        return posts
    return posts.filter(~pl.Series(seen["posts"].here.contains(posts["post_key"].to_numpy())))


def carried_ties(
    connection: duckdb.DuckDBPyConnection, state: Pinned, superseded: str, gone: Keys
) -> pl.DataFrame:
    """The superseded source's links of forgotten posts: no words are left to find them by."""
    ties = query(connection, f"SELECT * FROM {state.sql('links')} WHERE source_id = '{superseded}'")
    lost = pl.Series(gone).implode()
    return ties.filter(pl.col("post_key").is_in(lost) | pl.col("same_as_key").is_in(lost))


def carried_revisions(
    connection: duckdb.DuckDBPyConnection, state: Pinned, superseded: str, posts: pl.DataFrame
) -> pl.DataFrame:
    """The superseded source's revisions of the posts that are carried over."""
    told = query(
        connection, f"SELECT * FROM {state.sql('revisions')} WHERE source_id = '{superseded}'"
    )
    return told.filter(pl.col("key").is_in(posts["post_key"].implode()), what="post")
