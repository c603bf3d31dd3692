"""New posts of an account, page by page, newest first."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace

from torg.collect.platforms.mastodon.accounts import Json, home_of
from torg.collect.platforms.mastodon.client import PAGE, Client, Declined, Page
from torg.collect.platforms.mastodon.marks import Gap, Mark
from torg.collect.platforms.mastodon.records import instant, is_post, lacking, post_row
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row, frame, visited, visits
from torg.collect.records import POSTS, REJECTS, Batch

ROOM = 4_000  # statuses of an account at one visit, a hundred pages: years of a municipality's
_MORE = "there are older posts to read; the next visit goes on with them"
_CUT = "the server shows its newest posts only, and older ones were wanted"


def posts(task: Task, means: Means) -> Iterator[Batch]:
    """A batch a page; each says where the next visit goes on should this one break off here."""
    home = home_of(task.followed)
    client = Client(home, means)
    mark = Mark.read(task.mark)
    try:
        mark, page = _first(client, mark)
        mark, room = mark.beginning(mark.seen or task.since), ROOM
        while True:
            floor = mark.gaps[0].floor
            mark, is_cut = _after(mark, page)
            yield _batch(task, page, mark, floor=floor, is_cut=is_cut, at=means.clock.now())
            # A server may show ever more pages, or more on a page than it was asked for.
            room -= max(PAGE, len(page.statuses))
            if not mark.gaps or room <= 0:
                return
            page = client.page(mark.account, below=mark.gaps[0].below)
    except Declined as declined:
        yield _broken_off(task, declined, mark, channel=home.channel, at=means.clock.now())


def _first(client: Client, mark: Mark | None) -> tuple[Mark, Page]:
    """The newest page; an account whose number is forgotten or has changed is looked up."""
    if mark is not None:
        try:
            return mark, client.page(mark.account, below=None)
        except Declined as declined:
            if declined.outcome != "gone":
                raise
    account = str(client.account().get("id"))
    mark = replace(mark, account=account) if mark else Mark(account)
    return mark, client.page(account, below=None)


def _after(mark: Mark, page: Page) -> tuple[Mark, bool]:
    """The mark once a page is read, and whether the server had no more where more was wanted."""
    gap, *rest = mark.gaps
    moments = [moment for s in page.statuses if (moment := instant(s.get("created_at")))]
    reached = not moments or (gap.floor is not None and min(moments) < gap.floor)
    gaps = rest if reached or page.below is None else [Gap(page.below, gap.floor), *rest]
    seen = max([*moments, mark.seen], key=_by_time, default=None) if moments else mark.seen
    is_cut = not reached and page.below is None and len(page.statuses) >= PAGE
    return Mark(mark.account, seen, tuple(gaps)), is_cut


def _by_time(moment: dt.datetime | None) -> dt.datetime:
    return moment or dt.datetime.min.replace(tzinfo=dt.UTC)


def _changed(row: Row) -> dt.datetime:
    """When a post was last written at: an edit of an older one on the page comes for nothing."""
    moment: dt.datetime = row["edited_at"] or row["published_at"]
    return moment


def _batch(
    task: Task, page: Page, mark: Mark, *, floor: dt.datetime | None, is_cut: bool, at: dt.datetime
) -> Batch:
    sound = [status for status in page.statuses if not lacking(status)]
    rows = [post_row(status, read_at=at) for status in sound if is_post(status)]
    wanted = [row for row in rows if floor is None or _changed(row) >= floor]
    detail = _CUT if is_cut else _MORE if mark.gaps else None
    said = visited(
        task,
        at=at,
        channel=home_of(task.followed).channel,
        outcome="partial" if detail else "ok",
        detail=detail,
        mark=str(mark),
    )
    return Batch(
        posts=frame(wanted, POSTS),
        rejects=frame(rejected(page.statuses), REJECTS),
        visits=visits(said),
    )


def rejected(statuses: list[Json]) -> Iterator[Row]:
    """Rows of REJECTS for statuses that no record can be made of; a uri may name a citizen."""
    for status in statuses:
        if reason := lacking(status):
            shown = {name: status.get(name) for name in ("id", "created_at")}
            yield {"reason": reason, "row": json.dumps(shown, default=str)}


def _broken_off(
    task: Task, declined: Declined, mark: Mark | None, *, channel: str, at: dt.datetime
) -> Batch:
    said = visited(
        task,
        at=at,
        channel=channel,
        outcome=declined.outcome,
        detail=declined.detail,
        mark=str(mark) if mark else task.mark,
    )
    return Batch(visits=visits(said))
