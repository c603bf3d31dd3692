"""What Bluesky is asked for: profile, new posts, replies, counts, and what is still there."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from torg.collect.platforms.bluesky.client import Said, View
from torg.collect.platforms.bluesky.pages import Page, Seen, pages
from torg.collect.platforms.bluesky.records import (
    PLATFORM,
    SPACE,
    author_of,
    count,
    get,
    handle_of,
    post_row,
    reply_row,
)
from torg.collect.platforms.bluesky.threads import DEPTH, is_shown, tree
from torg.collect.platforms.shape import Means, Task, Visit, What
from torg.collect.platforms.visited import Row, frame, vanished, visited, visits
from torg.collect.records import AUDIENCE, POSTS, REPLIES, Batch

AT_ONCE = 25  # posts that one call of getPosts may name

_OF_ANOTHER = "The view answered about another account than the one asked for."
_OTHER_POST = "The view answered about another post than the one asked for."
_MORE = "There are older posts to read; the next visit goes on with them."
_UNNAMED = "The view was asked by a handle and did not say whose it is."

Payload = Mapping[str, Any]


def visits_at(host: str) -> Mapping[What, Visit]:
    """The five kinds of visit, made to one view."""
    kinds: Mapping[What, Any] = {
        "profile": profile,
        "posts": posts,
        "replies": replies,
        "counts": counts,
        "presence": presence,
    }
    return {what: partial(_visit, kind, host) for what, kind in kinds.items()}


def _visit(kind: Any, host: str, task: Task, means: Means) -> Iterator[Batch]:  # noqa: ANN401
    yield from kind(task, View(means.door, host), now=means.clock.now())


def profile(task: Task, view: View, *, now: dt.datetime) -> Iterator[Batch]:
    """Followers, the handle of today, and the DID behind a handle."""
    actor = _actor(task)
    said = view.ask("app.bsky.actor.getProfile", {"actor": actor})
    did = get(said.payload, "did")
    said = _about(said, actor, did, handle_of(said.payload))
    if not said.is_answer:
        gone = said.error in ("AccountTakedown", "AccountDeactivated")
        yield _nothing(task, said, at=now, gone=gone)
        return
    audience = {
        "platform": PLATFORM,
        "channel": did,
        "channel_name": get(said.payload, "displayName") or handle_of(said.payload),
        "read_at": now,
        "followers": count(get(said.payload, "followersCount")),
        "kind": "followers",
    }
    row = visited(task, at=now, channel=did, handle=handle_of(said.payload))
    yield Batch(audience=frame([audience], AUDIENCE), visits=visits(row), rows_read=1)


def posts(task: Task, view: View, *, now: dt.datetime) -> Iterator[Batch]:
    """The channel's own posts since the last visit; neither reposts nor its replies to others."""
    seen = Seen.read(task.mark, since=task.since)
    found: list[Payload] = []
    channel = task.followed.channel
    rest = None
    ask = partial(_author_feed, view, _actor(task))
    for page in pages(ask, back_to=seen.back_to, rest=seen.rest):
        if not page.said.is_answer:
            yield _partial(task, found, page, mark=seen.again(task.mark), at=now)
            return
        found += page.own(channel)
        channel, rest = page.channel or channel, page.rest
    new = [one for one in found if not seen.has(one)]
    after = seen.cut(found, rest) if rest else seen.after(found)
    how = {"outcome": "partial", "detail": _MORE} if rest else {}
    row = visited(task, at=now, channel=channel, mark=after.text, handle=_handle(found), **how)
    yield Batch(posts=_posts(new, now), visits=visits(row), rows_read=len(new))


def replies(task: Task, view: View, *, now: dt.datetime) -> Iterator[Batch]:
    """The whole tree of replies under each of the posts named, a batch a post."""
    for subject in task.subjects:
        yield _replies_under(subject, task, view, now=now)


