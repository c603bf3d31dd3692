"""The views made: archive, register, study and window brought together on an engine."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import ibis
import polars as pl
from ibis import Table

from torg.archive import Reading
from torg.errors import MeasureError
from torg.measure.clock import (
    Transitions,
    local_day,
    local_seconds,
    span_of,
    transitions,
    week_of,
)
from torg.measure.corrections import Correction
from torg.measure.eligible import Population, eligible, population
from torg.measure.engine import Engine
from torg.measure.fixes import Fixes, resolve, without_excluded
from torg.measure.followed import with_following
from torg.measure.groups import Groups, groups
from torg.measure.posts import audience_readings, during, one_access, post_rows, printed_readings
from torg.measure.records import Records, records
from torg.measure.views import MUNICIPALITY, Span, Views
from torg.register import Register
from torg.study import Study


@dataclass(frozen=True, kw_only=True)
class Built:
    """The views, and what was decided on the way to them."""

    views: Views
    start: dt.date
    end: dt.date
    population_date: dt.date
    population: Population
    groups: Groups
    fixes: Fixes


def build(
    reading: Reading,
    register: Register,
    study: Study,
    engine: Engine,
    *,
    start: dt.date | None = None,
    end: dt.date | None = None,
    corrections: Sequence[Correction] = (),
    in_part: bool = False,
) -> Built:
    """The views of a study's window; what is not given is the study's, else what the archive has.

    Raises MeasureError where the window ends before it begins, or where neither the call nor the
    study nor any post says when it is, or where a correction fits nothing.
    """
    known = records(reading, engine)
    fixes = resolve(corrections, known, register, engine, in_part=in_part)
    register = without_excluded(register, corrections)
    first, last = _window(known, register, study, engine, start=start, end=end)
    day = study.population_date or last
    who = population(register, study, day=day)
    span = span_of(first, last, study.zone)
    together = groups(who.channels)
    return Built(
        views=_views(known, who, together, fixes, span, engine, study),
        start=first,
        end=last,
        population_date=day,
        population=who,
        groups=together,
        fixes=fixes,
    )


def _window(
    known: Records,
    register: Register,
    study: Study,
    engine: Engine,
    *,
    start: dt.date | None,
    end: dt.date | None,
) -> tuple[dt.date, dt.date]:
    start, end = start or study.window.start, end or study.window.end
    if start and end:
        return start, end
    first, last = _extent(known, register, study, engine)
    if first is None or last is None:
        raise MeasureError(
            "The window is open, and the archive holds no post of an eligible channel to close it: "
            "give both days (--from and --to, or [window] in study.toml), or import posts."
        )
    return start or first, end or last


def _extent(
    known: Records, register: Register, study: Study, engine: Engine
) -> tuple[dt.date | None, dt.date | None]:
    """The local days of the first and last post or reply of any channel that the study counts."""
    names = {(c.platform, name) for c in eligible(register, study) for name in c.names}
    frame = pl.DataFrame(sorted(names), {"platform": pl.String, "channel": pl.String}, orient="row")
    counted, at = engine.table(frame), ["platform", "channel", "published_s"]
    written = ibis.union(known.posts.select(at), known.replies.select(at)).semi_join(
        counted, ["platform", "channel"]
    )
    extent = written.aggregate(first=written.published_s.min(), last=written.published_s.max())
    first, last = engine.fetch(extent).row(0)
    return _local_date(first, study.zone), _local_date(last, study.zone)


def _local_date(seconds: int | None, zone: ZoneInfo) -> dt.date | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, zone).date()


def _views(
    known: Records,
    who: Population,
    together: Groups,
    fixes: Fixes,
    span: Span,
    engine: Engine,
    study: Study,
) -> Views:
    periods = engine.table(who.periods)
    offsets = transitions(study.zone, start_s=span.start_s, stop_s=span.stop_s)
    readings = engine.materialise(audience_readings(known, periods, span=span))
    posts = engine.materialise(
        post_rows(known, periods, readings, fixes=fixes, span=span, offsets=offsets)
    )
    channels = engine.materialise(_channels(known, who, periods, span, engine))
    return Views(
        municipalities=engine.table(who.municipalities),
        channels=channels,
        groups=engine.materialise(engine.table(together.members).join(channels, "channel_no")),
        posts=posts,
        replies=_replies(known, who, periods, span, engine, study),
        citizens=known.citizens,
        audience=engine.materialise(_audience(readings, posts, span=span, offsets=offsets)),
        span=span,
        engine=engine,
        office=study.office,
        own_hours=study.own_hours,
    )


def _channels(known: Records, who: Population, periods: Table, span: Span, engine: Engine) -> Table:
    units = who.municipalities.select(*MUNICIPALITY, "population")
    names = engine.table(who.channels.join(units, on=MUNICIPALITY, how="left"))
    seen = known.seen.join(periods, ["platform", "channel"])
    lately = seen.filter(seen.exported_s >= span.start_s)
    tiers = lately.group_by("channel_no").aggregate(
        access=one_access(lately), seen_until_s=lately.exported_s.max()
    )
    joined = names.left_join(tiers, "channel_no")
    return joined.select(*names.columns, "access", "seen_until_s", observed=joined.access.notnull())


def _audience(readings: Table, posts: Table, *, span: Span, offsets: Transitions) -> Table:
    """Readings made for their own sake where a channel has any, else those printed with posts."""
    local = readings.mutate(day=local_day(local_seconds(readings.read_s, offsets)))
    own = local.select("channel_no", "read_s", "day", "followers", "kind", "access")
    return ibis.union(own, printed_readings(posts, span=span).anti_join(own, "channel_no"))


def _replies(
    known: Records, who: Population, periods: Table, span: Span, engine: Engine, study: Study
) -> Table:
    rows = engine.materialise(during(known.replies, periods, at="published_s"))
    offsets = transitions(study.zone, **_reply_extent(rows, known.exports, engine, span))
    local = rows.mutate(local_s=local_seconds(rows.published_s, offsets))
    dated = local.mutate(day=local_day(local.local_s))
    inside = (dated.published_s >= span.start_s) & (dated.published_s < span.stop_s)
    whole = dated.mutate(week=week_of(dated.day), in_window=inside)
    return with_following(
        whole, known.exports, who.periods, since_s=span.start_s, offsets=offsets, engine=engine
    ).drop("exported_s")


def _reply_extent(
    replies: Table, exports: pl.DataFrame, engine: Engine, span: Span
) -> dict[str, int]:
    """From the first reply to the last look: where the zone's transitions must be known."""
    extent = replies.aggregate(first=replies.published_s.min(), last=replies.published_s.max())
    first, latest = engine.fetch(extent).row(0)
    looks = [*exports["exported_s"].drop_nulls(), *([] if latest is None else [latest])]
    return {
        "start_s": min(first if first is not None else span.start_s, span.start_s),
        "stop_s": max([span.stop_s, *looks]) + 1,
    }
