"""What Mastodon's interface itself says, saved as JSON: an account's statuses, or a thread.

Identities are those of the live network, for both are made by `platforms.mastodon`.
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.collect.formats.shape import Documents, Fields, Format, Terms
from torg.collect.known import NOBODYS
from torg.collect.platforms.mastodon import (
    account_name,
    channel_id,
    instant,
    is_open,
    is_post,
    lacking,
    post_row,
    reply_row,
)
from torg.collect.reading.cells import MISSING, Column
from torg.collect.reading.instants import with_offset
from torg.collect.records import POSTS, REJECTS, REPLIES, Batch

_CLOSED = "this is not open to all, and does not enter"
_BOOST = "this passes on what another account said, and is no post of the channel's own"
_ROOTLESS = "this answers a post that is not in the file"
_COUNTS = ("replies_count", "reblogs_count", "favourites_count")
Status = Mapping[str, Any]


@dataclass(frozen=True)
class _Root:
    """The post under which something was said."""

    uri: str
    channel: str


@dataclass(frozen=True)
class _Thread:
    """The statuses of a part of a file, by their number on the server that gave them."""

    statuses: tuple[Status, ...]
    terms: Terms

    @cached_property
    def by_number(self) -> Mapping[str, Status]:
        return {str(status["id"]): status for status in self.statuses}

    def root(self, status: Status) -> _Root | None:
        """The post at the beginning of the thread, where it is there or can be told."""
        seen: set[str] = set()
        while (above := str(status.get("in_reply_to_id"))) in self.by_number and above not in seen:
            seen.add(above)
            status = self.by_number[above]
        if is_post(status):
            return _Root(str(status["uri"]), channel_id(status["account"]) or "")
        return _named_by(status)

    def parent(self, status: Status, root: _Root) -> str | None:
        """The uri of the reply that a reply answers; None where it answers the post itself."""
        above = str(status.get("in_reply_to_id"))
        found = self.by_number.get(above)
        if found is None:
            return None
        return None if str(found["uri"]) == root.uri else str(found["uri"])


def _named_by(status: Status) -> _Root | None:
    """The post that a first answer names: a thread is saved without the post it belongs to.

    An answer names whom it answers, and Mastodon makes the address of a status of the account's
    name and the status's number; of an account on another server than the file's it has neither.
    """
    for person in status.get("mentions") or ():
        is_local = "@" not in str(person.get("acct", "@"))
        if is_local and person.get("id") == status.get("in_reply_to_account_id"):
            base, name = str(person["url"]).rpartition("/@")[0], person["username"]
            uri = f"{base}/users/{name}/statuses/{status['in_reply_to_id']}"
            return _Root(uri, channel_id(person) or "")
    return None


def _documents(documents: Documents, terms: Terms) -> Batch:
    faults = [_fault(status) for status in documents.objects]
    sound = (s for s, fault in zip(documents.objects, faults, strict=True) if not fault)
    thread = _Thread(tuple(sound), terms)
    posts, replies, rejects = [], [], []
    for status, line, fault in zip(documents.objects, documents.lines, faults, strict=True):
        root = None if fault or is_post(status) else thread.root(status)
        if reason := fault or _misplaced(status, root, terms):
            rejects.append({"line": line, "reason": reason, "row": _shown(status)})
        elif root is None:
            posts.append({"line": line, **_post(status, terms)})
        else:
            replies.append({"line": line, **_reply(status, root, thread, terms)})
    return Batch(
        posts=pl.DataFrame(posts, schema=POSTS),
        replies=pl.DataFrame(replies, schema=REPLIES),
        rejects=pl.DataFrame(rejects, schema=REJECTS),
    )


def _shown(status: Status) -> str:
    """What may be kept of a status that does not enter: when it was written, and no more."""
    moment = instant(status.get("created_at"))
    return json.dumps({"created_at": moment.isoformat() if moment else ""})


def _fault(status: Status) -> str | None:
    if reason := lacking(status) or _miscounted(status):
        return reason
    if status.get("reblog"):
        return _BOOST
    return None if is_open(status) else _CLOSED


def _miscounted(status: Status) -> str | None:
    """Mastodon writes whole numbers; other tools write texts, and not every text is a number."""
    for name in _COUNTS:
        value = status.get(name)
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not (is_number or str(value or "").strip().casefold() in MISSING):
            return f"{name} is no whole number"
    return None


def _misplaced(status: Status, root: _Root | None, terms: Terms) -> str | None:
    """Citizens have accounts too, and theirs are no channels: what the register has, is taken."""
    if root is None and not is_post(status):
        return _ROOTLESS
    channel = root.channel if root else channel_id(status["account"])
    return None if channel and terms.known.has("mastodon", channel) else NOBODYS


def _post(status: Status, terms: Terms) -> dict[str, Any]:
    row = post_row(status, read_at=_seen(terms))
    later = terms.exported_at is None or row["published_at"] > terms.exported_at
    read_at = row["published_at"] if later else terms.exported_at
    return {**row, "read_at": read_at, "read_at_is_bound": terms.is_bound or later}


def _reply(status: Status, root: _Root, thread: _Thread, terms: Terms) -> dict[str, Any]:
    return reply_row(
        status,
        post=root.uri,
        parent=thread.parent(status, root),
        channel=root.channel,
        read_at=_seen(terms),
    )


def _seen(terms: Terms) -> dt.datetime:
    """The moment of which a time that cannot be is taken to be."""
    return terms.exported_at or dt.datetime.max.replace(tzinfo=dt.UTC) - dt.timedelta(days=2)


def _instants(fields: Fields) -> Column:
    return with_offset(
        fields.text("published"), what=fields.name("published"), zone="UTC", needed=False
    )


def _channels(fields: Fields) -> pl.Series:
    """The channels that the register knows; other accounts' names are nobody's business."""
    rows = zip(fields.text("name"), fields.text("page"), fields.text("author"), strict=True)
    return pl.Series(list(_known(rows, fields.terms)), dtype=pl.String)


def _known(rows: Iterator[tuple[str, str, str]], terms: Terms) -> Iterator[str | None]:
    for username, url, acct in rows:
        name = account_name({"username": username, "url": url, "acct": acct})
        channel = f"@{name}"
        yield channel if terms.known.has("mastodon", channel) else None


MASTODON_STATUSES = Format(
    name="mastodon_statuses",
    title="Mastodon answer (statuses or a thread)",
    kind="posts",
    platform="mastodon",
    columns={
        "uri": ("uri",),
        "id": ("id",),
        "published": ("created_at",),
        "text": ("content",),
        "visibility": ("visibility",),
        "author": ("account.acct",),
        "name": ("account.username",),
        "page": ("account.url",),
        "comments": ("replies_count",),
        "shares": ("reblogs_count",),
        "likes": ("favourites_count",),
    },
    required=frozenset({"uri", "id", "published", "text", "visibility", "author", "likes"}),
    documents=_documents,
    dated_by="published",
    instants=_instants,
    channels=_channels,
    channel_fields=("page", "name", "author"),
    only_known=True,
    by_handle=True,
    access="open_network",
    may_publish=True,
    ids_name_authors=True,
    personal=frozenset({"uri", "text", "author", "name", "page"}),
    has_zone=True,
    counts=("comments", "shares", "likes"),
)
