"""What those who follow channels ask of the archive each round: small frames, by DuckDB."""

import datetime as dt
import json

import polars as pl

from torg.archive.engine import connect
from torg.archive.pinned import Pinned, query, quoted
from torg.archive.tables import COUNTS
from torg.collect import OBSERVATIONS, VANISHED, VISITS

_COUNTED = ", ".join(COUNTS)
_PLACE = "platform, channel, native_id, id_space"
_KEY = "platform, channel, what, subject"


def visits(pinned: Pinned, *, latest: bool = True) -> pl.DataFrame:
    """The latest visit by commit of each channel, what and subject; or every visit.

    The order is that of the commits: a clock that was ahead for a while does not win for ever.
    """
    so_far = f"OVER (PARTITION BY {_KEY} ORDER BY n ROWS UNBOUNDED PRECEDING)"
    rows = f"""SELECT *,
            arg_max(visited_at, n) FILTER (outcome IN ('ok', 'partial')) {so_far} AS ok_at,
            n - coalesce(max(n) FILTER (outcome NOT IN ('refused', 'failed')) {so_far}, 0)
                AS failures
        FROM (SELECT v.*, committed_at, sources_seen, row_number() OVER (PARTITION BY {_KEY}
                ORDER BY sources_seen, visited_at, outcome, mark) AS n
            FROM {pinned.sql("visits")} v JOIN turns USING (source_id))"""
    if latest:
        rows += f" QUALIFY row_number() OVER (PARTITION BY {_KEY} ORDER BY n DESC) = 1"
    return _asked(
        pinned,
        f"""SELECT {", ".join(VISITS)}, committed_at, ok_at, failures FROM ({rows})
            ORDER BY sources_seen, visited_at, {_KEY}, n""",
    )


def listed_replies(pinned: Pinned) -> pl.DataFrame:
    """Who had a channel's replies, or last had the whole list of those under one post."""
    sql = f"""WITH listed AS (
            SELECT source_id, platform, channel, subject, visited_at, sources_seen
            FROM {pinned.sql("visits")} JOIN turns USING (source_id)
            WHERE what = 'replies' AND outcome = 'ok')
        SELECT source_id, platform, channel, subject, visited_at FROM listed
        QUALIFY subject IS NULL OR row_number() OVER (PARTITION BY platform, channel, subject
            ORDER BY visited_at DESC, sources_seen DESC, source_id) = 1
        ORDER BY sources_seen, platform, channel, subject, visited_at"""
    return _asked(pinned, sql)


def vanished(pinned: Pinned) -> pl.DataFrame:
    """The first notice of each post, reply or channel that is gone."""
    sql = f"""SELECT {", ".join(VANISHED)}, committed_at FROM (
            SELECT v.*, committed_at, sources_seen FROM {pinned.sql("vanished")} v
            JOIN turns USING (source_id)
            QUALIFY row_number() OVER (PARTITION BY {_PLACE}
                ORDER BY noticed_at, sources_seen, basis, what) = 1)
        ORDER BY noticed_at, {_PLACE}"""
    return _asked(pinned, sql)


def observations(pinned: Pinned) -> pl.DataFrame:
    """All that was observed by hand, sorted."""
    columns = ", ".join(name for name in OBSERVATIONS if name != "line")
    return _asked(
        pinned,
        f"SELECT {columns}, source_id FROM {pinned.sql('observations')} ORDER BY ALL",
    )


def known_posts(pinned: Pinned, *, since: dt.datetime) -> pl.DataFrame:
    """Posts published since then that are not known to be gone, with the instants of reading."""
    sql = f"""WITH recent AS (
            SELECT post_key, {_PLACE}, published_at FROM {pinned.sql("posts")}
            WHERE published_at >= {quoted(since.isoformat())}::TIMESTAMPTZ
                AND post_key NOT IN (
                    SELECT key FROM {pinned.sql("vanished")} WHERE key IS NOT NULL)),
        readings AS (
            SELECT post_key, list_sort(list(DISTINCT read_at)) AS readings,
                arg_max(comments, read_at) AS comments
            FROM {pinned.sql("snapshots")} SEMI JOIN recent USING (post_key)
            WHERE coalesce({_COUNTED}) IS NOT NULL GROUP BY post_key)
        SELECT {_PLACE}, published_at, coalesce(readings, []) AS readings, comments
        FROM recent LEFT JOIN readings USING (post_key) ORDER BY {_PLACE}"""
    return _asked(pinned, sql)


def kept_replies(pinned: Pinned, *, since: dt.datetime | None = None) -> pl.DataFrame:
    """Replies (published since then) of which words or an author key are still held."""
    recent = "true"
    if since is not None:
        recent = f"published_at >= {quoted(since.isoformat())}::TIMESTAMPTZ"
    sql = f"""WITH kept AS (
            SELECT {_PLACE}, published_at, post_key FROM {pinned.sql("replies")}
            WHERE {recent} AND reply_key IN (SELECT reply_key FROM {pinned.sql("citizens")}
                    WHERE author_key IS NOT NULL
                        OR (text IS NOT NULL AND expires_on >= DATE '{pinned.today}'))
                AND reply_key NOT IN (
                    SELECT key FROM {pinned.sql("vanished")} WHERE key IS NOT NULL)),
        named AS (
            SELECT post_key, native_id AS post_native_id FROM {pinned.sql("posts")}
            SEMI JOIN kept USING (post_key))
        SELECT {_PLACE}, published_at, post_native_id
        FROM kept LEFT JOIN named USING (post_key) ORDER BY {_PLACE}"""
    return _asked(pinned, sql)


def mark(pinned: Pinned, *, format_: str, name: str) -> str | None:
    """Where the last run of that name that left a mark had come to."""
    runs = pinned.live.filter(kind="run", format=format_, name=name)
    marks = [json.loads(options).get("mark") for options in runs["options"]]
    return next((left for left in reversed(marks) if left is not None), None)


def _asked(pinned: Pinned, sql: str) -> pl.DataFrame:
    with connect() as connection:
        turns = pinned.live.select("source_id", "committed_at", "sources_seen")
        connection.register("turns", turns.to_arrow())
        return query(connection, sql)
