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

FURTHER_CALLS = 10  # for one post's thread, where it is longer than a server shows at once
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
        shown = _descendants(client, post) if post.get("replies_count") != 0 else []
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


def _descendants(client: Client, post: Json) -> list[Json]:
    """The thread; where an answer has more answers than are shown, its own thread is asked for.

    Mastodon shows those without a token 20 levels, other programs fewer.
    """
    shown = {str(status.get("id")): status for status in client.descendants(str(post["id"]))}
    asked: set[str] = set()
    while len(asked) < FURTHER_CALLS:
        lacks = _lacks(list(shown.values()), list(shown.values()))
        number = next((number for number in lacks if number not in asked), None)
        if number is None:
            break
        asked.add(number)
        try:
            found = client.descendants(number)
        except Declined:
            continue
        shown.update((str(status.get("id")), status) for status in found)
    return list(shown.values())


def _lacks(asked: list[Json], shown: list[Json]) -> dict[str, int]:
    """By number, how many answers each of `asked` counts and `shown` does not have."""
    there = Counter(str(status.get("in_reply_to_id")) for status in shown)
    lacks = {
        str(status.get("id")): (status.get("replies_count") or 0) - there[str(status.get("id"))]
        for status in asked
    }
    return {number: count for number, count in lacks.items() if count > 0}


def unseen(post: Json, shown: list[Json]) -> str | None:
    """How many answers are counted and not shown, in a sentence; None where all are.

    Without a token servers show at most 60 answers at once, and none that others' servers hold
    back; every status says how many answers it has itself.
    """
    if not isinstance(post.get("replies_count"), int):
        return "the server does not count replies, so that some may not be shown"
    lacks = sum(_lacks([post, *shown], shown).values())
    return f"the server counts {lacks} more replies than it shows" if lacks else None
