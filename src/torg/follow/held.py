"""What the archive holds of the channels that are followed, as far as it decides what is due."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from torg.archive import Reading
from torg.collect import VISITS, empty
from torg.study import Follow

LEAST = dt.timedelta(days=90)  # so old posts are still looked at, to see whether they are there
LATE = dt.timedelta(
    days=15
)  # so long after the last age a reading that was missed is still made up for

Channel = tuple[str, str]  # platform, channel


@dataclass(frozen=True)
class Last:
    """How a thing was asked for the last time."""

    at: dt.datetime
    outcome: str
    ok_at: dt.datetime | None  # when it last went well
    failures: int  # how often in a row it has not
    mark: str | None = None


@dataclass(frozen=True)
class Post:
    """A post that is known, and when its counts were read, ascending."""

    native_id: str
    published_at: dt.datetime
    readings: tuple[dt.datetime, ...] = ()
    comments: int | None = None  # by the latest reading


@dataclass(frozen=True)
class Reply:
    """A reply whose words or author's key are still kept."""

    native_id: str
    post_native_id: str | None


@dataclass(frozen=True)
class Held:
    """Visits by platform, channel, what and subject; posts and kept replies by channel."""

    visits: Mapping[tuple[str, str, str, str | None], Last] = field(default_factory=dict)
    posts: Mapping[Channel, tuple[Post, ...]] = field(default_factory=dict)
    replies: Mapping[Channel, tuple[Reply, ...]] = field(default_factory=dict)
    rows: pl.DataFrame = field(default_factory=lambda: empty(VISITS))  # the visits as a table


def horizon(follow: Follow) -> dt.timedelta:
    """The age up to which posts are looked at: until nothing is asked of them any more."""
    ages = [dt.timedelta(hours=hours) for hours in follow.ages_hours]
    last = max([*ages, dt.timedelta(days=follow.reply_days)])
    return max(LEAST, last + LATE)


def held(reading: Reading, *, follow: Follow, now: dt.datetime) -> Held:
    """What a reading of the archive holds of what a study still follows."""
    rows = reading.visits()
    gone = reading.vanished()
    posts = _still_there(reading.known_posts(since=now - horizon(follow)), gone)
    return Held(
        visits=_visits(rows),
        posts=_posts(posts),
        replies=_replies(_still_there(reading.kept_replies(), gone)),
        rows=rows,
    )


def _still_there(records: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    by = ["platform", "channel", "native_id"]
    return records.join(gone.select(by).drop_nulls(), on=by, how="anti").sort(by)


def _visits(rows: pl.DataFrame) -> Mapping[tuple[str, str, str, str | None], Last]:
    columns = ("platform", "channel", "what", "subject")
    lasts = rows.select("visited_at", "outcome", "ok_at", "failures", "mark").iter_rows()
    keys = rows.select(columns).iter_rows()
    return {key: Last(*last) for key, last in zip(keys, lasts, strict=True)}


def _posts(rows: pl.DataFrame) -> Mapping[Channel, tuple[Post, ...]]:
    posts = defaultdict(list)
    names = ("platform", "channel", "native_id", "published_at", "readings", "comments")
    for platform, channel, native_id, at, readings, comments in rows.select(names).iter_rows():
        posts[platform, channel].append(Post(native_id, at, tuple(readings or ()), comments))
    return {channel: tuple(found) for channel, found in posts.items()}


def _replies(rows: pl.DataFrame) -> Mapping[Channel, tuple[Reply, ...]]:
    replies = defaultdict(list)
    names = ("platform", "channel", "native_id", "post_native_id")
    for platform, channel, native_id, post in rows.select(names).iter_rows():
        replies[platform, channel].append(Reply(native_id, post))
    return {channel: tuple(found) for channel, found in replies.items()}
