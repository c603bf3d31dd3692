"""RSS and Atom: each item of a feed is a row, and an object with the feed's own facts beside it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from torg.collect.containers.objects import rows_of_objects
from torg.collect.containers.shape import Container, Result
from torg.collect.feeds import LARGEST_FEED, Feed, is_feed, read_feed
from torg.collect.reading.headers import Head
from torg.collect.reading.table import Dialect, Layout, Rows
from torg.errors import FileRefused

_NO_FEED = (
    "this is a page or another XML document, and no feed: save the feed itself, whose first word "
    "is rss, feed or rdf"
)
_DIALECT = Dialect("", container="feed", by_name=True)
# What every item is asked for, so that a feed of no items has its columns too.
_COLUMNS = (
    "id",
    "link",
    "title",
    "text",
    "published",
    "updated",
    "media",
    "feed.title",
    "feed.address",
    "feed.site",
)


def _heads(path: Path) -> tuple[Head, ...]:
    _read(path)
    return (Head(_COLUMNS, _DIALECT),)


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    objects = _objects(_read(path))
    rows = rows_of_objects(objects, range(1, len(objects) + 1), layout=layout)
    yield work(rows), path.stat().st_size


def _read(path: Path) -> Feed:
    """The feed; a file is opened several times on its way in, and is read once."""
    with path.open("rb") as file:
        content = file.read(LARGEST_FEED + 1)
    if not is_feed(content):
        raise FileRefused(_NO_FEED)
    return _read_once(content)


@lru_cache(maxsize=1)
def _read_once(content: bytes) -> Feed:
    return read_feed(content, address="")  # a file has no address of its own


def _objects(feed: Feed) -> list[Mapping[str, Any]]:
    address, *_, site = feed.links or ("", "") if len(feed.links) != 1 else feed.links * 2
    itself = {"title": feed.title, "address": address, "site": site}
    return [{**{k: _plain(v) for k, v in item.items()}, "feed": itself} for item in feed.items]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime) else value


FEED = Container(_heads, _parts)
