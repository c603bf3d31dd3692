"""What a live stream tells, in one shape for all of Bluesky's streams."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Kind = Literal["create", "update", "delete", "handle", "ended"]

# An account that is in one of these states shows nothing any more. (A suspended one may be back
# tomorrow, a throttled one is there.)
ENDED = frozenset({"deactivated", "deleted", "takendown"})


class Event(NamedTuple):
    """One thing that an account did, or that became of it."""

    kind: Kind
    did: str  # whose account
    told_at: dt.datetime  # the moment that the stream gives
    uri: str | None = None  # of a post
    record: Any = None  # what a post's author wrote, as anybody may write it
    handle: str | None = None


class StreamError(Exception):
    """The server said that it will not go on, by its own name for the reason."""


@dataclass(frozen=True)
class Wire:
    """One kind of stream: where it is, and how its frames are read."""

    name: str
    address: Callable[[str, str | None], str]  # of a server, from a cursor on; None: from now on
    read: Callable[[bytes], Iterator[Event]]  # raises StreamError where the frame is the last
    cursor: Callable[[bytes], str | None]  # None: the frame has none
    # Whether a frame must be read whoever it names: it may take a post back, close
    # an account, or end the stream.
    matters: Callable[[bytes], bool]
    server: str  # the network's own
