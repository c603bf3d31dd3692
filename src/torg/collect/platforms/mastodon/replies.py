"""What people said under posts: each post's thread as far as its server shows it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from torg.collect.platforms.mastodon.accounts import Json, home_of
from torg.collect.platforms.mastodon.client import Client, Declined
from torg.collect.platforms.mastodon.counts import gone, own_open, told_of
from torg.collect.platforms.mastodon.finding import Finder
from torg.collect.platforms.mastodon.posts import rejected
from torg.collect.platforms.mastodon.records import lacking, post_row, reply_rows
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import frame, vanished, visited, visits
from torg.collect.records import POSTS, REJECTS, REPLIES, Batch

_UNREADABLE = "some of the replies have no id, author or time"


def replies(task: Task, means: Means) -> Iterator[Batch]:
    """A batch a post: its counts of the moment, its thread, and whether the thread is whole."""
    home = home_of(task.followed)
    client = Client(home, means)
    for uri, found in Finder(client).find(task.subjects):
        post = own_open(found, client)
        if isinstance(post, Declined):
            at = means.clock.now()
            yield Batch(
                visits=visits(told_of(task, uri, post, channel=home.channel, at=at)),
                vanished=vanished(gone(uri, post, channel=home.channel, at=at)),
            )
        else:
            yield _thread(task, client, post, at=means.clock.now())


def _thread(task: Task, client: Client, post: Json, *, at: dt.datetime) -> Batch:
    channel, uri = client.home.channel, str(post["uri"])
    counted = frame([post_row(post, read_at=at)], POSTS)
    try:
        # Nobody need be asked for answers that the server says are not there.
        shown = client.descendants(str(post["id"])) if post.get("replies_count") != 0 else []
    except Declined as declined:
        refused = told_of(task, uri, declined, channel=channel, at=at)
        return Batch(posts=counted, visits=visits(refused))
    sound = [status for status in shown if not lacking(status)]
    detail = unseen(post, sound) or (_UNREADABLE if len(sound) < len(shown) else None)
    said = visited(
        task,
        at=at,
        channel=channel,
        outcome="partial" if detail else "ok",
        detail=detail,
        subject=uri,
    )
    rows = reply_rows(sound, post=post, channel=channel, read_at=at)
    return Batch(
        posts=counted,
        replies=frame(rows, REPLIES),
        rejects=frame(rejected(shown), REJECTS),
        visits=visits(said),
    )


def unseen(post: Json, shown: list[Json]) -> str | None:
    """How many answers are counted and not shown, in a sentence; None where all are.

    Without a token servers show at most 60 answers, 20 deep, and none that others' servers hold
    back; every status says how many answers it has itself.
    """
    there = Counter(str(status.get("in_reply_to_id")) for status in shown)
    counted = [(status.get("replies_count"), there[str(status["id"])]) for status in (post, *shown)]
    if not isinstance(counted[0][0], int):
        return "the server does not count replies, so that some may not be shown"
    lacks = sum(max(0, (count or 0) - known) for count, known in counted)
    return f"the server counts {lacks} more replies than it shows" if lacks else None
