"""New videos of a channel, by its list of uploads: a search would cost a hundred times as much."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from torg.collect.platforms.paging import Cut, Place
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
    start, newest = _Start.of(task.mark), None
    try:
        start = start or _look_up(youtube, task)
        visiting, newest = visiting.to(start.channel), start.place.newest
        for ids, moments in _new(youtube, start):
            at = means.clock.now()
            newest = latest(newest, *moments, by=at)
            yield _videos(youtube, ids, channel=start.channel, at=at)
    except Refused as refused:
        mark = start.further(refused, newest=newest, mark=task.mark) if start else task.mark
        yield visiting.broken_off(refused.refusal, mark=mark)
    else:
        yield visiting.went(mark=start.at(Place(newest).mark))


@dataclass(frozen=True)
class _Start:
    """Where the list of uploads is, which a mark spares asking for, and how far it is known."""

    channel: str
    uploads: str
    place: Place

    @classmethod
    def of(cls, mark: str | None) -> "_Start | None":
        channel, _, rest = (mark or "").partition(" ")
        uploads, _, place = rest.partition(" ")
        return cls(channel, uploads, Place.read(place, since=None)) if place else None

    def at(self, place: str | None) -> str:
        """The mark that says all that this does, with another place."""
        return f"{self.channel} {self.uploads} {place or '-'}"

    def further(
        self, refused: Refused, *, newest: dt.datetime | None, mark: str | None
    ) -> str | None:
        """The mark of a visit that was cut or refused."""
        if self.place.after is None and not isinstance(refused, Cut):
            return mark
        return self.at(self.place.further(refused, newest=newest, mark=None))


def _look_up(youtube: YouTube, task: Task) -> _Start:
    followed: Followed = task.followed
    found = look_up(youtube, followed, part="contentDetails")
    uploads = words(found, "contentDetails", "relatedPlaylists", "uploads")
    if uploads is None:
        raise Refused(_NO_UPLOADS)
    return _Start(found["id"], uploads, Place.read(None, since=task.since))


def _new(
    youtube: YouTube, start: _Start
) -> Iterator[tuple[tuple[str, ...], tuple[dt.datetime | None, ...]]]:
    """New videos' ids, a page at a time until a whole page is known, and their moments."""
    since = start.place.since - _OVERLAP if start.place.since else None
    pages = youtube.all(
        "playlistItems",
        after=start.place.after,
        part="contentDetails",
        playlistId=start.uploads,
        maxResults=AT_ONCE,
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
