"""The pages of an author's feed, newest first, and how far back they were read before."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torg.collect.platforms.bluesky.client import Said
from torg.collect.platforms.bluesky.records import EARLIEST, author_of, get, instant, is_top
from torg.collect.platforms.bluesky.threads import is_shown

# A post can come into a feed below newer ones: its author's clock was late, or the view's stream.
OVERLAP = dt.timedelta(days=1)

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """How far a feed was read: up to `until`, and which of the posts shortly before it.

    Its text is the mark of a visit: a moment, then the last parts of addresses.
    """

    until: dt.datetime | None = None
    keys: frozenset[str] = frozenset()
    since: dt.datetime | None = None

    @classmethod
    def read(cls, mark: str | None, *, since: dt.datetime | None) -> "Seen":
        """From a mark; one that cannot be read is none."""
        moment, *keys = (mark or "").split() or [""]
        return cls(instant(moment), frozenset(keys), since)

    @property
    def text(self) -> str | None:
        """The mark."""
        if self.until is None:
            return None
        return " ".join([self.until.isoformat(), *sorted(self.keys)])

    @property
    def back_to(self) -> dt.datetime | None:
        """Up to where the feed must be read; None: all of it."""
        if self.until is None:
            return self.since
        return self.until - OVERLAP

    def has(self, view: Payload) -> bool:
        """Whether a post was read before, or is older than what is wanted."""
        stood = stands_at(view)
        if self.since is not None and stood is not None and stood < self.since:
            return True
        if self.until is None:
            return False
        return _key(view) in self.keys or (stood is not None and stood < self.until - OVERLAP)

    def after(self, views: Sequence[Payload]) -> "Seen":
        """How far it is read when these posts were read, too."""
        moments = [moment for moment in map(stands_at, views) if moment is not None]
        until = max([*moments, *([self.until] if self.until else [])], default=None)
        if until is None:
            return self
        near = [view for view in views if (stood := stands_at(view)) and stood >= until - OVERLAP]
        return Seen(until, frozenset(map(_key, near)), self.since)


@dataclass(frozen=True)
class Page:
    """One page: what the view said."""

    said: Said

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


def pages(ask: Callable[[str | None], Said], *, back_to: dt.datetime | None) -> Iterator[Page]:
    """The pages of a feed until one reaches back far enough, or the feed or an answer ends."""
    cursor: str | None = None
    used: set[str] = set()
    while True:
        page = Page(ask(cursor))
        yield page
        cursor = get(page.said.payload, "cursor")
        is_old = back_to is not None and _oldest(page) < back_to
        if not page.said.is_answer or not cursor or cursor in used or is_old:
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
