"""New videos of a channel, by its list of uploads: a search would cost a hundred times as much."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from torg.collect.platforms.payloads import Json, latest, moment, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visiting import Visiting, rows_of
from torg.collect.platforms.youtube.channel import look_up
from torg.collect.platforms.youtube.client import AT_ONCE, YouTube
from torg.collect.platforms.youtube.records import VIDEO_PARTS, owner_of, video_row
from torg.collect.records import POSTS, Batch

# The list is not strictly in order: broadcasts and premieres move when they are shown.
_OVERLAP = dt.timedelta(days=2)
_NO_UPLOADS = Refusal("The channel shows no uploads.", outcome="ok")


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """The uploads since the mark, newest first, a batch a page, each with its counts."""
    youtube, visiting = YouTube.of(means), Visiting.of(task, means)
    try:
        start = _Start.of(task.mark) or _look_up(youtube, task)
        visiting, newest = visiting.to(start.channel), start.since
        for ids, moments in _new(youtube, start):
            at = means.clock.now()
            newest = latest(newest, *moments, by=at)
            yield _videos(youtube, ids, channel=start.channel, at=at)
    except Refused as refused:
        yield visiting.refused(refused.refusal)
    else:
        yield visiting.went(mark=str(_Start(start.channel, start.uploads, newest)))


@dataclass(frozen=True)
class _Start:
    """Where the list of uploads is, which a mark spares asking for, and how far it is known."""

    channel: str
    uploads: str
    since: dt.datetime | None

    @classmethod
    def of(cls, mark: str | None) -> "_Start | None":
        parts = (mark or "").split(" ")
        return cls(parts[0], parts[1], moment({"at": parts[2]}, "at")) if len(parts) == 3 else None

    def __str__(self) -> str:
        return f"{self.channel} {self.uploads} {self.since.isoformat() if self.since else '-'}"


def _look_up(youtube: YouTube, task: Task) -> _Start:
    followed: Followed = task.followed
    found = look_up(youtube, followed, part="contentDetails")
    uploads = words(found, "contentDetails", "relatedPlaylists", "uploads")
    if uploads is None:
        raise Refused(_NO_UPLOADS)
    return _Start(found["id"], uploads, task.since)


def _new(
    youtube: YouTube, start: _Start
) -> Iterator[tuple[tuple[str, ...], tuple[dt.datetime | None, ...]]]:
    """New videos' ids, a page at a time until a whole page is known, and their moments."""
    since = start.since - _OVERLAP if start.since else None
    pages = youtube.all(
        "playlistItems", part="contentDetails", playlistId=start.uploads, maxResults=AT_ONCE
    )
    for page in pages:
        published = {_id(item): _published(item) for item in page if _id(item)}
        new = {one: at for one, at in published.items() if not (since and at and at < since)}
        if not new:
            return
        yield tuple(map(str, new)), tuple(new.values())


def _id(item: Json) -> str | None:
    return words(item, "contentDetails", "videoId")


def _published(item: Json) -> dt.datetime | None:
    return moment(item, "contentDetails", "videoPublishedAt")


def _videos(youtube: YouTube, ids: tuple[str, ...], *, channel: str, at: dt.datetime) -> Batch:
    found = youtube.by_id("videos", ids, part=VIDEO_PARTS)
    mine = (video_row(video, read_at=at) for video in found if owner_of(video) == channel)
    return Batch(posts=rows_of(mine, POSTS))
