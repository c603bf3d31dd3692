"""What Facebook is asked about a page with the page's own token: one generator a question."""

import datetime as dt
from collections.abc import Iterator

from torg.collect.platforms.facebook.records import (
    COMMENT_FIELDS,
    PLATFORM,
    POST_FIELDS,
    Under,
    comment_row,
    post_row,
    whole_id,
)
from torg.collect.platforms.graph import Graph, confirmed
from torg.collect.platforms.paging import Place
from torg.collect.platforms.payloads import Json, latest, moment, whole, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visited import Row, frame
from torg.collect.platforms.visiting import Visiting, rows_of
from torg.collect.records import AUDIENCE, POSTS, REPLIES, Batch

_PAGE_FIELDS = ("id", "name", "username", "followers_count", "fan_count")
# Two denominators: who follows the page, and who has liked it, which Meta still counts.
_AUDIENCES = {"followers": "followers_count", "likes": "fan_count"}
_POSTS_A_PAGE = 25  # with all their counts; Meta answers larger pages with an error
_COMMENTS_A_PAGE = 100
_OVERLAP = dt.timedelta(days=2)  # posts that were planned ahead may come in behind later ones
_ANOTHER = Refusal("The token is another page's than the one that is followed.")


def profile(task: Task, means: Means) -> Iterator[Batch]:
    """The page's followers and likes, two rows, for they are two denominators."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    try:
        page = _page(graph, task.followed, fields=_PAGE_FIELDS)
    except Refused as refused:
        yield visiting.refused(refused.refusal)
        return
    visiting = visiting.to(page["id"])
    rows = (_audience(page, kind, at=means.clock.now()) for kind in _AUDIENCES)
    yield Batch(audience=frame([row for row in rows if row["followers"] is not None], AUDIENCE))
    yield visiting.went(handle=words(page, "username"), drift=graph.drift)


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """The page's own posts since the mark, newest first, a batch a page, with all counts."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    place = Place.read(task.mark, since=task.since)
    newest = place.newest
    try:
        if task.followed.channel.startswith("@"):
            visiting = visiting.to(_page(graph, task.followed, fields=("id",))["id"])
        for page in _posts(graph, visiting.channel, place):
            at = means.clock.now()
            newest = latest(newest, *map(_created, page), by=at)
            rows = (post_row(post, page=visiting.channel, read_at=at) for post in page)
            yield Batch(posts=rows_of(rows, POSTS))
    except Refused as refused:
        mark = place.further(refused, newest=newest, mark=task.mark)
        yield visiting.broken_off(refused.refusal, mark=mark)
    else:
        yield visiting.went(mark=newest.isoformat() if newest else None, drift=graph.drift)


def replies(task: Task, means: Means) -> Iterator[Batch]:
    """All public comments under each post and the answers to them, a batch a page."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    for post in task.subjects:
        try:
            for page in _comments(graph, whole_id(post, visiting.channel)):
                under = Under(visiting.channel, post, means.clock.now())
                rows = (comment_row(comment, under=under) for comment in page)
                yield Batch(replies=rows_of(rows, REPLIES))
        except Refused as refused:
            end = confirmed(graph, refused.refusal, owner=visiting.channel)
            yield visiting.subjects({post: end})
        else:
            yield visiting.subjects({post: None}, drift=graph.drift)


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """A reading of each subject; those that are not there have vanished."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    for post in task.subjects:
        try:
            found = graph.get(whole_id(post, visiting.channel), fields=POST_FIELDS)
        except Refused as refused:
            end = confirmed(graph, refused.refusal, owner=visiting.channel)
            yield visiting.subjects({post: end})
            continue
        row = post_row(found, page=visiting.channel, read_at=means.clock.now())
        is_it = row is not None and row["native_id"] == post
        yield Batch(posts=rows_of([row] if is_it else [], POSTS))
        yield visiting.subjects({post: None if is_it else _NOT_IT}, drift=graph.drift)


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """Which of the subjects, posts or comments, are not there any more."""
    graph, visiting = Graph.of(means), Visiting.of(task, means)
    of_posts = task.of == "posts"
    try:
        for one in task.subjects:
            path = whole_id(one, visiting.channel) if of_posts else one
            if not _is_there(graph, path, owner=visiting.channel):
                yield Batch(vanished=visiting.missing([one]))
    except Refused as refused:
        yield visiting.refused(refused.refusal)
    else:
        yield visiting.went()


_NOT_IT = Refusal("Meta answered with another post, or one that is not the page's.", "partial")


def _page(graph: Graph, followed: Followed, *, fields: tuple[str, ...]) -> Json:
    """The page that the token is for, which must be the one that is followed."""
    if not followed.channel.startswith("@"):
        page = graph.get(followed.channel, fields=fields)
        is_it = words(page, "id") == followed.channel
    else:
        page = graph.get("me", fields=tuple(dict.fromkeys((*fields, "username"))))
        name = words(page, "username") or ""
        is_it = name.replace(".", "").casefold() == followed.channel[1:].casefold()
    if not is_it or not words(page, "id"):
        raise Refused(_ANOTHER)
    return page


def _audience(page: Json, kind: str, *, at: dt.datetime) -> Row:
    return {
        "platform": PLATFORM,
        "channel": page["id"],
        "channel_name": words(page, "name"),
        "read_at": at,
        "followers": whole(page, _AUDIENCES[kind]),
        "kind": kind,
    }


def _posts(graph: Graph, page: str, place: Place) -> Iterator[list[Json]]:
    """The page's published posts until a whole page of the list is older than is wanted."""
    path = f"{page}/published_posts"
    for some in graph.all(path, fields=POST_FIELDS, limit=_POSTS_A_PAGE, after=place.after):
        new = [post for post in some if _is_new(post, place.since)]
        if some and not new:
            return
        yield new


def _is_new(post: Json, since: dt.datetime | None) -> bool:
    created = _created(post)
    return since is None or created is None or created >= since - _OVERLAP


def _created(post: Json) -> dt.datetime | None:
    return moment(post, "created_time")


def _comments(graph: Graph, post_id: str) -> Iterator[list[Json]]:
    """All of them: without "stream" the answers to comments stay out."""
    return graph.all(
        f"{post_id}/comments",
        fields=COMMENT_FIELDS,
        limit=_COMMENTS_A_PAGE,
        filter="stream",
        order="chronological",
    )


def _is_there(graph: Graph, path: str, *, owner: str) -> bool:
    try:
        graph.get(path, fields=("id",))
    except Refused as refused:
        end = confirmed(graph, refused.refusal, owner=owner)
        if not end.is_missing:
            raise Refused(end) from None
        return False
    return True
