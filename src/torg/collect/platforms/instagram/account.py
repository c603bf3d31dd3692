"""An account of Instagram with its own token: who it is, and its media by their short codes."""

from collections.abc import Iterator

from torg.collect.platforms.graph import Graph
from torg.collect.platforms.instagram.records import (
    MEDIA_FIELDS,
    PLATFORM,
    Account,
    short_code,
)
from torg.collect.platforms.payloads import Json, whole, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visited import frame
from torg.collect.platforms.visiting import Visiting
from torg.collect.records import AUDIENCE, Batch

_ANOTHER = Refusal("The token is another account's than the one that is followed.")
_A_PAGE = 50
_WHO = ("id", "username", "name")


def profile(task: Task, means: Means) -> Iterator[Batch]:
    """The account's followers."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    try:
        found = own_account(graph, task.followed, fields=(*_WHO, "followers_count"))
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    yield followers(found, means)
    yield visiting.to(found["id"]).went(handle=words(found, "username"), drift=graph.drift)


def followers(found: Json, means: Means) -> Batch:
    """The audience of an account, if it is given."""
    row = {
        "platform": PLATFORM,
        "channel": found["id"],
        "channel_name": words(found, "name"),
        "read_at": means.clock.now(),
        "followers": whole(found, "followers_count"),
        "kind": "followers",
    }
    return Batch(audience=frame([row] if row["followers"] is not None else [], AUDIENCE))


def own_account(graph: Graph, followed: Followed, *, fields: tuple[str, ...] = _WHO) -> Json:
    """The account that the token is for, which must be the one that is followed."""
    wanted = followed.channel
    path = wanted if not wanted.startswith("@") else connected(graph)
    found = graph.get(path, fields=fields)
    number, name = words(found, "id"), words(found, "username")
    if number is None or name is None or wanted.casefold() not in (number, f"@{name.casefold()}"):
        raise Refused(_ANOTHER)
    return found


def connected(graph: Graph) -> str:
    """The id of the Instagram account that belongs to the page of the token."""
    page = graph.get("me", fields=("instagram_business_account{id}",))
    found = words(page, "instagram_business_account", "id")
    if found is None:
        raise Refused(Refusal("No Instagram account is connected to the page of this token."))
    return found


def account_of(found: Json) -> Account:
    """The account as its records need it."""
    return Account(found["id"], str(found["username"]), words(found, "name"))


def media_of(graph: Graph, account: Account, *, after: str | None = None) -> Iterator[list[Json]]:
    """All media, newest first, page by page, from a cursor on."""
    return graph.all(f"{account.id}/media", fields=MEDIA_FIELDS, limit=_A_PAGE, after=after)


def found_among(pages: Iterator[list[Json]], codes: tuple[str, ...]) -> dict[str, Json]:
    """Media by short code, read no further than until all that are wanted are found.

    There is no asking by short code; recent posts stand on the first page.
    """
    found: dict[str, Json] = {}
    for page in pages:
        found |= {code: one for one in page if (code := short_code(one)) in codes and code}
        if len(found) == len(set(codes)):
            break
    return found
