"""Corrections brought to the records and channels they mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import polars as pl
from ibis import Table

from torg.errors import MeasureError
from torg.measure.corrections import Correction
from torg.measure.counts import COUNTS
from torg.measure.engine import Engine
from torg.measure.records import Records
from torg.register import Channel, Register

_FIXED = ("published_at", "exclude", *COUNTS)


@dataclass(frozen=True, kw_only=True)
class Fixes:
    """Corrections by post: `table` (fixed_key, fixed_*) or None."""

    table: Table | None = None
    applied: tuple[Correction, ...] = ()

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


def without_excluded(register: Register, corrections: Sequence[Correction]) -> Register:
    """The register without the channels that corrections leave out as a whole."""
    written = {
        (c.platform, name) for c in corrections if not c.post for name in _written(c.channel)
    }
    kept = (c for c in register.channels if written.isdisjoint(_known_as(c)))
    return replace(register, channels=tuple(kept)) if written else register


def _known_as(channel: Channel) -> set[tuple[str, str]]:
    return {(channel.platform, name) for name in channel.names}


def resolve(
    corrections: Sequence[Correction],
    records: Records,
    register: Register,
    engine: Engine,
    *,
    in_part: bool = False,
) -> Fixes:
    """Find the posts and channels that corrections mean.

    A channel may be named by the platform's id or by its handle; a post by the id of any of its
    records, so that a correction of a record tied to another reaches the one that is counted.
    Raises MeasureError where one fits nothing: what does nothing would be believed. Only where the
    records are known to be a part of the archive (`in_part`) is it passed over.
    """
    if not corrections:
        return Fixes()
    meant = pl.DataFrame(_meant(corrections, register), orient="row", schema=_MEANT)
    found = engine.fetch(_matching(records, engine.table(meant))).sort("number", "post_key")
    met = set(found["number"])
    if not in_part:
        _refuse_unmet(corrections, records, register, meant, met, engine)
    table = engine.table(_by_post(found, corrections)) if found.height else None
    applied = (c for number, c in enumerate(corrections) if number in met or not c.post)
    return Fixes(table=table, applied=tuple(applied))


def _refuse_unmet(
    corrections: Sequence[Correction],
    records: Records,
    register: Register,
    meant: pl.DataFrame,
    met: set[int],
    engine: Engine,
) -> None:
    known = {name for channel in register.channels for name in _known_as(channel)}
    for number, correction in enumerate(corrections):
        if number in met:
            continue
        names = meant.filter(pl.col("number") == number).select("platform", "channel")
        if not correction.post and (
            not known.isdisjoint(names.rows()) or _in_archive(records, names, engine)
        ):
            continue
        what = "post" if correction.post else "channel"
        raise MeasureError(
            f"{correction.place}: fits no {what} in the archive: mend or delete the line."
        )


def _in_archive(records: Records, names: pl.DataFrame, engine: Engine) -> bool:
    tables = (records.all_posts, records.replies, records.audience)
    wanted, at = engine.table(names), ["platform", "channel"]
    found = ibis.union(*(table.select(at).semi_join(wanted, at).distinct() for table in tables))
    return engine.fetch(found).height > 0


_MEANT = {
    "number": pl.Int64,
    "platform": pl.String,
    "channel": pl.String,
    "native_id": pl.String,
}


def _meant(
    corrections: Sequence[Correction], register: Register
) -> Iterable[tuple[int, str, str, str]]:
    for number, correction in enumerate(corrections):
        for channel in sorted(_names(correction, register)):
            yield number, correction.platform, channel, correction.post


def _names(correction: Correction, register: Register) -> set[str]:
    """All names of the channel that the correction writes in one way."""
    names = written = _written(correction.channel)
    for channel in register.channels:
        others = set(channel.names)
        if channel.platform == correction.platform and not written.isdisjoint(others):
            names = names | others
    return names


def _written(channel: str) -> set[str]:
    """What a channel may be called in records, by the one name that a correction gives."""
    return {channel, "@" + channel.removeprefix("@").lower()}


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
