"""Threads: the tree of replies under a post, walked without recursion, however deep it is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from torg.collect.platforms.bluesky.records import count, get

# A level of replies is two levels of JSON, and the client's reader of JSON stops at two hundred.
DEPTH = 60
LARGE = 200  # replies; a view may cut threads that are larger

Payload = Mapping[str, Any]
Thread = Callable[[str], Payload | None]  # asks for the thread of a reply further down


@dataclass(frozen=True)
class Tree:
    """The replies under a post, and whether they are all that are shown to anybody."""

    replies: tuple[Payload, ...]
    is_whole: bool


def is_shown(node: object) -> bool:
    """Whether a node of a thread is a post; else it is not found, blocked, or of no known kind."""
    return isinstance(get(node, "post", "uri"), str) and isinstance(
        get(node, "post", "record"), Mapping
    )


def tree(thread: Payload, *, further: Thread) -> Tree:
    """All replies of a thread, asking `further` where the view has cut it.

    What a view counts and does not show is hidden (its author is gone or blocked), and for us it
    is not there. Only of a large thread nobody can tell hiding from cutting.
    """
    found: list[Payload] = []
    is_cut = lacks = False
    waiting = [thread]
    while waiting:
        node = waiting.pop()
        counted = count(get(node, "post", "replyCount")) or 0
        children = _children(node)
        if counted and not children:
            again = further(get(node, "post", "uri"))
            is_cut |= again is None
            children = _children(again)
        lacks |= len(children) < counted
        found += (child["post"] for child in children)
        waiting += children
    return Tree(tuple(_once(found)), not is_cut and not (lacks and len(found) >= LARGE))


def _children(node: Payload | None) -> list[Payload]:
    """The replies that a node shows."""
    children = get(node, "replies")
    return [child for child in children if is_shown(child)] if isinstance(children, list) else []


def _once(views: list[Payload]) -> Iterator[Payload]:
    seen: set[str] = set()
    for view in views:
        if view["uri"] not in seen:
            seen.add(view["uri"])
            yield view
