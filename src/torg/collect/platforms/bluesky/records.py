"""Bluesky's posts and replies as records: pure functions from what the network says.

A *view* is a post as an AppView shows it, with counts; a *record* is what its author wrote, as the
stream tells it. Both may be in the network's own camel case or in the snake case of the Python
client's dumps.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

PLATFORM = "bluesky"
SPACE = "post"  # posts and replies share one numbering
POSTS = "app.bsky.feed.post"

EARLIEST = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)
_AHEAD = dt.timedelta(days=1)  # clocks of phones are wrong, but not by more than that
_ADDRESS = re.compile(r"at://(did:[a-z]+:[^/\s]+)/app\.bsky\.feed\.post/([^/\s]+)\Z")
_NO_HANDLE = "handle.invalid"  # what a view shows when the handle does not lead back

_KINDS = {
    "app.bsky.embed.images": "photo",
    "app.bsky.embed.video": "video",
    "app.bsky.embed.external": "link",
}
_LINK = "app.bsky.richtext.facet#link"

Row = dict[str, Any]
Payload = Mapping[str, Any]


def get(payload: Any, *path: str) -> Any:  # noqa: ANN401 -- whatever anybody wrote
    """The value at a path of camel-case names, in either spelling; None where there is none."""
    for name in path:
        if not isinstance(payload, Mapping):
            return None
        payload = payload.get(name, payload.get(_snake(name)))
    return payload


def author_of(uri: str) -> str | None:
    """The DID in whose repository a post lies; None where the address is none of a post."""
    found = _ADDRESS.match(uri)
    return found[1] if found else None


def web_address(uri: str) -> str | None:
    """Where people read the post; by DID, so that it outlives a change of handle."""
    found = _ADDRESS.match(uri)
    return f"https://bsky.app/profile/{found[1]}/post/{found[2]}" if found else None


def instant(text: object) -> dt.datetime | None:
    """A moment as the network writes it, in UTC; None where it says none that can be read."""
    if not isinstance(text, str):
        return None
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def dated(claim: object, *, first_seen: dt.datetime) -> dt.datetime:
    """When a post was published: its author's claim, unless it cannot be; then the first sight.

    A claim cannot be where it is before 2004 or more than a day after the first sight.
    """
    said = instant(claim)
    if said is None or not EARLIEST <= said <= first_seen + _AHEAD:
        return first_seen
    return said


def handle_of(author: object) -> str | None:
    """The account's handle; None where it does not lead back to the account."""
    handle = get(author, "handle")
    return None if not isinstance(handle, str) or handle == _NO_HANDLE else handle.lower()


def count(value: object) -> int | None:
    """A count that was given; anything else is missing, never zero."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def words(record: object) -> str | None:
    """The text as its author wrote it; facets count its UTF-8 bytes, so nothing is cut by them."""
    text = get(record, "text")
    return text if isinstance(text, str) else None


def is_top(record: object) -> bool:
    """Whether a record is a post of its own, no reply."""
    return get(record, "reply") is None


def answers(record: object) -> tuple[str | None, str | None]:
    """The addresses of the post at the root and of the post or reply that is answered."""
    root, parent = get(record, "reply", "root", "uri"), get(record, "reply", "parent", "uri")
    return (
        root if isinstance(root, str) else None,
        parent if isinstance(parent, str) else None,
    )


def post_type(record: object) -> str:
    """One of POST_TYPES, by what the author attached."""
    embed = get(record, "embed")
    name = _type(embed)
    if name == "app.bsky.embed.recordWithMedia":
        embed = get(embed, "media")
        name = _type(embed)
    kind = _KINDS.get(name)
    if kind == "photo" and len(_list(get(embed, "images"))) > 1:
        return "album"
    if kind or name:
        return kind or "other"
    return "link" if _has_link(record) else "text"


def post_row(view: Payload, *, read_at: dt.datetime) -> Row:
    """A row of POSTS from a view."""
    record, uri = view["record"], view["uri"]
    likes = count(get(view, "likeCount"))
    return {
        **_identity(uri, channel=get(view, "author", "did")),
        "channel_name": get(view, "author", "displayName") or handle_of(get(view, "author")),
        "published_at": dated(get(record, "createdAt"), first_seen=_first_seen(view, read_at)),
        "type": post_type(record),
        "text": words(record),
        "url": web_address(uri),
        "read_at": read_at,
        "read_at_is_bound": False,
        "reactions": likes,
        "likes": likes,
        "comments": count(get(view, "replyCount")),
        "shares": count(get(view, "repostCount")),
    }


def reply_row(view: Payload, *, channel: str, post: str, read_at: dt.datetime) -> Row:
    """A row of REPLIES under the channel's `post`, from a view."""
    row = told_reply(
        view["record"],
        uri=view["uri"],
        channel=channel,
        post=post,
        told_at=_first_seen(view, read_at),
    )
    return {**row, "reactions": count(get(view, "likeCount"))}


def told_post(record: object, *, uri: str, told_at: dt.datetime) -> Row:
    """A row of POSTS from a record that the stream told of: words, and no counts."""
    return {
        **_identity(uri, channel=author_of(uri)),
        "published_at": dated(get(record, "createdAt"), first_seen=told_at),
        "type": post_type(record),
        "text": words(record),
        "url": web_address(uri),
        "read_at": told_at,
        "read_at_is_bound": False,
    }


def told_reply(record: object, *, uri: str, channel: str, post: str, told_at: dt.datetime) -> Row:
    """A row of REPLIES from a record."""
    author, (_, parent) = author_of(uri), answers(record)
    return {
        **_identity(uri, channel=channel),
        "post_native_id": post,
        "post_id_space": SPACE,
        "parent_native_id": None if parent == post else parent,
        "published_at": dated(get(record, "createdAt"), first_seen=told_at),
        "author": author,
        "is_owner": author == channel,
        "text": words(record),
    }


def _identity(uri: str, *, channel: str | None) -> Row:
    return {"platform": PLATFORM, "channel": channel, "native_id": uri, "id_space": SPACE}


def _first_seen(view: Payload, read_at: dt.datetime) -> dt.datetime:
    """The network saw the post before we did, unless what it shows is only the author's claim."""
    seen = instant(get(view, "indexedAt"))
    return read_at if seen is None or not EARLIEST <= seen <= read_at else seen


def _type(embed: object) -> str:
    name = embed.get("$type", embed.get("py_type")) if isinstance(embed, Mapping) else None
    return name.removesuffix("#view") if isinstance(name, str) else ""


def _has_link(record: object) -> bool:
    features = (_list(get(facet, "features")) for facet in _list(get(record, "facets")))
    return any(_type(feature) == _LINK for some in features for feature in some)


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
