"""What a stream told of the channels, gathered until it is committed."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from torg.collect.platforms.bluesky.events import Event
from torg.collect.platforms.bluesky.records import (
    PLATFORM,
    SPACE,
    answers,
    author_of,
    is_top,
    told_post,
    told_reply,
)
from torg.collect.platforms.visited import Row, frame, vanished, visits
from torg.collect.records import POSTS, REPLIES, Batch

# What goes when a post is taken back before it was ever committed: the fact of it stays.
_WORDS = {"text": None, "url": None, "author": None, "type": None}


@dataclass
class Gathering:
    """Rows of one commit to come. Each post and reply is there once, as it was told last.

    `channels` are the DIDs that are followed; `replied` gives the channel under which a reply of
    this address is kept, None where none is.
    """

    channels: frozenset[str]
    replied: Callable[[str], str | None]
    now: Callable[[], dt.datetime]
    posts: dict[str, Row] = field(default_factory=dict)
    replies: dict[str, Row] = field(default_factory=dict)
    gone: dict[str | tuple[str], Row] = field(default_factory=dict)
    seen: list[Row] = field(default_factory=list)
    left: set[str] = field(default_factory=set)  # others' accounts that are closed

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.posts) + len(self.replies) + len(self.gone) + len(self.seen)

    def take(self, events: Iterable[Event]) -> None:
        """Keep of the events what concerns the channels."""
        for event in events:
            _TAKERS[event.kind](self, event)

    def batch(self) -> Batch:
        """All of it as a batch."""
        return Batch(
            posts=frame(self.posts.values(), POSTS),
            replies=frame(self.replies.values(), REPLIES),
            vanished=vanished(self.gone.values()),
            visits=visits(*self.seen),
            rows_read=self.size,
        )

    def empty(self) -> "Gathering":
        """The next one."""
        return Gathering(self.channels, self.replied, self.now)

    def _told_at(self, event: Event) -> dt.datetime:
        """When it became known: the stream may be replayed, or its clock be ahead of ours."""
        return min(event.told_at, self.now())

    def _written(self, event: Event) -> None:
        if event.uri is None or not isinstance(event.record, dict):
            return
        at = self._told_at(event)
        edited = {"edited_at": at} if event.kind == "update" else {}
        if is_top(event.record):
            if event.did in self.channels:
                row = told_post(event.record, uri=event.uri, told_at=at)
                self.posts[event.uri] = row | edited
            return
        root, _ = answers(event.record)
        channel = author_of(root or "")
        if root is not None and channel in self.channels:
            row = told_reply(event.record, uri=event.uri, channel=channel, post=root, told_at=at)
            self.replies[event.uri] = row | edited

    def _deleted(self, event: Event) -> None:
        uri = event.uri or ""
        told = self.posts.get(uri) or self.replies.get(uri)
        channel = event.did if event.did in self.channels else None
        channel = channel or (told["channel"] if told else self.replied(uri))
        if channel is None:
            return
        for rows in (self.posts, self.replies):
            if uri in rows:
                rows[uri] = {name: _WORDS.get(name, value) for name, value in rows[uri].items()}
        is_post = event.did in self.channels and uri not in self.replies
        self.gone[uri] = {
            **_fact(channel, self._told_at(event), what="post" if is_post else "reply"),
            "native_id": uri,
            "id_space": SPACE,
        }

    def _ended(self, event: Event) -> None:
        if event.did in self.channels:
            self.gone[event.did,] = _fact(event.did, self._told_at(event), what="channel")
            return
        self.left.add(event.did)
        for uri, row in self.replies.items():
            if row["author"] == event.did:
                self.replies[uri] = {name: _WORDS.get(name, value) for name, value in row.items()}

    def _renamed(self, event: Event) -> None:
        if event.did in self.channels:
            self.seen.append(
                {
                    "platform": PLATFORM,
                    "channel": event.did,
                    "what": "stream",
                    "visited_at": self._told_at(event),
                    "outcome": "ok",
                    "handle": (event.handle or "").lower(),
                }
            )


def _fact(channel: str, at: dt.datetime, *, what: str) -> dict[str, Any]:
    return {
        "platform": PLATFORM,
        "channel": channel,
        "what": what,
        "noticed_at": at,
        "basis": "said",
    }


_TAKERS: dict[str, Callable[[Gathering, Event], None]] = {
    "create": Gathering._written,
    "update": Gathering._written,
    "delete": Gathering._deleted,
    "handle": Gathering._renamed,
    "ended": Gathering._ended,
}
