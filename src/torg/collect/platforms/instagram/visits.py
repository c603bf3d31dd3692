"""What Instagram is asked about an account's posts with its own token."""

import datetime as dt
from collections.abc import Callable, Iterator

from torg.collect.platforms.graph import Graph, confirmed
from torg.collect.platforms.instagram.account import (
    account_of,
    found_among,
    media_of,
    own_account,
)
from torg.collect.platforms.instagram.records import (
    COMMENT_FIELDS,
    POST_SPACE,
    Account,
    Under,
    comment_row,
    media_row,
)
from torg.collect.platforms.paging import Place
from torg.collect.platforms.payloads import Json, latest, listed, moment, within, words
from torg.collect.platforms.refused import Refusal, Refused
from torg.collect.platforms.shape import Followed, Means, Task
from torg.collect.platforms.visited import Row
from torg.collect.platforms.visiting import Visiting, rows_of
from torg.collect.records import POSTS, REPLIES, Batch

NOT_THERE = Refusal("The post is not there.", outcome="gone", is_missing=True)
_A_PAGE = 50
_OVERLAP = dt.timedelta(days=2)

Pages = Iterator[list[Json]]
# The account that is followed, and its media from a cursor on, newest first.
Found = Callable[[Graph, Followed, str | None], tuple[Account, Pages]]


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """The account's posts since the mark, newest first, a batch a page, with likes and comments."""
    yield from posts_since(task, means, found=_own_media)


def posts_since(task: Task, means: Means, *, found: Found) -> Iterator[Batch]:
    """Posts since the mark, newest first, a batch a page, of the media that `found` gives."""
    graph, visiting = begin(task, means)
    place = Place.read(task.mark, since=task.since)
    newest = place.newest
    try:
        account, media = found(graph, task.followed, place.after)
        visiting = visiting.to(account.id)
        for page in _new_media(media, place.since):
            newest = latest(newest, *map(_published, page), by=means.clock.now())
            yield posts_of(page, account, means)
    except Refused as refused:
        mark = place.further(refused, newest=newest, mark=task.mark)
        yield visiting.broken_off(refused.refusal, mark=mark)
    else:
        yield visiting.went(mark=newest.isoformat() if newest else None, drift=graph.drift)


def replies(task: Task, means: Means) -> Iterator[Batch]:
    """All comments under each post and the answers to them, a batch a page."""
    graph, visiting = begin(task, means)
    try:
        account = account_of(own_account(graph, task.followed))
        found = found_among(media_of(graph, account), task.subjects)
    except Refused as refused:
        yield visiting.subjects(dict.fromkeys(task.subjects, refused.refusal))
        return
    for code in task.subjects:
        if code not in found:
            yield visiting.subjects({code: NOT_THERE})
            continue
        try:
            for page in _comments(graph, str(found[code].get("id"))):
                under = Under(account, code, means.clock.now())
                rows = [row for top in page for row in _thread(graph, top, under)]
                yield Batch(replies=rows_of(rows, REPLIES))
        except Refused as refused:
            yield visiting.subjects({code: confirmed(graph, refused.refusal, owner=account.id)})
        else:
            yield visiting.subjects({code: None}, drift=graph.drift)


def counts(task: Task, means: Means) -> Iterator[Batch]:
    """A reading of each subject; those that are in no page of the account's have vanished."""
    graph, visiting = begin(task, means)
    try:
        account = account_of(own_account(graph, task.followed))
        found = found_among(media_of(graph, account), task.subjects)
    except Refused as refused:
        yield visiting.subjects(dict.fromkeys(task.subjects, refused.refusal))
        return
    yield posts_of(list(found.values()), account, means)
    ends = {code: None if code in found else NOT_THERE for code in task.subjects}
    yield visiting.subjects(ends, drift=graph.drift)


def presence(task: Task, means: Means) -> Iterator[Batch]:
    """Which of the subjects, posts or comments, are not there any more."""
    graph, visiting = begin(task, means)
    try:
        account = account_of(own_account(graph, task.followed))
        if task.of == "posts":
            found = found_among(media_of(graph, account), task.subjects)
            missing = [code for code in task.subjects if code not in found]
        else:
            missing = [one for one in task.subjects if not _is_there(graph, one, account)]
        yield Batch(vanished=visiting.missing(missing))
    except Refused as refused:
        yield visiting.refused(refused.refusal)
    else:
        yield visiting.went()


def posts_of(media: list[Json], account: Account, means: Means) -> Batch:
    """Media as posts, read now."""
    at = means.clock.now()
    return Batch(
        posts=rows_of((media_row(one, account=account, read_at=at) for one in media), POSTS)
    )


def begin(task: Task, means: Means) -> tuple[Graph, Visiting]:
    """The interface with the task's token, and the visit at its beginning."""
    return Graph.of(means), Visiting.of(task, means, post_space=POST_SPACE)


def _own_media(graph: Graph, followed: Followed, after: str | None) -> tuple[Account, Pages]:
    account = account_of(own_account(graph, followed))
    return account, media_of(graph, account, after=after)


def _new_media(pages: Iterator[list[Json]], since: dt.datetime | None) -> Iterator[list[Json]]:
    """Media until a whole page of the list is older than `since`."""
    for page in pages:
        new = [one for one in page if _is_new(one, since)]
        if page and not new:
            return
        yield new


def _published(media: Json) -> dt.datetime | None:
    """When it was published."""
    return moment(media, "timestamp")


def _is_new(media: Json, since: dt.datetime | None) -> bool:
    at = _published(media)
    return since is None or at is None or at >= since - _OVERLAP


def _comments(graph: Graph, media_id: str) -> Iterator[list[Json]]:
    answers = f"replies.limit({_A_PAGE}){{{','.join(COMMENT_FIELDS)}}}"
    return graph.all(f"{media_id}/comments", fields=(*COMMENT_FIELDS, answers), limit=_A_PAGE)


def _thread(graph: Graph, top: Json, under: Under) -> Iterator[Row | None]:
    yield comment_row(top, under=under)
    for answer in _answers(graph, top):
        yield comment_row(answer, under=under, parent=words(top, "id"))


def _answers(graph: Graph, top: Json) -> Iterator[Json]:
    """Those that came with the comment, and the pages after them."""
    yield from listed(top, "replies", "data")
    after = words(top, "replies", "paging", "cursors", "after")
    if within(top, "replies", "paging", "next") is None or after is None:
        return
    try:
        for page in graph.all(
            f"{top.get('id')}/replies", fields=COMMENT_FIELDS, limit=_A_PAGE, after=after
        ):
            yield from page
    except Refused as refused:
        if not refused.refusal.is_missing:
            raise
        # The comment was deleted after it was listed: that says nothing of the post.


def _is_there(graph: Graph, comment: str, account: Account) -> bool:
    try:
        graph.get(comment, fields=("id",))
    except Refused as refused:
        end = confirmed(graph, refused.refusal, owner=account.id)
        if not end.is_missing:
            raise Refused(end) from None
        return False
    return True
