"""Until when a comment was followed: the last look that would have shown an answer to it.

An export shows the replies under the posts that it holds. Which posts a file holds is known from
the replies that it brought; of replies that are known already the archive notes only that the file
had some. So a comment is followed by every export that brought a reply under its own post, and by
every export that repeated known replies, which is taken to hold all posts of its channels so far.

A run of collecting asks for one post after the other. So it follows the comments under the posts of
which it had the whole list of replies, and those under posts of which it brought a reply.
"""

import ibis
import polars as pl
from ibis import Table

from torg.archive import Reading
from torg.measure.clock import Transitions, local_seconds
from torg.measure.engine import Engine

UNTIL = ("observed_until_s", "observed_until_local_s")
_PLACE = ("platform", "channel")
_BY_POST = ["channel_no", "post_key"]


def reply_exports(reading: Reading, replies: Table, posts: Table, engine: Engine) -> pl.DataFrame:
    """Which sources had replies of which channels and posts: a small frame, sorted.

    `posts` has platform, channel, native_id and post_key. Columns: platform, channel, post_key
    (null where the source tells of the channel), exported_s, repeats (whether the source is a file
    that also held replies that were known already: more of its rows were accepted than are stored
    as its own).
    """
    listed = reading.listed_replies()
    of_channel = pl.col("subject").is_null()
    found = pl.concat(
        [
            _of_channels(reading, replies, listed.filter(of_channel), engine),
            _of_posts(listed.filter(~of_channel), posts, engine),
        ]
    )
    return found.sort(pl.all())


def _of_channels(
    reading: Reading, replies: Table, listed: pl.DataFrame, engine: Engine
) -> pl.DataFrame:
    sources = reading.sources.select(
        "source_id", "rows_accepted", "kind", exported_s=_seconds("exported_at")
    )
    own = engine.fetch(replies.group_by("source_id", *_PLACE).aggregate(held=replies.count()))
    known = listed.select("source_id", *_PLACE, held=pl.lit(0, pl.Int64))
    places = pl.concat([own, known]).group_by("source_id", *_PLACE).agg(pl.col("held").sum())
    found = places.join(sources, on="source_id")
    more = pl.col("rows_accepted") > pl.col("held").sum().over("source_id")
    return found.select(
        *_PLACE,
        "exported_s",
        post_key=pl.lit(None, pl.Int64),
        repeats=more.fill_null(value=False) & pl.col("kind").ne_missing("run"),
    )


def _of_posts(asked: pl.DataFrame, posts: Table, engine: Engine) -> pl.DataFrame:
    whole_lists = asked.select(*_PLACE, "subject", exported_s=_seconds("visited_at"))
    if whole_lists.is_empty():
        keyed = whole_lists.select(*_PLACE, "exported_s", post_key=pl.lit(None, pl.Int64))
    else:
        names = posts.select(*_PLACE, "post_key", subject="native_id")
        joined = engine.table(whole_lists).join(names, [*_PLACE, "subject"])
        keyed = engine.fetch(joined.select(*_PLACE, "exported_s", "post_key").distinct())
    return keyed.with_columns(repeats=pl.lit(value=False))


def _seconds(column: str) -> pl.Expr:
    return pl.col(column).dt.epoch("s").cast(pl.Int64)


def with_following(
    replies: Table,
    exports: pl.DataFrame,
    periods: pl.DataFrame,
    *,
    since_s: int,
    offsets: Transitions,
    engine: Engine,
) -> Table:
    """Replies (channel_no, post_key, exported_s, ...) with observed_until_s and its local form.

    Left out are channels of which no source had replies at or after `since_s`.
    """
    channels = _channels(exports, periods).filter(pl.col("last_s") >= since_s)
    whole = channels.select("channel_no", observed_until_s="whole_s")
    until = _kept(engine.table(whole), offsets, engine)
    followed = replies.join(until, "channel_no")
    parted = channels.filter(pl.col("whole_s") < pl.col("last_s")).select("channel_no", "whole_s")
    if parted.is_empty():
        return followed
    last = _by_post(replies, engine.table(parted))
    by_post = _kept(_with_asked(last, exports, engine), offsets, engine)
    renamed = by_post.rename({f"post_{name}": name for name in UNTIL})
    both = followed.left_join(renamed, _BY_POST)
    later = {name: both[f"post_{name}"].coalesce(both[name]) for name in UNTIL}
    return both.mutate(**later).select(followed.columns)


def _channels(exports: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """channel_no, last_s (the last export), whole_s (until when all of its posts were followed)."""
    numbered = exports.join(periods.select("channel_no", *_PLACE).unique(), on=list(_PLACE))
    repeated = pl.col("exported_s").filter("repeats").max()
    first = pl.col("exported_s").filter(pl.col("post_key").is_null()).min()
    last = pl.col("exported_s").max()
    ends = numbered.group_by("channel_no").agg(
        last_s=last, whole_s=pl.max_horizontal(first, repeated)
    )
    return ends.sort("channel_no")


def _by_post(replies: Table, parted: Table) -> Table:
    joined = replies.join(parted, "channel_no")
    last = joined.group_by(_BY_POST).aggregate(
        last_s=joined.exported_s.max(), whole_s=joined.whole_s.max()
    )
    later = (last.last_s > last.whole_s).ifelse(last.last_s, last.whole_s)
    return last.select(*_BY_POST, observed_until_s=later)


def _with_asked(until: Table, exports: pl.DataFrame, engine: Engine) -> Table:
    """Posts are followed on by each run that had the whole list of what stands under them."""
    asked = (
        exports.drop_nulls("post_key").group_by("post_key").agg(asked_s=pl.col("exported_s").max())
    )
    if asked.is_empty():
        return until
    both = until.left_join(engine.table(asked.sort("post_key")), "post_key")
    known = both.observed_until_s
    later = ibis.greatest(known, both.asked_s.coalesce(known))
    return both.select(*_BY_POST, observed_until_s=later)


def _kept(until: Table, offsets: Transitions, engine: Engine) -> Table:
    local = local_seconds(until.observed_until_s, offsets)
    return engine.materialise(until.mutate(observed_until_local_s=local))