def counts(task: Task, view: View, *, now: dt.datetime) -> Iterator[Batch]:
    """What the posts named count now; those that are not there have vanished."""
    for some in _portions(task.subjects):
        said, there = _looked_up(view, some)
        if not said.is_answer:
            yield _unanswered(task, some, said, at=now)
            continue
        rows = [_each(task, uri, at=now, is_there=uri in there) for uri in some]
        yield Batch(
            posts=_posts(there.values(), now),
            visits=visits(*rows),
            vanished=vanished(_lost(task, some, there, now)),
            rows_read=len(there),
        )


def presence(task: Task, view: View, *, now: dt.datetime) -> Iterator[Batch]:
    """Which of the records named are still there; nothing else is kept of the answer."""
    for some in _portions(task.subjects):
        said, there = _looked_up(view, some)
        if not said.is_answer:
            yield _unanswered(task, some, said, at=now)
            continue
        row = visited(task, at=now, channel=task.followed.channel)
        lost = vanished(_lost(task, some, there, now))
        yield Batch(visits=visits(row), vanished=lost, rows_read=len(there))


def _actor(task: Task) -> str:
    return task.followed.channel.removeprefix("@")


def _about(said: Said, actor: str, did: object, handle: str | None) -> Said:
    """The answer, if it is about the account that was asked for."""
    if not said.is_answer:
        return said
    if not isinstance(did, str) or not did.startswith("did:"):
        return Said(outcome="failed", detail=_UNNAMED)
    if actor.startswith("did:"):
        return said if did == actor else Said(outcome="failed", detail=_OF_ANOTHER)
    if handle not in (None, actor.lower()):
        return Said(outcome="failed", detail=_OF_ANOTHER)
    return said


def _author_feed(view: View, actor: str, cursor: str | None) -> Said:
    params: dict[str, str | int] = {
        "actor": actor,
        "limit": 100,
        "filter": "posts_no_replies",
        "includePins": "false",
    }
    return view.ask("app.bsky.feed.getAuthorFeed", params | ({"cursor": cursor} if cursor else {}))


def _replies_under(subject: str, task: Task, view: View, *, now: dt.datetime) -> Batch:
    def thread(uri: str) -> Said:
        params: dict[str, str | int] = {"uri": uri, "depth": DEPTH, "parentHeight": 0}
        said = view.ask("app.bsky.feed.getPostThread", params)
        return _of_post(said, uri)

    def further(uri: str) -> Payload | None:
        said = thread(uri)
        return get(said.payload, "thread") if said.is_answer else None

    said = thread(subject)
    if not said.is_answer:
        return _no_thread(task, subject, said, at=now)
    channel = task.followed.channel
    found = tree(get(said.payload, "thread"), further=further)
    rows = [reply_row(one, channel=channel, post=subject, read_at=now) for one in found.replies]
    outcome = (
        {}
        if found.is_whole
        else {"outcome": "partial", "detail": "The view did not show the whole thread."}
    )
    row = visited(task, at=now, channel=channel, subject=subject, **outcome)
    return Batch(replies=frame(rows, REPLIES), visits=visits(row), rows_read=len(rows))


def _of_post(said: Said, uri: str) -> Said:
    """The answer, if it is the thread of the post that was asked for."""
    thread = get(said.payload, "thread")
    if not said.is_answer:
        return said
    if get(thread, "notFound"):
        return Said(outcome="gone", detail="The network has no such post.", error="NotFound")
    if get(thread, "blocked"):
        return Said(outcome="refused", detail="The post is blocked for those who ask.")
    if not is_shown(thread) or get(thread, "post", "uri") != uri:
        return Said(outcome="failed", detail=_OTHER_POST)
    return said


