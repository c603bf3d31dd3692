"""The account itself: whether it is there, and how many follow it."""

import datetime as dt
from collections.abc import Iterator

from torg.collect.platforms.mastodon.accounts import Json, account_name, home_of
from torg.collect.platforms.mastodon.client import Client, Declined
from torg.collect.platforms.mastodon.records import PLATFORM, Row
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import frame, vanished, visited, visits
from torg.collect.records import AUDIENCE, Batch

_MOVED = "the account says that it has moved: put its new address into the register"
_SUSPENDED = "the server has closed the account"


def profile(task: Task, means: Means) -> Iterator[Batch]:
    """One batch: the followers of this moment, and what the account is called now."""
    home = home_of(task.followed)
    try:
        account = Client(home, means).account()
    except Declined as declined:
        yield _absent(task, declined, channel=home.channel, at=means.clock.now())
        return
    at = means.clock.now()
    if account.get("suspended"):
        closed = Declined("gone", _SUSPENDED, is_sure=True)
        yield _absent(task, closed, channel=home.channel, at=at)
        return
    moved = account.get("moved")
    said = visited(
        task,
        at=at,
        channel=home.channel,
        outcome="partial" if moved else "ok",
        detail=_MOVED if moved else None,
        mark=str(account.get("id")),
        handle=account_name(moved or account),
    )
    row = _audience(account, channel=home.channel, at=at)
    yield Batch(audience=frame([row], AUDIENCE), visits=visits(said))


def _audience(account: Json, *, channel: str, at: dt.datetime) -> Row:
    return {
        "platform": PLATFORM,
        "channel": channel,
        "channel_name": account.get("display_name") or account.get("username"),
        "read_at": at,
        "followers": followers(account),
        "kind": "followers",
    }


def followers(account: Json) -> int | None:
    """How many follow; None where the account hides it, which some servers write as 0 or -1."""
    count = account.get("followers_count")
    if not isinstance(count, int) or count < 0:
        return None
    return None if count == 0 and account.get("hide_collections") else count


def _absent(task: Task, declined: Declined, *, channel: str, at: dt.datetime) -> Batch:
    """A channel that was there and is not is noted; one that never was is a wrong address."""
    said = visited(
        task,
        at=at,
        channel=channel,
        outcome=declined.outcome,
        detail=declined.detail,
        mark=task.mark,
    )
    is_end = declined.outcome == "gone" and declined.is_sure and task.mark is not None
    fact = {
        "platform": PLATFORM,
        "channel": channel,
        "what": "channel",
        "noticed_at": at,
        "basis": "missing" if declined.status == 404 else "said",
    }
    return Batch(vanished=vanished([fact] if is_end else []), visits=visits(said))
