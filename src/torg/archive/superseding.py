"""What a file read anew must not undo, nor lose.

A file read with other options supersedes what it brought before. What was forgotten of it stays
forgotten, its texts expire when they would have, and a post that a third file had too, and that was
stored with the superseded file only, is carried over.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import duckdb
import polars as pl

from torg.archive.engine import connect
from torg.archive.intake import Seen, Terms
from torg.archive.pinned import Pinned, query
from torg.archive.tables import TABLES


def inherited(pinned: Pinned, superseded: str, terms: Terms, *, today: dt.date) -> Terms:
    """The terms of the new reading, bound by what became of the former."""
    mine = f"source_id = '{superseded}'"
    citizens = f"(SELECT * FROM {pinned.sql('citizens')} WHERE {mine})"
    replies = f"(SELECT * FROM {pinned.sql('replies')} WHERE {mine})"
    with connect() as connection:
        expires = query(connection, f"SELECT min(expires_on) AS day FROM {citizens}").item()
        if expires is None:
            return terms
        gone = query(
            connection,
            f"SELECT reply_key FROM {replies} ANTI JOIN {citizens} USING (reply_key)",
        )
    return replace(
        terms,
        expires_on=min(terms.expires_on, expires),
        keep_text=terms.keep_text and expires >= today,
        forgotten=gone["reply_key"].to_numpy(),
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
