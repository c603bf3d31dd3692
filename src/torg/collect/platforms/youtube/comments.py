"""What people said under videos, with all answers, of which a thread brings only some."""

from collections.abc import Iterator

from torg.collect.platforms.payloads import Json, whole, within, words
from torg.collect.platforms.refused import Refused
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row
from torg.collect.platforms.visiting import Visiting, rows_of
from torg.collect.platforms.youtube.client import YouTube
from torg.collect.platforms.youtube.records import Under, comment_row, replies_in
from torg.collect.records import REPLIES, Batch

_AT_ONCE = 100
_PLAIN = "plainText"


def replies(task: Task, means: Means) -> Iterator[Batch]:
    """All comments under each video, a batch a page; how it went stands in the last one."""
    youtube, visiting = YouTube.of(means), Visiting.of(task, means)
    for video in task.subjects:
        try:
            for page in _threads(youtube, video):
                under = Under(visiting.channel, video, means.clock.now())
                rows = [row for thread in page for row in _thread(youtube, thread, under)]
                yield Batch(replies=rows_of(rows, REPLIES))
        except Refused as refused:
            yield visiting.subjects({video: refused.refusal})
        else:
            yield visiting.subjects({video: None})


def _threads(youtube: YouTube, video: str) -> Iterator[list[Json]]:
    """Threads of that video only, whatever else may come."""
    pages = youtube.all(
        "commentThreads",
        part="snippet,replies",
        videoId=video,
        order="time",
        maxResults=_AT_ONCE,
        textFormat=_PLAIN,
    )
    for page in pages:
        yield [thread for thread in page if words(thread, "snippet", "videoId") == video]


def _thread(youtube: YouTube, thread: Json, under: Under) -> Iterator[Row | None]:
    yield comment_row(within(thread, "snippet", "topLevelComment"), under=under)
    for answer in _answers(youtube, thread):
        yield comment_row(answer, under=under, parent=words(thread, "id"))


def _answers(youtube: YouTube, thread: Json) -> list[Json]:
    brought, parent = replies_in(thread), words(thread, "id")
    if parent is None or (whole(thread, "snippet", "totalReplyCount") or 0) <= len(brought):
        return brought
    try:
        pages = youtube.all(
            "comments", part="snippet", parentId=parent, maxResults=_AT_ONCE, textFormat=_PLAIN
        )
        return [answer for page in pages for answer in page]
    except Refused as refused:
        if refused.refusal.outcome != "gone":
            raise
        return (
            brought  # the comment was deleted after it was listed: that says nothing of the video
        )
