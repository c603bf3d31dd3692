"""Records of one post that came by different ways, under different ids: tied, one to one.

Two records are of one post when they stand on the same channel in different id spaces, were
published within a minute (some sources give no seconds), and agree in the text or in the address.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import duckdb
import polars as pl

from torg.archive.pinned import Pinned, query, quoted, select

APART = dt.timedelta(seconds=60)

_WANTED = "post_key, platform, channel, id_space, published_at, text, url"
_CHANNEL = ["platform", "channel"]


def links(
    connection: duckdb.DuckDBPyConnection,
    *,
    known: Pinned,
    posts: Path | None,
    spaces: Iterable[tuple[str, str, str]],
) -> pl.DataFrame:
    """Links from the posts of one new file to committed records: post_key, same_as_key, reason.

    `spaces` are the (platform, channel, id space) that the file holds.
    """
    channels = _channels_of_several(connection, known=known, spaces=spaces)
    if posts is None or channels.is_empty():
        return _pairs([])
    new = _records(connection, select("posts", [posts]), channels)
    held = query(connection, f"SELECT post_key, same_as_key FROM {known.sql('links')}")
    old = _records(connection, known.sql("posts"), channels)
    old = old.join(held, left_on="post_key", right_on="same_as_key", how="anti")
    new = new.join(held, left_on="post_key", right_on="same_as_key", how="anti")
    new = new.join(held, on="post_key", how="anti")
    return _one_to_one(pl.concat([old.with_columns(rank=0), new.with_columns(rank=1)]), held)


def _channels_of_several(
    connection: duckdb.DuckDBPyConnection,
    *,
    known: Pinned,
    spaces: Iterable[tuple[str, str, str]],
) -> pl.DataFrame:
    """The channels of the file whose records stand in more than one id space."""
    schema = {"platform": pl.String(), "channel": pl.String(), "id_space": pl.String()}
    here = pl.DataFrame(sorted(spaces), schema=schema, orient="row")
    there = query(
        connection, f"SELECT DISTINCT platform, channel, id_space FROM {known.sql('posts')}"
    )
    of_file = there.join(here, on=_CHANNEL, how="semi")
    several = pl.concat([here, of_file]).unique().group_by(_CHANNEL).len()
    return several.filter(pl.col("len") > 1).select(_CHANNEL).sort(_CHANNEL)


def _records(
    connection: duckdb.DuckDBPyConnection, posts: str, channels: pl.DataFrame
) -> pl.DataFrame:
    named = ", ".join(f"({quoted(p)}, {quoted(c)})" for p, c in channels.iter_rows())
    records = query(
        connection, f"SELECT {_WANTED} FROM {posts} WHERE (platform, channel) IN ({named})"
    )
    return records.with_columns(words=_normal(pl.col("text")), url=_normal(pl.col("url")))


def _normal(text: pl.Expr) -> pl.Expr:
    """Letters alike, spaces alike, nothing is null."""
    spaced = text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", " ")
    bare = spaced.str.strip_chars()
    return pl.when(bare != "").then(bare)


def _one_to_one(records: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The nearest pairs first, until nobody is left who has a partner."""
    candidates = _candidates(records, held)
    chosen = []
    while candidates.height:
        nearest = candidates.filter(
            (pl.int_range(pl.len()).over("post_key", "new_space") == 0)
            & (pl.int_range(pl.len()).over("same_as_key") == 0)
        )
        chosen.append(nearest)
        taken_old = nearest.select("post_key", "new_space")
        candidates = candidates.join(taken_old, on=["post_key", "new_space"], how="anti")
        candidates = candidates.join(nearest, on="same_as_key", how="anti")
        candidates = candidates.join(
            nearest, left_on="post_key", right_on="same_as_key", how="anti"
        ).sort(_NEAREST)
    return _pairs(chosen)


_NEAREST = ["apart", "post_key", "same_as_key"]


def _candidates(records: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """Every pair that may be one post; `post_key` is the record that was there first."""
    alike = [
        _alike(records, column, reason)
        for column, reason in (
            ("words", "same text and minute"),
            ("url", "same address and minute"),
        )
    ]
    pairs = pl.concat(alike).sort(
        "post_key", "same_as_key", "reason", descending=[False, False, True]
    )
    pairs = pairs.unique(["post_key", "same_as_key"], keep="first", maintain_order=True)
    spaces = records.select(same_as_key="post_key", taken_space="id_space")
    taken = held.join(spaces, on="same_as_key").select("post_key", new_space="taken_space")
    return pairs.join(taken, on=["post_key", "new_space"], how="anti").sort(_NEAREST)


def _alike(records: pl.DataFrame, column: str, reason: str) -> pl.DataFrame:
    by = [*_CHANNEL, column]
    columns = [*by, "post_key", "id_space", "published_at", "rank"]
    side = records.drop_nulls(column).select(columns)
    pairs = side.join(side, on=by, suffix="_new")
    first = (pl.col("rank") == 0) | (pl.col("post_key") < pl.col("post_key_new"))
    apart = (pl.col("published_at") - pl.col("published_at_new")).abs()
    return (
        pairs.with_columns(apart=apart)
        .filter(first, pl.col("rank_new") == 1)
        .filter(pl.col("apart") <= APART, pl.col("id_space") != pl.col("id_space_new"))
        .select(
            "post_key",
            "apart",
            same_as_key="post_key_new",
            new_space="id_space_new",
            reason=pl.lit(reason),
        )
    )


def _pairs(found: list[pl.DataFrame]) -> pl.DataFrame:
    schema = {"post_key": pl.Int64(), "same_as_key": pl.Int64(), "reason": pl.String()}
    none = pl.DataFrame(schema=schema)
    made = [frame.select(none.columns) for frame in found]
    return pl.concat([none, *made]).sort("post_key", "same_as_key")
