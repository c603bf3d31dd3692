"""What is still lacking of a municipality: weeks of the window without data, and kinds of data."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import polars as pl

from torg.archive import Reading
from torg.collect import FORMATS
from torg.register import Channel, Register
from torg.study import Study

Key = tuple[str, str]  # platform, channel
KINDS = ("posts", "replies", "audience")
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """What is lacking, fit for JSON. Weeks are named by their Monday."""

    window: tuple[str, str] | None  # the first and last day; None where nothing says
    weeks: int  # of the window
    empty_weeks: list[str]  # without a single post, in the archive or in this file
    lacking: list[dict[str, str]]  # platform, channel, kind


def gaps(
    study: Study,
    register: Register,
    *,
    unit: tuple[str, str],
    reading: Reading,
    days: Mapping[Key, Collection[dt.date]],
    has: Collection[str],
) -> Gaps:
    """What is lacking once the file is taken that has the `days` of those channels, and `has`."""
    channels = _asked_about(study, register, unit)
    keys = {(c.platform, name) for c in channels for name in c.names}
    known = _days_of(reading, keys, study)
    told = {day for key, found in days.items() if key in keys for day in found}
    window = _window(study, known | told)
    weeks = _weeks(*window) if window else []
    filled = {_monday(day) for day in known | told}
    return Gaps(
        window=(window[0].isoformat(), window[1].isoformat()) if window else None,
        weeks=len(weeks),
        empty_weeks=[week.isoformat() for week in weeks if week not in filled],
        lacking=_lacking(channels, _kinds(reading, keys) | _of_file(days, has)),
    )


def _asked_about(study: Study, register: Register, unit: tuple[str, str]) -> list[Channel]:
    """The channels that speak for the municipality in this study."""
    platforms, scopes = study.channels.platforms, study.channels.scopes
    return [
        channel
        for channel in register.channels
        if (channel.country, channel.code) == unit
        and (not platforms or channel.platform in platforms)
        and channel.scope in scopes
    ]


def _days_of(reading: Reading, keys: Collection[Key], study: Study) -> set[dt.date]:
    """The days of the study's zone on which something was published."""
    begin = dt.datetime.combine(study.window.start or dt.date(1990, 1, 1), dt.time(), study.zone)
    posts = reading.known_posts(since=begin)
    own = posts.filter(pl.struct("platform", "channel").is_in(_rows(keys)))
    return set(own["published_at"].dt.convert_time_zone(study.timezone).dt.date().unique())


def _rows(keys: Collection[Key]) -> list[dict[str, str]]:
    return [{"platform": platform, "channel": channel} for platform, channel in sorted(keys)]


def _window(study: Study, days: Collection[dt.date]) -> tuple[dt.date, dt.date] | None:
    first = study.window.start or min(days, default=None)
    last = study.window.end or max(days, default=None)
    return (first, last) if first and last and first <= last else None


def _weeks(first: dt.date, last: dt.date) -> list[dt.date]:
    start = _monday(first)
    return [start + _WEEK * number for number in range((last - start).days // 7 + 1)]


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _kinds(reading: Reading, keys: Collection[Key]) -> set[tuple[str, str, str]]:
    """Of which channels the archive has which kind of data."""
    formats = dict(reading.sources.select("source_id", "format").iter_rows())
    return {
        (platform, channel, kind)
        for source, platform, channel, _, replies in reading.held().iter_rows()
        if (platform, channel) in keys
        for kind in _told(formats.get(source), replies)
    }


def _told(format_: str | None, replies: int) -> tuple[str, ...]:
    """A file is of one kind; a network tells of posts and followers, and mostly of replies."""
    if format_ in FORMATS:
        return (FORMATS[format_].kind,)
    return ("posts", "audience", *(["replies"] if replies else []))


def _of_file(
    days: Mapping[Key, Collection[dt.date]], has: Collection[str]
) -> set[tuple[str, str, str]]:
    return {(*key, kind) for key in days for kind in KINDS if kind in has}


def _lacking(
    channels: Collection[Channel], told: Collection[tuple[str, str, str]]
) -> list[dict[str, str]]:
    return [
        {"platform": channel.platform, "channel": channel.known_as, "kind": kind}
        for channel in channels
        for kind in KINDS
        if not any((channel.platform, name, kind) in told for name in channel.names)
    ]
