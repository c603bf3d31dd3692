"""Which source told something of which channel."""

import duckdb
import polars as pl

from torg.archive.pinned import Pinned, query


def held(connection: duckdb.DuckDBPyConnection, pinned: Pinned) -> pl.DataFrame:
    """source_id, platform, channel, readings (of posts), replies (brought first); sorted.

    A source tells of a channel by readings of its posts, by replies, new ones or a list of known
    ones, or by its audience.
    """
    return query(
        connection,
        f"""WITH told AS (
                SELECT snapshots.source_id, platform, channel, 1 AS reading, 0 AS reply
                FROM {pinned.sql("snapshots")} snapshots
                JOIN {pinned.sql("posts")} USING (post_key)
                UNION ALL
                SELECT source_id, platform, channel, 0, 1 FROM {pinned.sql("replies")}
                UNION ALL
                SELECT DISTINCT source_id, platform, channel, 0, 0 FROM {pinned.sql("posts")}
                UNION ALL
                SELECT DISTINCT source_id, platform, channel, 0, 0 FROM {pinned.sql("audience")}
                UNION ALL
                SELECT DISTINCT source_id, platform, channel, 0, 0 FROM {pinned.sql("visits")}
                WHERE what = 'replies' AND outcome = 'ok')
            SELECT source_id, platform, channel,
                sum(reading)::BIGINT AS readings, sum(reply)::BIGINT AS replies
            FROM told GROUP BY ALL ORDER BY ALL""",
    )
