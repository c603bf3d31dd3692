"""Corrections brought to the records they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ibis
import polars as pl
from ibis import Table

from torg.measure.corrections import Correction
from torg.measure.counts import COUNTS
from torg.measure.engine import Engine
from torg.measure.records import Records

_FIXED = ("published_at", "exclude", *COUNTS)


@dataclass(frozen=True, kw_only=True)
class Fixes:
    """Corrections by post: `table` (fixed_key, fixed_*) or None; and those that met no post."""

    table: Table | None = None
    applied: tuple[Correction, ...] = ()
    not_found: tuple[Correction, ...] = ()

    def before(self, posts: Table) -> Table:
        """Posts without the excluded, at the corrected instants."""
        if self.table is None:
            return posts
        joined = posts.left_join(self.table, posts.post_key == self.table.fixed_key)
        kept = joined.filter(joined.fixed_exclude.isnull())
        instant = ibis.coalesce(kept.fixed_published_at, kept.published_s)
        return kept.mutate(published_s=instant).select(posts.columns)

    def after(self, posts: Table) -> Table:
        """Posts with the corrected counts."""
        if self.table is None:
            return posts
        joined = posts.left_join(self.table, posts.post_key == self.table.fixed_key)
        counts = {name: ibis.coalesce(joined[f"fixed_{name}"], joined[name]) for name in COUNTS}
        return joined.mutate(**counts).select(posts.columns)


def resolve(
    corrections: Sequence[Correction], records: Records, periods: pl.DataFrame, engine: Engine
) -> Fixes:
    """Find the posts that corrections mean.

    A channel may be named by the platform's id or by its handle; a post by the id of any of its
    records, so that a correction of a record tied to another reaches the one that is counted.
    """
    if not corrections:
        return Fixes()
    meant = pl.DataFrame(_meant(corrections, periods), orient="row", schema=_MEANT)
    found = engine.fetch(_matching(records, engine.table(meant))).sort("number", "post_key")
    numbers = set(found["number"])
    applied = tuple(c for number, c in enumerate(corrections) if number in numbers)
    table = engine.table(_by_post(found, corrections)) if applied else None
    return Fixes(
        table=table,
        applied=applied,
        not_found=tuple(c for n, c in enumerate(corrections) if n not in numbers),
    )


_MEANT = {
    "number": pl.Int64,
    "platform": pl.String,
    "channel": pl.String,
    "native_id": pl.String,
}


def _meant(
    corrections: Sequence[Correction], periods: pl.DataFrame
) -> Iterable[tuple[int, str, str, str]]:
    for number, correction in enumerate(corrections):
        for channel in sorted(_names(correction, periods)):
            yield number, correction.platform, channel, correction.post


def _names(correction: Correction, periods: pl.DataFrame) -> set[str]:
    """All names of the channel that the correction writes in one way."""
    handle = "@" + correction.channel.removeprefix("@").lower()
    written = {correction.channel, handle}
    own = periods.filter(
        pl.col("channel").is_in(sorted(written)), pl.col("platform") == correction.platform
    )
    return written | set(periods.join(own, on="channel_no", how="semi")["channel"])


def _matching(records: Records, meant: Table) -> Table:
    named = records.all_posts.join(meant, ["platform", "channel", "native_id"])
    return named.select("number", "post_key").distinct()


def _by_post(found: pl.DataFrame, corrections: Sequence[Correction]) -> pl.DataFrame:
    values = pl.DataFrame(
        [(n, c.field, 1 if c.value is None else c.value) for n, c in enumerate(corrections)],
        schema={"number": pl.Int64, "field": pl.String, "value": pl.Int64},
        orient="row",
    )
    long = found.join(values, on="number")
    return long.group_by(fixed_key="post_key").agg(
        **{
            f"fixed_{name}": pl.col("value").filter(pl.col("field") == name).first()
            for name in _FIXED
        }
    )
