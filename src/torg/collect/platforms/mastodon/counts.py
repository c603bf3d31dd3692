"""The counts of posts as they are now, by their ids."""

import datetime as dt
from collections.abc import Iterator

from torg.collect.platforms.mastodon.accounts import Json, home_of
from torg.collect.platforms.mastodon.client import Client, Declined
from torg.collect.platforms.mastodon.finding import Finder
from torg.collect.platforms.mastodon.records import (
    ID_SPACE,
    PLATFORM,
    is_open,
    lacking,
    post_row,
)
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row, frame, vanished, visited, visits
from torg.collect.records import POSTS, Batch

_NOT_OURS = "the post is not the channel's own, or not open to all"


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """One batch: a snapshot of each post that is there, and which are not there any more."""
    home = home_of(task.followed)
    client = Client(home, means)
    rows: list[Row] = []
    said: list[Row] = []
    facts: list[Row] = []
    for uri, found in Finder(client).find(task.subjects):
        at = means.clock.now()
        answer = own_open(found, client)
        if isinstance(answer, Declined):
            said.append(told_of(task, uri, answer, channel=home.channel, at=at))
            facts.extend(gone(uri, answer, channel=home.channel, at=at))
            continue
        rows.append(post_row(answer, read_at=at))
        said.append(visited(task, at=at, channel=home.channel, subject=uri))
    yield Batch(posts=frame(rows, POSTS), visits=visits(*said), vanished=vanished(facts))


def own_open(found: Json | Declined, client: Client) -> Json | Declined:
    """A status that a record can be made of, and that is the channel's."""
    if isinstance(found, Declined):
        return found
    if reason := lacking(found):
        return Declined("failed", reason)
    if not client.home.is_of(found["account"]) or not is_open(found) or found.get("reblog"):
        return Declined("failed", _NOT_OURS)
    return found


def told_of(task: Task, uri: str, declined: Declined, *, channel: str, at: dt.datetime) -> Row:
    """The row of VISITS for a post of which no answer came."""
    return visited(
        task,
        at=at,
        channel=channel,
        outcome=declined.outcome,
        detail=declined.detail,
        subject=uri,
    )


def gone(uri: str, declined: Declined, *, channel: str, at: dt.datetime) -> list[Row]:
    """The row of VANISHED for a post that is not there; none where that is not sure."""
    if declined.outcome != "gone":
        return []
    fact = {
        "platform": PLATFORM,
        "channel": channel,
        "native_id": uri,
        "id_space": ID_SPACE,
        "what": "post",
        "noticed_at": at,
        "basis": "said" if declined.status == 410 else "missing",
    }
    return [fact]
