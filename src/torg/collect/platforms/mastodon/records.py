"""Statuses as Mastodon's interface gives them, to posts and replies.

Takes a status as plain JSON or as `mastodon.py` has it; the two differ in their instants only.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from torg.collect.markup import plain_text
from torg.collect.platforms.mastodon.accounts import Json, account_name, channel_id, said
from torg.collect.platforms.visited import dated

PLATFORM = "mastodon"
_UNCOUNTABLE = 2**63  # where what the archive can hold ends
ID_SPACE = "post"  # posts and replies are numbered alike
Row = dict[str, Any]

_OPEN = frozenset({"public", "unlisted"})
_MEDIA: Mapping[str, str] = MappingProxyType(
    {"image": "photo", "video": "video", "gifv": "video", "audio": "other"}
)


def is_open(status: Json) -> bool:
    """Whether anybody may read it: what is for followers or one person never enters."""
    return status.get("visibility") in _OPEN


def is_post(status: Json) -> bool:
    """Whether it is said to all: no boost of another's words, and no answer to anybody.

    An answer whose question was deleted still names whom it answers.
    """
    answers = status.get("in_reply_to_id") or status.get("in_reply_to_account_id")
    return is_open(status) and not status.get("reblog") and not answers


def post_row(status: Json, *, read_at: dt.datetime) -> Row:
    """A status as a row of POSTS; its counts hold at `read_at`."""
    account = status["account"]
    favourites = _count(status.get("favourites_count"))
    return {
        **_identity(status, channel=channel_id(account)),
        "channel_name": said(account.get("display_name")) or said(account.get("username")),
        **_instants(status, read_at=read_at),
        "type": post_type(status),
        "text": words(status),
        "url": said(status.get("url")) or status["uri"],
        "read_at": read_at,
        "read_at_is_bound": False,
        "reactions": favourites,
        "likes": favourites,
        "comments": _count(status.get("replies_count")),
        "shares": _count(status.get("reblogs_count")),
    }


def reply_rows(
    descendants: Iterable[Json], *, post: Json, channel: str, read_at: dt.datetime
) -> list[Row]:
    """What was answered to `post`, as rows of REPLIES; what is not open to all is left out."""
    shown = [status for status in descendants if is_open(status)]
    uris = {str(status["id"]): str(status["uri"]) for status in shown}
    top = str(post["id"])
    return [
        reply_row(
            status,
            post=str(post["uri"]),
            parent=_parent(status, top=top, uris=uris),
            channel=channel,
            read_at=read_at,
        )
        for status in shown
    ]


def reply_row(
    status: Json, *, post: str, parent: str | None, channel: str, read_at: dt.datetime
) -> Row:
    """An answer as a row of REPLIES, under the `post` and the reply that it answers."""
    return {
        **_identity(status, channel=channel),
        "post_native_id": post,
        "post_id_space": ID_SPACE,
        "parent_native_id": parent,
        **_instants(status, read_at=read_at),
        "author": account_name(status["account"]),
        "is_owner": channel_id(status["account"]) == channel,
        "text": words(status),
        "reactions": _count(status.get("favourites_count")),
    }


def _parent(status: Json, *, top: str, uris: Mapping[str, str]) -> str | None:
    """What a reply answers, where it is another reply; one that is not shown keeps its number."""
    parent = status.get("in_reply_to_id")
    if parent is None or str(parent) == top:
        return None
    return uris.get(str(parent), f"unseen:{parent}")


def words(status: Json) -> str | None:
    """The warning, where there is one, and the words."""
    parts = (said(status.get("spoiler_text")), plain_text(said(status.get("content"))))
    return "\n\n".join(part for part in parts if part) or None


def post_type(status: Json) -> str:
    """One of POST_TYPES, by what hangs on the status."""
    listed = status.get("media_attachments")
    things = listed if isinstance(listed, list) else []
    media = [thing for thing in things if isinstance(thing, Mapping)]
    if media:
        kinds = [_MEDIA.get(str(item.get("type")), "other") for item in media]
        return "album" if kinds.count("photo") == len(kinds) > 1 else kinds[0]
    if status.get("poll"):
        return "poll"
    return "link" if status.get("card") else "text"


def instant(value: object) -> dt.datetime | None:
    """An instant in UTC; None where there is none. One without a zone is UTC, as documented."""
    if isinstance(value, str) and ":" in value:  # a day alone is no instant
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, dt.datetime):
        return None
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    try:
        return aware.astimezone(dt.UTC)
    except OverflowError:  # in the first hours of the year 1, or the last of 9999
        return None


def lacking(status: Json) -> str | None:
    """Why no record can be made of a status, in a sentence; None where one can."""
    for name, is_there in _NEEDED.items():
        if not is_there(status):
            return f"the status has no {name}, and without it nothing can be recorded"
    return None


_NEEDED: Mapping[str, Callable[[Json], object]] = MappingProxyType(
    {
        "uri": lambda status: status.get("uri") and status["uri"] == said(status["uri"]),
        "id": lambda status: status.get("id"),
        "account": lambda status: (
            isinstance(status.get("account"), Mapping) and channel_id(status["account"])
        ),
        "created_at that is an instant": lambda status: instant(status.get("created_at")),
    }
)


def _identity(status: Json, *, channel: str | None) -> Row:
    return {
        "platform": PLATFORM,
        "channel": channel,
        "native_id": str(status["uri"]),
        "id_space": ID_SPACE,
    }


def _instants(status: Json, *, read_at: dt.datetime) -> Row:
    claim = instant(status.get("created_at")) or read_at
    return {
        "published_at": dated(claim, seen=read_at),
        "edited_at": instant(status.get("edited_at")),
    }


def _count(value: object) -> int | None:
    """A count; servers write -1 where an owner hides it."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < _UNCOUNTABLE else None