def _no_thread(task: Task, subject: str, said: Said, *, at: dt.datetime) -> Batch:
    """What is noted of a post whose thread was not shown; one that is gone has vanished."""
    channel = task.followed.channel
    row = visited(
        task, at=at, channel=channel, subject=subject, outcome=said.outcome, detail=said.detail
    )
    lost = _lost(task, [subject], {}, at) if said.error == "NotFound" else []
    return Batch(visits=visits(row), vanished=vanished(lost))


def _looked_up(view: View, uris: Sequence[str]) -> tuple[Said, dict[str, Payload]]:
    """The posts that are there, by address; what seems to be gone is asked for twice."""
    said, there = _asked(view, uris)
    absent = [uri for uri in uris if uri not in there]
    if said.is_answer and absent:
        said, found = _asked(view, absent)
        there |= found
    return said, there


def _asked(view: View, uris: Sequence[str]) -> tuple[Said, dict[str, Payload]]:
    said = view.ask("app.bsky.feed.getPosts", {"uris": list(uris)})
    wanted = set(uris)
    shown = [one for one in get(said.payload, "posts") or () if is_shown({"post": one})]
    return said, {one["uri"]: one for one in shown if one["uri"] in wanted}


def _each(task: Task, uri: str, *, at: dt.datetime, is_there: bool) -> Row:
    """A row of visits for one post whose counts were wanted."""
    how = {} if is_there else {"outcome": "gone", "detail": "The network has no such post."}
    return visited(task, at=at, channel=task.followed.channel, subject=uri, **how)


def _lost(
    task: Task, uris: Iterable[str], there: Mapping[str, Payload], at: dt.datetime
) -> list[Row]:
    """Rows of VANISHED for what was asked for and is not there."""
    channel = task.followed.channel
    return [
        {
            "platform": PLATFORM,
            "channel": channel,
            "native_id": uri,
            "id_space": SPACE,
            "what": "post" if author_of(uri) == channel and task.of == "posts" else "reply",
            "noticed_at": at,
            "basis": "missing",
        }
        for uri in uris
        if uri not in there
    ]


def _nothing(
    task: Task, said: Said, *, at: dt.datetime, gone: bool = False, mark: str | None = None
) -> Batch:
    """A visit without an answer; an account that the network says is gone has vanished."""
    channel = task.followed.channel
    row = visited(task, at=at, channel=channel, outcome=said.outcome, detail=said.detail, mark=mark)
    lost = {
        "platform": PLATFORM,
        "channel": channel,
        "what": "channel",
        "noticed_at": at,
        "basis": "said",
    }
    return Batch(visits=visits(row), vanished=vanished([lost] if gone else []))


def _unanswered(task: Task, uris: Sequence[str], said: Said, *, at: dt.datetime) -> Batch:
    """A look-up without an answer, noted for each post where posts are noted one by one."""
    named = uris if task.what == "counts" else (None,)
    rows = [
        visited(
            task,
            at=at,
            channel=task.followed.channel,
            subject=uri,
            outcome=said.outcome,
            detail=said.detail,
        )
        for uri in named
    ]
    return Batch(visits=visits(*rows))


def _partial(
    task: Task, found: Sequence[Payload], page: Page, *, mark: str | None, at: dt.datetime
) -> Batch:
    """What came before the view stopped answering; the next visit begins at `mark`."""
    said = page.said
    if not found:
        return _nothing(task, said, at=at, mark=mark)
    row = visited(
        task,
        at=at,
        channel=task.followed.channel,
        outcome="partial",
        detail=said.detail,
        mark=mark,
    )
    return Batch(posts=_posts(found, at), visits=visits(row), rows_read=len(found))


def _posts(views: Iterable[Payload], now: dt.datetime) -> Any:  # noqa: ANN401
    return frame([post_row(one, read_at=now) for one in views], POSTS)


def _handle(found: Sequence[Payload]) -> str | None:
    return handle_of(get(found[0], "author")) if found else None


def _portions(subjects: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(subjects), AT_ONCE):
        yield subjects[first : first + AT_ONCE]
