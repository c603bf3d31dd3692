"""What Bluesky's interface itself says, saved as JSON: an author's feed, a list of posts, a thread.

In the network's own camel case, or in the snake case in which the Python client writes it down, as
4CAT's files have it. Identities are those of the live network: one module makes both.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from torg.collect.formats.shape import Documents, Fields, Format, Terms
from torg.collect.known import NOBODYS
from torg.collect.platforms.bluesky import (
    answers,
    author_of,
    count,
    get,
    handle_of,
    instant,
    is_shown,
    is_top,
    post_row,
    reply_row,
    tree,
)
from torg.collect.reading.cells import MISSING, Column
from torg.collect.reading.instants import with_offset
from torg.collect.records import POSTS, REJECTS, REPLIES, Batch

_REPOST = "this passes on what another account said, and is no post of the channel's own"
_NO_POST = "this holds no post: its address, author or record is lacking"
_UNDATED = "record.createdAt is blank or cannot be read, and a post needs its time"
_NO_COUNT = "{} is not a whole number"
_OTHERS = "this answers a post of nobody in the register"
_COUNTS = {"likes": "likeCount", "comments": "replyCount", "shares": "repostCount"}
_WHERE = ("", "post.", "thread.post.")

Payload = Mapping[str, Any]


def _names(*paths: str) -> tuple[str, ...]:
    """A column wherever an answer may hold it, in both spellings."""
    spelt = dict.fromkeys(form for path in paths for form in (path, _snake(path)))
    return tuple(f"{where}{path}" for where in _WHERE for path in spelt)


def _snake(path: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in path)


@dataclass(frozen=True)
class _Seen:
    """When the file was saved, and which of its accounts the register has."""

    terms: Terms
    channels: frozenset[str]

    @property
    def at(self) -> dt.datetime:
        """A moment after everything in the file, where nothing tells when it was saved."""
        return self.terms.exported_at or dt.datetime.max.replace(tzinfo=dt.UTC) - dt.timedelta(2)

    def post(self, view: Payload) -> dict[str, Any]:
        """A row of POSTS; a reading is never before its post."""
        row = post_row(view, read_at=self.at)
        later = self.terms.exported_at is None or row["published_at"] > self.at
        read_at = row["published_at"] if later else self.at
        return {**row, "read_at": read_at, "read_at_is_bound": self.terms.is_bound or later}


def _documents(documents: Documents, terms: Terms) -> Batch:
    found = [(line, view) for line, views in _views(documents) for view in views]
    seen = _Seen(terms, frozenset(_channels_among((view for _, view in found), terms)))
    posts, replies, rejects = [], [], []
    for line, view in found:
        reason = _fault(view) or _misplaced(view["record"], view, seen)
        if reason:
            rejects.append({"line": line, "reason": reason, "row": _told(view)})
        elif is_top(view["record"]):
            posts.append({"line": line, **seen.post(view)})
        else:
            root = answers(view["record"])[0] or ""
            row = reply_row(view, channel=author_of(root) or "", post=root, read_at=seen.at)
            replies.append({"line": line, **row})
    return Batch(
        posts=pl.DataFrame(posts, schema=POSTS),
        replies=pl.DataFrame(replies, schema=REPLIES),
        rejects=pl.DataFrame(rejects, schema=REJECTS).unique("line", maintain_order=True),
    )


def _views(documents: Documents) -> Iterator[tuple[int, list[Payload]]]:
    """The posts that each object holds: an entry of a feed, a post itself, or a whole thread."""
    for entry, line in zip(documents.objects, documents.lines, strict=True):
        node = get(entry, "thread") or entry
        if get(entry, "reason"):
            yield line, [{"reason": _REPOST}]
        elif is_shown(node):
            below = tree(node, further=lambda _uri: None).replies
            yield line, [node["post"], *below]
        else:
            yield line, [node]


def _fault(view: Payload) -> str | None:
    if "reason" in view and "uri" not in view:
        return str(view["reason"])
    if not is_shown({"post": view}) or author_of(view["uri"]) != get(view, "author", "did"):
        return _NO_POST
    if instant(get(view, "record", "createdAt")) is None:
        return _UNDATED
    odd = [name for name in _COUNTS.values() if not _is_count_or_missing(get(view, name))]
    return _NO_COUNT.format(odd[0]) if odd else None


def _is_count_or_missing(value: object) -> bool:
    if isinstance(value, str):
        return value.strip().lower() in MISSING
    return value is None or ((count(value) or 0) >= 0 and count(value) is not None)


def _told(view: Payload) -> str:
    """What of a rejected post is about nobody: when the view saw it, and its counts."""
    seen = instant(get(view, "indexedAt"))
    counts = {name: count(get(view, name)) for name in _COUNTS.values()}
    return json.dumps({"indexedAt": seen.isoformat() if seen else None, **counts})


def _misplaced(record: Payload, view: Payload, seen: _Seen) -> str | None:
    """Citizens have accounts too, and theirs are no channels: what the register has, is taken."""
    if is_top(record):
        return None if get(view, "author", "did") in seen.channels else NOBODYS
    return None if author_of(answers(record)[0] or "") in seen.channels else _OTHERS


def _channels_among(views: Iterator[Payload], terms: Terms) -> Iterator[str]:
    """The DIDs of accounts in the file that the register has, by DID or by handle."""
    for view in views:
        did = get(view, "author", "did")
        root = author_of(answers(get(view, "record"))[0] or "")
        if isinstance(did, str) and _is_known(did, handle_of(get(view, "author")), terms):
            yield did
        if root is not None and terms.known.has("bluesky", root):
            yield root


def _is_known(did: str, handle: str | None, terms: Terms) -> bool:
    known = terms.known
    return known.has("bluesky", did) or (handle is not None and known.has("bluesky", f"@{handle}"))


def _instants(fields: Fields) -> Column:
    return with_offset(fields.text("seen"), what=fields.name("seen"), zone="UTC", needed=False)


def _channels(fields: Fields) -> pl.Series:
    """The channels that the register knows; other accounts' ids are nobody's business."""
    pairs = zip(fields.text("did"), fields.text("handle"), strict=True)
    known = [did if _is_known(did, handle.lower(), fields.terms) else None for did, handle in pairs]
    return pl.Series(known, dtype=pl.String)


BLUESKY_POSTS = Format(
    name="bluesky_posts",
    title="Bluesky answer (a feed, posts or a thread)",
    kind="posts",
    platform="bluesky",
    columns={
        "uri": _names("uri"),
        "did": _names("author.did"),
        "handle": _names("author.handle"),
        "published": _names("record.createdAt"),
        "text": _names("record.text"),
        "seen": _names("indexedAt"),
        **{name: _names(path) for name, path in _COUNTS.items()},
    },
    required=frozenset({"uri", "did", "published", "seen"}),
    documents=_documents,
    dated_by="seen",
    instants=_instants,
    channels=_channels,
    channel_fields=("did", "handle"),
    only_known=True,
    access="open_network",
    may_publish=True,
    ids_name_authors=True,
    personal=frozenset({"uri", "did", "handle", "text"}),
    has_zone=True,
    counts=("likes", "comments", "shares"),
)
