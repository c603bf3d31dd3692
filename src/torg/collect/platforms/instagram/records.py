"""Posts and comments of an Instagram account as Torg's records."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from torg.collect.instagram import TYPES, post_ids
from torg.collect.platforms.payloads import Json, credible, moment, whole, within, words
from torg.collect.platforms.visited import Row
from torg.collect.platforms.visiting import REPLY_SPACE

PLATFORM = "instagram"
POST_SPACE = "shortcode"  # what stands in every address; Meta's own ids stand in none

MEDIA_FIELDS = (
    "id", "permalink", "timestamp", "caption", "media_type", "media_product_type", "like_count",
    "comments_count",
)  # fmt: skip
COMMENT_FIELDS = (
    "id", "text", "timestamp", "username", "from{id,username}", "like_count", "hidden",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """Who is followed: Instagram's id of the account, and its name as it is now."""

    id: str
    username: str
    title: str | None = None


def short_code(media: Json) -> str | None:
    """The id of a post as files and addresses have it; None where it has no address of that kind.

    Stories have none that lasts, and are not taken.
    """
    codes, spaces = post_ids(pl.Series([words(media, "permalink")], dtype=pl.String))
    return str(codes[0]) if spaces[0] == POST_SPACE and codes[0] else None


def media_row(media: Json, *, account: Account, read_at: dt.datetime) -> Row | None:
    """A row of POSTS; None where address or moment are lacking.

    Likes that the owner hides are not given. Shares and saves are the owner's alone.
    """
    native_id = short_code(media)
    published = credible(moment(media, "timestamp"), seen=read_at)
    if native_id is None or published is None:
        return None
    likes = whole(media, "like_count")
    return {
        "platform": PLATFORM,
        "channel": account.id,
        "native_id": native_id,
        "id_space": POST_SPACE,
        "channel_name": account.title,
        "published_at": published,
        "type": _type(media),
        "text": words(media, "caption"),
        "url": words(media, "permalink"),
        "read_at": read_at,
        "read_at_is_bound": False,
        "reactions": likes,
        "likes": likes,
        "comments": whole(media, "comments_count"),
    }


@dataclass(frozen=True)
class Under:
    """Where comments stand, and when they were seen there."""

    account: Account
    post: str
    seen: dt.datetime


def comment_row(comment: Json, *, under: Under, parent: str | None = None) -> Row | None:
    """A row of REPLIES; None where it is hidden, or lacks its id or moment.

    The owner is known by the account's name: Instagram gives people ids of another kind than
    accounts, and the owner too is given one of these.
    """
    native_id = words(comment, "id")
    published = credible(moment(comment, "timestamp"), seen=under.seen)
    if native_id is None or published is None or within(comment, "hidden"):
        return None
    name = words(comment, "from", "username") or words(comment, "username")
    is_owner = name == under.account.username if name else None
    return {
        "platform": PLATFORM,
        "channel": under.account.id,
        "native_id": native_id,
        "id_space": REPLY_SPACE,
        "post_native_id": under.post,
        "post_id_space": POST_SPACE,
        "parent_native_id": parent,
        "published_at": published,
        "author": under.account.id if is_owner else words(comment, "from", "id") or name,
        "is_owner": is_owner,
        "text": words(comment, "text"),
        "reactions": whole(comment, "like_count"),
    }


def _type(media: Json) -> str:
    if words(media, "media_product_type") == "REELS":
        return "video"
    return TYPES.get((words(media, "media_type") or "").lower(), "other")
