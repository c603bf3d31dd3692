"""Items of feeds to posts. Feeds tell no counts, and what is not told is missing."""

import datetime as dt
from collections.abc import Iterable, Iterator

from torg.collect.feeds import Item, edited, moment
from torg.collect.platforms.visited import Row, dated

PLATFORM = "rss"
NO_ID = "the item has neither an id nor a link, and cannot be told from others"
NO_DATE = "the item has no date, and was there before anybody looked"


def post_row(item: Item, *, channel: str, title: str | None, seen: dt.datetime) -> Row:
    """An item as a row of POSTS; one without a date is dated by `seen`, the first sight of it."""
    return {
        "platform": PLATFORM,
        "channel": channel,
        "native_id": str(item["id"]),
        "id_space": "post",
        "channel_name": title,
        "published_at": dated(moment(item) or seen, seen=seen),
        "edited_at": edited(item),
        "type": item.get("media") or "text",
        "text": words(item),
        "url": item.get("link"),
        "read_at": seen,
        "read_at_is_bound": False,
    }


def words(item: Item) -> str | None:
    """Title and text; short posts are both at once, and said once."""
    title, text = item.get("title"), item.get("text")
    if title and text and text.startswith(title.removesuffix("...").removesuffix("…").strip()):
        return str(text)
    return "\n\n".join(part for part in (title, text) if part) or None


def distinct(items: Iterable[Item]) -> Iterator[Item]:
    """Each item once: feeds that are put together from others repeat themselves."""
    seen: set[str] = set()
    for item in items:
        if str(item["id"]) not in seen:
            seen.add(str(item["id"]))
            yield item
