"""Until when a comment was followed: the last export that would have shown an answer to it.

An export shows the replies under the posts that it holds. Which posts a file holds is known from
the replies that it brought; of replies that are known already the archive notes only that the file
had some. So a comment is followed by every export that brought a reply under its own post, and by
every export that repeated known replies, which is taken to hold all posts of its channels so far.
"""

import polars as pl
from ibis import Table

from torg.archive import Reading
from torg.measure.clock import Transitions, local_seconds
from torg.measure.engine import Engine

UNTIL = ("observed_until_s", "observed_until_local_s")
_PLACE = ("platform", "channel")
_BY_POST = ["channel_no", "post_key"]


def reply_exports(reading: Reading, replies: Table, engine: Engine) -> pl.DataFrame:
    """Which sources brought replies of which channels: a small frame, sorted.

    Columns: platform, channel, exported_s, repeats (whether the source also held replies that were
    known already: more of its rows were accepted than are stored as its own).
    """
    places = replies.group_by("source_id", *_PLACE).aggregate(held=replies.count())
    exported = pl.col("exported_at").dt.epoch("s").cast(pl.Int64)
    sources = reading.sources.select("source_id", "rows_accepted", exported_s=exported)
    of_source = pl.col("held").sum().over("source_id")
    found = engine.fetch(places).join(sources, on="source_id")
    marked = found.with_columns(
        repeats=(pl.col("rows_accepted") > of_source).fill_null(value=False)
    )
    return marked.select(*_PLACE, "exported_s", "repeats").sort(pl.all())


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

    Left out are channels of which no source brought replies at or after `since_s`.
    """
    channels = _channels(exports, periods).filter(pl.col("last_s") >= since_s)
    whole = channels.select("channel_no", observed_until_s="whole_s")
    until = _kept(engine.table(whole), offsets, engine)
    followed = replies.join(until, "channel_no")
    parted = channels.filter(pl.col("whole_s") < pl.col("last_s")).select("channel_no", "whole_s")
    if parted.is_empty():
        return followed
    by_post = _kept(_by_post(replies, engine.table(parted)), offsets, engine)
    renamed = by_post.rename({f"post_{name}": name for name in UNTIL})
    both = followed.left_join(renamed, _BY_POST)
    later = {name: both[f"post_{name}"].coalesce(both[name]) for name in UNTIL}
    return both.mutate(**later).select(followed.columns)


def _channels(exports: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """channel_no, last_s (the last export), whole_s (until when all of its posts were followed)."""
    numbered = exports.join(periods.select("channel_no", *_PLACE).unique(), on=list(_PLACE))
    repeated = pl.col("exported_s").filter("repeats").max()
    first, last = pl.col("exported_s").min(), pl.col("exported_s").max()
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


def _kept(until: Table, offsets: Transitions, engine: Engine) -> Table:
    local = local_seconds(until.observed_until_s, offsets)
    return engine.materialise(until.mutate(observed_until_local_s=local))
