"""Whole lists of replies: a reply that is known and does not stand in the list is gone.

Only where ids name authors, so that they are not kept and no reply can be asked for by its id.
Elsewhere a list is no verdict: what is deleted between two of its pages shifts others over the
edge, and platforms leave replies out now and then.
"""

import duckdb
import polars as pl

from torg.archive.identity import POST, Identity
from torg.archive.oblivion import Gone
from torg.archive.pinned import Pinned, query
from torg.collect import VANISHED

_SPACES = "SELECT 'post' AS id_space UNION SELECT DISTINCT id_space FROM {posts}"
_NONE = pl.DataFrame(schema={**VANISHED, "key": pl.Int64()})


def missing_replies(
    connection: duckdb.DuckDBPyConnection,
    *,
    known: Pinned,
    identity: Identity,
    visits: pl.DataFrame,
    here: pl.Series,
    gone: Gone,
) -> pl.DataFrame:
    """Notices of known replies whose words are held and that a whole list does not name any more.

    A visit "replies" of one post that went "ok" has told of all replies under it; `here` are the
    keys of all that were told.
    """
    whole = visits.filter(
        pl.col("what") == "replies", pl.col("outcome") == "ok", pl.col("subject").is_not_null()
    )
    if whole.is_empty() or not known.files("replies"):
        return _NONE
    connection.register("listed", _subjects(connection, known, identity, whole).to_arrow())
    connection.register("here", pl.DataFrame({"reply_key": here}).to_arrow())
    held = query(
        connection,
        f"""SELECT r.platform, r.channel, r.native_id, r.id_space, 'reply' AS what, noticed_at,
                'missing' AS basis, reply_key AS key
            FROM {known.sql("replies")} r JOIN listed USING (post_key)
            ANTI JOIN here USING (reply_key)
            SEMI JOIN {known.sql("citizens")} c USING (reply_key)
            ORDER BY reply_key""",
    )
    connection.unregister("listed")
    connection.unregister("here")
    return held.filter(~gone.has(held["key"])).select(_NONE.columns).cast(_NONE.schema)


def _subjects(
    connection: duckdb.DuckDBPyConnection, known: Pinned, identity: Identity, whole: pl.DataFrame
) -> pl.DataFrame:
    """post_key and noticed_at of the posts, whichever id space their ids belong to."""
    spaces = query(connection, _SPACES.format(posts=known.sql("posts")))
    named = whole.select("platform", "channel", "visited_at", native_id="subject").join(
        spaces, how="cross"
    )
    keyed = identity.add(named, connection, post_key=POST)
    return keyed.group_by("post_key").agg(noticed_at=pl.max("visited_at")).sort("post_key")
