"""The pages of an author's feed, newest first, and how far back they were read before."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from torg.collect.platforms.bluesky.client import Said
from torg.collect.platforms.bluesky.records import EARLIEST, author_of, get, instant, is_top
from torg.collect.platforms.bluesky.threads import is_shown

# A post can come into a feed below newer ones: its author's clock was late, or the view's stream.
OVERLAP = dt.timedelta(days=1)
PAGES = 200  # of a feed at one visit: 20,000 posts and reposts

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """How far a feed was read: up to `until`, and which of the posts shortly before it.

    Its text is the mark of a visit: a moment, then the last parts of addresses; after a visit that
    was cut also `rest`, the cursor with which the next one goes on, and `floor`, back to when.
    """

    until: dt.datetime | None = None
    keys: frozenset[str] = frozenset()
    since: dt.datetime | None = None
    rest: str | None = None
    floor: dt.datetime | None = None

    @classmethod
    def read(cls, mark: str | None, *, since: dt.datetime | None) -> "Seen":
        """From a mark; one that cannot be read is none."""
        moment, *keys = (mark or "").split() or [""]
        noted = {name: value for name, sign, value in (k.partition("=") for k in keys) if sign}
        told = frozenset(key for key in keys if "=" not in key)
        rest = unquote(noted["rest"]) if noted.get("rest") else None
        return cls(instant(moment), told, since, rest, instant(noted.get("floor")))

    @property
    def text(self) -> str | None:
        """The mark."""
        if self.until is None:
            return None
        noted = [f"rest={quote(self.rest, safe='')}"] if self.rest else []
        noted += [f"floor={self.floor.isoformat()}"] if self.floor else []
        return " ".join([self.until.isoformat(), *sorted(self.keys), *noted])

    @property
    def back_to(self) -> dt.datetime | None:
        """Up to where the feed must be read; None: all of it."""
        if self.rest is not None:
            return self.floor
        if self.until is None:
            return self.since
        return self.until - OVERLAP

    def has(self, view: Payload) -> bool:
        """Whether a post was read before, or is older than what is wanted."""
        stood = stands_at(view)
        if self.rest is not None:
            return self.floor is not None and stood is not None and stood < self.floor
        if self.since is not None and stood is not None and stood < self.since:
            return True
        if self.until is None:
            return False
        return _key(view) in self.keys or (stood is not None and stood < self.until - OVERLAP)

    def after(self, views: Sequence[Payload]) -> "Seen":
        """How far it is read when these posts were read, too."""
        if self.rest is not None:  # these were below what was read before
            return replace(self, rest=None, floor=None)
        moments = [moment for moment in map(stands_at, views) if moment is not None]
        until = max([*moments, *([self.until] if self.until else [])], default=None)
        if until is None:
            return self
        near = [view for view in views if (stood := stands_at(view)) and stood >= until - OVERLAP]
        return Seen(until, frozenset(map(_key, near)), self.since)

    def again(self, mark: str | None) -> str | None:
        """The mark of a visit that began here with `mark` and was not answered.

        A cursor is forgotten then, for it may be what was not answered, and the feed is read anew.
        """
        return mark if self.rest is None else Seen(self.floor).text

    def cut(self, views: Sequence[Payload], rest: str) -> "Seen":
        """How far it is read when these posts were read, and the feed goes on at `rest`."""
        return replace(self.after(views), rest=rest, floor=self.back_to)


@dataclass(frozen=True)
class Page:
    """One page: what the view said; `rest` is where the feed goes on after the visit's last one."""

    said: Said
    rest: str | None = None

    def own(self, channel: str) -> list[Payload]:
        """The channel's own posts: no reposts, no replies, nothing of another account."""
        entries = get(self.said.payload, "feed") or ()
        shown = [entry["post"] for entry in entries if is_shown(entry) and not get(entry, "reason")]
        return [
            view
            for view in shown
            if is_top(view["record"])
            and author_of(view["uri"]) == get(view, "author", "did")
            and channel in (get(view, "author", "did"), f"@{get(view, 'author', 'handle')}")
        ]

    @property
    def channel(self) -> str | None:
        """The DID behind the feed, told by the first post that is the account's own."""
        entries = get(self.said.payload, "feed") or ()
        dids = (get(one, "post", "author", "did") for one in entries if not get(one, "reason"))
        return next((did for did in dids if isinstance(did, str)), None)


def pages(
    ask: Callable[[str | None], Said], *, back_to: dt.datetime | None, rest: str | None = None
) -> Iterator[Page]:
    """The pages of a feed, from the cursor `rest` on.

    Until one reaches back far enough, the feed or an answer ends, or PAGES are read.
    """
    cursor = rest
    used = {cursor}
    for number in range(PAGES):
        page = Page(ask(cursor))
        cursor = get(page.said.payload, "cursor")
        is_old = back_to is not None and _oldest(page) < back_to
        is_last = not page.said.is_answer or not cursor or cursor in used or is_old
        yield page if is_last or number + 1 < PAGES else replace(page, rest=cursor)
        if is_last:
            return
        used.add(cursor)


def stands_at(view: Payload) -> dt.datetime | None:
    """Where a post stands in its feed: the earlier of its author's claim and the view's sight.

    None where that is before there were such networks: it stands below all others.
    """
    claim, seen = instant(get(view, "record", "createdAt")), instant(get(view, "indexedAt"))
    return min((moment for moment in (claim, seen) if moment and moment >= EARLIEST), default=None)


def _oldest(page: Page) -> dt.datetime:
    """The earliest moment of a page's posts; reposts stand where they were made, so not by them."""
    entries = get(page.said.payload, "feed") or ()
    views = [entry["post"] for entry in entries if is_shown(entry) and not get(entry, "reason")]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return min((moment for moment in map(stands_at, views) if moment), default=latest)


def _key(view: Payload) -> str:
    return str(view["uri"]).rpartition("/")[2]
