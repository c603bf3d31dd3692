"""Videos and comments that are known: their counts now, and whether they are still there."""

from collections.abc import Iterator

from torg.collect.platforms.payloads import words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visiting import Visiting, rows_of
from torg.collect.platforms.youtube.client import AT_ONCE, YouTube
from torg.collect.platforms.youtube.records import (
    VIDEO_PARTS,
    owner_of,
    video_row,
)
from torg.collect.records import POSTS, Batch

_NOT_THERE = Refusal("The video is not there.", outcome="gone", is_missing=True)
_ANOTHERS = Refusal("The video is another channel's.", outcome="partial")


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """A reading of each subject; those that are not there have vanished."""
    youtube, visiting = YouTube.of(means), Visiting.of(task, means)
    for some in _at_once(task.subjects):
        try:
            found = youtube.by_id("videos", some, part=VIDEO_PARTS)
        except Refused as refused:
            yield visiting.subjects(dict.fromkeys(some, refused.refusal))
            continue
        at = means.clock.now()
        owners = {words(video, "id"): owner_of(video) for video in found}
        mine = [video for video in found if owner_of(video) == visiting.channel]
        yield Batch(posts=rows_of((video_row(video, read_at=at) for video in mine), POSTS))
        yield visiting.subjects({one: _end(one, owners, visiting.channel) for one in some})


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """Which of the subjects, videos or comments, are not there any more."""
    youtube, visiting = YouTube.of(means), Visiting.of(task, means)
    resource = "comments" if task.of == "replies" else "videos"
    try:
        for some in _at_once(task.subjects):
            there = {words(one, "id") for one in youtube.by_id(resource, some, part="id")}
            yield Batch(vanished=visiting.missing(one for one in some if one not in there))
    except Refused as refused:
        yield visiting.refused(refused.refusal)
    else:
        yield visiting.went()


def _end(video: str, owners: dict[str | None, str | None], channel: str) -> Refusal | None:
    if video not in owners:
        return _NOT_THERE
    return None if owners[video] == channel else _ANOTHERS


def _at_once(ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Ids in as many as one call may name."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
