"""New items of a site's feed; asked for only where the feed has changed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from torg.collect.feeds import Feed, Item, is_feed, moment, read_feed, undated
from torg.collect.platforms.rss.discovery import feeds_of
from torg.collect.platforms.rss.marks import Mark, fingerprint, returnable
from torg.collect.platforms.rss.records import NO_DATE, NO_ID, distinct, post_row
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row, frame, visited, visits
from torg.collect.records import POSTS, REJECTS, Batch
from torg.collect.transport import Answer, Door
from torg.errors import FileRefused

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.5"
)
_UNCHANGED = 304
_NO_FEED = "neither a feed nor a page that names one: put the feed's own address into the register"
_CLOSED = "the site's robots.txt asks programs to stay away from its feed"
_BROKEN = "the feed is cut short or not well formed; what could be read of it was read"
_UNDATED = "items without a date, there before the first visit, were left out"
_MEANINGS = {
    401: ("refused", "the site asks for a password for its feed"),
    403: ("refused", "the site refuses its feed to programs"),
    404: ("gone", "the site says that there is nothing at this address"),
    410: ("gone", "the site says that the feed is there no more"),
    451: ("refused", "the site may not show its feed for legal reasons"),
}


@dataclass
class _Lacking(Exception):
    """No feed to read."""

    outcome: str
    detail: str


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """One batch: what is new in the feed, as far as it says its dates."""
    mark = Mark.read(task.mark)
    channel = task.followed.channel
    try:
        answer = _answer(_address(task), mark, means.door)
        at = means.clock.now()
        if answer.status == _UNCHANGED and mark is not None:
            said = visited(task, at=at, channel=channel, mark=str(mark))
            yield Batch(visits=visits(said))
        else:
            yield _batch(task, answer, _feed(answer), mark, at=at)
    except _Lacking as lacking:
        said = visited(
            task,
            at=means.clock.now(),
            channel=channel,
            outcome=lacking.outcome,
            detail=lacking.detail,
            mark=task.mark,
        )
        yield Batch(visits=visits(said))


def _address(task: Task) -> str:
    """Where the site is; a register from before schemes were kept has none."""
    address = task.followed.address or task.followed.channel.removeprefix("@")
    return address if "://" in address else f"https://{address}"


def _answer(address: str, mark: Mark | None, door: Door) -> Answer:
    """The feed's answer: from where it was last time, else from what the site's page names."""
    if mark is not None and door.may_follow(address, mark.feed):
        answer = _ask(mark.feed, door, mark.conditions)
        if answer.status == _UNCHANGED or (answer.status < 300 and is_feed(answer.body)):
            return answer
    answer = _sound(_ask(address, door, {}))
    if is_feed(answer.body):
        return answer
    feeds = (_enciphered(feed, answer.url) for feed in feeds_of(answer.body, address=answer.url))
    for feed in [feed for feed in feeds if door.may_follow(answer.url, feed)][:2]:
        found = _sound(_ask(feed, door, {}))
        if is_feed(found.body):
            return found
    raise _Lacking("failed", _NO_FEED)


def _enciphered(feed: str, page: str) -> str:
    """Sites that have gone over to https forget the links in their pages."""
    is_left_behind = page.startswith("https:") and feed.startswith("http:")
    return feed.replace("http:", "https:", 1) if is_left_behind else feed


def _ask(address: str, door: Door, conditions: dict[str, str]) -> Answer:
    if not door.may_fetch(address):
        raise _Lacking("refused", _CLOSED)
    return door.get(address, headers={"accept": _ACCEPT, **conditions})


def _sound(answer: Answer) -> Answer:
    if answer.status >= 300:
        otherwise = ("failed", f"the site answered with an error ({answer.status})")
        raise _Lacking(*_MEANINGS.get(answer.status, otherwise))
    return answer


def _feed(answer: Answer) -> Feed:
    try:
        return read_feed(answer.body, address=answer.url)
    except FileRefused as refused:
        raise _Lacking("refused", str(refused)) from refused


def _batch(task: Task, answer: Answer, feed: Feed, mark: Mark | None, *, at: dt.datetime) -> Batch:
    known = [item for item in feed.items if item.get("id")]
    dateless = [*undated(tuple(known))]
    news = [*distinct(item for item in known if _is_wanted(item, mark, since=task.since))]
    rows = [
        post_row(item, channel=task.followed.channel, title=feed.title, seen=at) for item in news
    ]
    details = [_BROKEN] if not feed.is_whole else []
    details += [f"{len(dateless)} {_UNDATED}"] if dateless and mark is None else []
    said = visited(
        task,
        at=at,
        channel=task.followed.channel,
        outcome="partial" if details else "ok",
        detail="; ".join(details) or None,
        mark=str(_next(answer, feed, mark, dateless)),
        handle=task.followed.handle,
    )
    return Batch(
        posts=frame(rows, POSTS),
        rejects=frame(_rejected(feed, mark), REJECTS),
        visits=visits(said),
    )


def _is_wanted(item: Item, mark: Mark | None, *, since: dt.datetime | None) -> bool:
    """Dated items since `since`; undated ones that were not there at the visit before."""
    at = moment(item)
    if at is not None:
        return since is None or at >= since
    return mark is not None and fingerprint(item) not in mark.undated


def _next(answer: Answer, feed: Feed, mark: Mark | None, dateless: list[Item]) -> Mark:
    """What to remember; of a feed that was cut short not its state, for the rest is wanted yet."""
    before = mark or Mark(answer.url)
    return Mark(
        feed=answer.url,
        etag=returnable(answer.headers.get("etag")) if feed.is_whole else None,
        modified=returnable(answer.headers.get("last-modified")) if feed.is_whole else None,
        undated=before.with_undated(dateless),
    )


def _rejected(feed: Feed, mark: Mark | None) -> Iterator[Row]:
    for item in feed.items:
        if not item.get("id"):
            yield {"reason": NO_ID}
        elif mark is None and moment(item) is None:
            yield {"reason": NO_DATE}
