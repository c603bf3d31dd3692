"""What Instagram shows of accounts of others ("business discovery"): counts, and no comments.

Asked with the study's own professional account; only professional accounts are shown.
"""

import re
from collections.abc import Iterator

from torg.collect.platforms.graph import Graph, some_of
from torg.collect.platforms.instagram.account import (
    account_of,
    connected,
    followers,
    found_among,
)
from torg.collect.platforms.instagram.records import MEDIA_FIELDS, Account
from torg.collect.platforms.instagram.visits import NOT_THERE, Pages, begin, posts_of, posts_since
from torg.collect.platforms.paging import pages
from torg.collect.platforms.payloads import Json, whole, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
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
    graph, visiting = begin(task, means)
    try:
        found = _discover(graph, connected(graph), task.followed, f"{_WHO},followers_count")
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    yield followers(found, means)
    yield visiting.to(found["id"]).went(handle=words(found, "username"), drift=graph.drift)


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """The account's posts since the mark, newest first, with likes (if shown) and comments."""
    yield from posts_since(task, means, found=_shown_media)


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """A reading of each subject; those that are in no page of the account's have vanished."""
    graph, visiting = begin(task, means)
    try:
        account, media = _shown_media(graph, task.followed)
        found = found_among(media, task.subjects)
    except Refused as refused:
        yield visiting.subjects(dict.fromkeys(task.subjects, refused.refusal))
        return
    visiting = visiting.to(account.id)
    yield posts_of(list(found.values()), account, means)
    ends = {code: None if code in found else NOT_THERE for code in task.subjects}
    yield visiting.subjects(ends, drift=graph.drift)


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """Which of the posts are not there any more; comments of others are not shown."""
    graph, visiting = begin(task, means)
    try:
        account, media = _shown_media(graph, task.followed)
        found = found_among(media, task.subjects)
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    missing = [code for code in task.subjects if code not in found]
    yield Batch(vanished=visiting.missing(missing))
    yield visiting.to(account.id).went(drift=graph.drift)


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


def _pages(graph: Graph, followed: Followed, *, after: str | None = None) -> Iterator[Json]:
    """The account with a page of its media, newest first, and again with each further page."""
    asker = connected(graph)

    def ask(cursor: str | None) -> tuple[Json, str | None]:
        onward = f".after({cursor})" if cursor else ""
        media = f"media{onward}.limit({_A_PAGE}){{{','.join(MEDIA_FIELDS)}}}"
        found = _discover(graph, asker, followed, f"{_WHO},media_count,{media}")
        is_last = not _some(found)  # an account's last page has a cursor now and then
        return found, None if is_last else words(found, "media", "paging", "cursors", "after")

    return pages(ask, after=after)


def _shown_media(
    graph: Graph, followed: Followed, after: str | None = None
) -> tuple[Account, Pages]:
    accounts = _pages(graph, followed, after=after)
    first = next(accounts)
    return account_of(first), _media(first, accounts)


def _media(first: Json, further: Iterator[Json]) -> Iterator[list[Json]]:
    yield _some(first)
    for account in further:
        yield _some(account)


def _some(account: Json) -> list[Json]:
    """A page of an account's media, which may be left out only where it has none."""
    if "media" not in account and whole(account, "media_count") == 0:
        return []
    return some_of(within(account, "media"))
