"""Channels that the archive holds records of and the register does not know."""

import duckdb
import polars as pl

from torg.archive.pinned import Pinned, query

_CHANNEL = ["platform", "channel"]


def unclaimed(
    connection: duckdb.DuckDBPyConnection, *, pinned: Pinned, register_channels: pl.DataFrame
) -> pl.DataFrame:
    """platform, channel, channel_name (the latest), posts, replies of channels not registered.

    `register_channels` has platform, channel (the platform's id, null where unknown) and handle.
    """
    held = _held(connection, pinned)
    by_id = register_channels.select("platform", pl.col("channel").cast(pl.String)).drop_nulls()
    by_handle = register_channels.select(
        "platform", channel="@" + pl.col("handle").cast(pl.String).str.to_lowercase()
    ).drop_nulls()
    unknown = held.join(by_id, on=_CHANNEL, how="anti").join(by_handle, on=_CHANNEL, how="anti")
    return unknown.sort(_CHANNEL)


def _held(connection: duckdb.DuckDBPyConnection, pinned: Pinned) -> pl.DataFrame:
    """Every channel of the archive; a post with two records counts once."""
    tied = f"(SELECT same_as_key AS post_key FROM {pinned.sql('links')})"
    return query(
        connection,
        f"""WITH told AS (
                SELECT platform, channel, channel_name, published_at AS moment,
                    1 AS post, 0 AS reply
                FROM {pinned.sql("posts")} ANTI JOIN {tied} USING (post_key)
                UNION ALL
                SELECT platform, channel, NULL, NULL, 0, 1 FROM {pinned.sql("replies")}
                UNION ALL
                SELECT platform, channel, channel_name, read_at, 0, 0 FROM {pinned.sql("audience")})
            SELECT platform, channel,
                (max(struct_pack(moment := moment, name := channel_name))
                    FILTER (channel_name IS NOT NULL)).name AS channel_name,
                sum(post)::BIGINT AS posts, sum(reply)::BIGINT AS replies
            FROM told GROUP BY platform, channel""",
    )
