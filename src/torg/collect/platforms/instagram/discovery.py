"""What Instagram shows of accounts of others ("business discovery"): counts, and no comments.

Asked with the study's own professional account; only professional accounts are shown.
"""

import re
from collections.abc import Iterator

from torg.collect.platforms.graph import Graph
from torg.collect.platforms.instagram.account import (
    account_of,
    connected,
    followers,
    found_among,
)
from torg.collect.platforms.instagram.records import MEDIA_FIELDS, POST_SPACE
from torg.collect.platforms.instagram.visits import (
    NOT_THERE,
    new_media,
    posts_of,
    published,
    since_of,
)
from torg.collect.platforms.payloads import Json, latest, listed, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visiting import Visiting
from torg.collect.records import Batch

_WHO = "id,username,name"
_A_PAGE = 50
_NAME = re.compile(r"[A-Za-z0-9._]+")
_NO_NAME = Refusal(
    "Instagram is asked by an account's name, and the register has none: put it into the register."
)
_ANOTHER = Refusal("The name now belongs to another account than the one that is followed.")


def profile(task: Task, means: Means) -> Iterator[Batch]:
    """The account's followers, as anybody sees them."""
    graph, visiting = _begin(task, means)
    try:
        found = _discover(graph, connected(graph), task.followed, f"{_WHO},followers_count")
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    yield followers(found, means)
    yield visiting.to(found["id"]).went(handle=words(found, "username"), drift=graph.drift)


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """The account's posts since the mark, newest first, with likes (if shown) and comments."""
    graph, visiting = _begin(task, means)
    newest = since_of(task)
    try:
        pages = _pages(graph, task.followed)
        first = next(pages)
        account = account_of(first)
        visiting = visiting.to(account.id)
        for page in new_media(_media(first, pages), newest):
            newest = latest(newest, *map(published, page), by=means.clock.now())
            yield posts_of(page, account, means)
    except Refused as refused:
        yield visiting.refused(refused.refusal)
    else:
        yield visiting.went(mark=newest.isoformat() if newest else None, drift=graph.drift)


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """A reading of each subject; those that are in no page of the account's have vanished."""
    graph, visiting = _begin(task, means)
    try:
        pages = _pages(graph, task.followed)
        first = next(pages)
        found = found_among(_media(first, pages), task.subjects)
    except Refused as refused:
        yield visiting.subjects(dict.fromkeys(task.subjects, refused.refusal))
        return
    visiting = visiting.to(first["id"])
    yield posts_of(list(found.values()), account_of(first), means)
    ends = {code: None if code in found else NOT_THERE for code in task.subjects}
    yield visiting.subjects(ends, drift=graph.drift)


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """Which of the posts are not there any more; comments of others are not shown."""
    graph, visiting = _begin(task, means)
    try:
        pages = _pages(graph, task.followed)
        first = next(pages)
        found = found_among(_media(first, pages), task.subjects)
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    missing = [code for code in task.subjects if code not in found]
    yield Batch(vanished=visiting.missing(missing))
    yield visiting.to(first["id"]).went(drift=graph.drift)


def _begin(task: Task, means: Means) -> tuple[Graph, Visiting]:
    return Graph.of(means), Visiting.of(task, means, post_space=POST_SPACE)


def _discover(graph: Graph, asker: str, followed: Followed, wanted: str) -> Json:
    """What is shown of an account, which must be the one that is followed."""
    name = (followed.handle or followed.channel.removeprefix("@")).removeprefix("@")
    if not _NAME.fullmatch(name) or (followed.handle is None and name.isdecimal()):
        raise Refused(_NO_NAME)
    field = f"business_discovery.username({name}){{{wanted}}}"
    answer = graph.get(asker, fields=(field,))
    found: Json = within(answer, "business_discovery")
    number = words(found, "id")
    is_theirs = followed.channel.startswith("@") or number == followed.channel
    if number is None or words(found, "username") is None or not is_theirs:
        raise Refused(_ANOTHER)
    return found


def _pages(graph: Graph, followed: Followed) -> Iterator[Json]:
    """The account with a page of its media, newest first, and again with each further page."""
    asker, after = connected(graph), ""
    while True:
        media = f"media{after}.limit({_A_PAGE}){{{','.join(MEDIA_FIELDS)}}}"
        found = _discover(graph, asker, followed, f"{_WHO},{media}")
        yield found
        cursor = words(found, "media", "paging", "cursors", "after")
        if cursor is None or f".after({cursor})" == after:
            return
        after = f".after({cursor})"


def _media(first: Json, further: Iterator[Json]) -> Iterator[list[Json]]:
    yield listed(first, "media", "data")
    for account in further:
        yield listed(account, "media", "data")
