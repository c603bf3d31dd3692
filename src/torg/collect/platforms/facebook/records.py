"""Posts and comments of a Facebook page as Torg's records."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from torg.collect.platforms.payloads import Json, credible, listed, moment, whole, within, words
from torg.collect.platforms.visited import Row
from torg.collect.platforms.visiting import REPLY_SPACE
from torg.collect.records import REACTION_KINDS

PLATFORM = "facebook"
POST_SPACE = "post"

# Meta's word of a reaction for each of ours.
_KINDS = {
    "likes": "LIKE", "loves": "LOVE", "wows": "WOW", "hahas": "HAHA", "sads": "SAD",
    "angrys": "ANGRY", "cares": "CARE", "thankfuls": "THANKFUL",
}  # fmt: skip
POST_FIELDS = (
    "id",
    "created_time",
    "from{id,name}",
    "message",
    "parent_id",
    "permalink_url",
    "status_type",
    "attachments{media_type}",
    "shares",
    "reactions.limit(0).summary(total_count)",
    *(
        f"reactions.type({_KINDS[kind]}).limit(0).summary(total_count).as(of_{kind})"
        for kind in REACTION_KINDS
    ),
    # With "stream" the summary counts answers too, as the page itself shows it.
    "comments.limit(0).filter(stream).summary(total_count)",
)
COMMENT_FIELDS = (
    "id", "created_time", "message", "from{id}", "parent{id}", "like_count", "is_hidden",
    "is_private",
)  # fmt: skip

_BY_ATTACHMENT = {
    "photo": "photo", "video": "video", "album": "album", "link": "link", "event": "event",
}  # fmt: skip
_BY_STATUS = {
    "added_photos": "photo", "added_video": "video", "created_event": "event",
    "shared_story": "link", "mobile_status_update": "text",
}  # fmt: skip


def post_row(post: Json, *, page: str, read_at: dt.datetime) -> Row | None:
    """A row of POSTS; None where it is not this page's own, or lacks its id or moment.

    When its words were last changed Meta does not say: `updated_time` moves with every comment.
    """
    native_id = _own_id(words(post, "id"), page)
    published = credible(moment(post, "created_time"), seen=read_at)
    if native_id is None or published is None or not _is_theirs(post, page):
        return None
    return {
        "platform": PLATFORM,
        "channel": page,
        "native_id": native_id,
        "id_space": POST_SPACE,
        "channel_name": words(post, "from", "name"),
        "published_at": published,
        "type": _type(post),
        "text": words(post, "message"),
        "url": words(post, "permalink_url"),
        "read_at": read_at,
        "read_at_is_bound": False,
        **_counts(post),
    }


@dataclass(frozen=True)
class Under:
    """Where comments stand, and when they were seen there."""

    page: str
    post: str
    seen: dt.datetime


def comment_row(comment: Json, *, under: Under) -> Row | None:
    """A row of REPLIES; None where it is not public, or lacks its id or moment.

    Who wrote is told only to the page's own token.
    """
    native_id = words(comment, "id")
    published = credible(moment(comment, "created_time"), seen=under.seen)
    is_public = not (within(comment, "is_hidden") or within(comment, "is_private"))
    if native_id is None or published is None or not is_public:
        return None
    author = words(comment, "from", "id")
    return {
        "platform": PLATFORM,
        "channel": under.page,
        "native_id": native_id,
        "id_space": REPLY_SPACE,
        "post_native_id": under.post,
        "post_id_space": POST_SPACE,
        "parent_native_id": words(comment, "parent", "id"),
        "published_at": published,
        "author": author,
        "is_owner": author == under.page if author else None,
        "text": words(comment, "message"),
        "reactions": whole(comment, "like_count"),
    }


def whole_id(native_id: str, page: str) -> str:
    """A post's id as Meta wants it: behind its page's."""
    return f"{page}_{native_id}"


def _own_id(post_id: str | None, page: str) -> str | None:
    """A post's id without its page's; None for what is not this page's."""
    of_page, _, own = (post_id or "").partition("_")
    return own if own and of_page == page else None


def _is_theirs(post: Json, page: str) -> bool:
    """Whether the page wrote it itself: not a visitor's, not another's that was merely shared."""
    shared_only = words(post, "parent_id") is not None and words(post, "message") is None
    return within(post, "from", "id") in (None, page) and not shared_only


def _type(post: Json) -> str:
    attachments = listed(post, "attachments", "data")
    if not attachments:
        return _BY_STATUS.get(words(post, "status_type") or "mobile_status_update", "other")
    return _BY_ATTACHMENT.get(words(attachments[0], "media_type") or "", "other")


def _counts(post: Json) -> dict[str, Any]:
    """Each count that is given.

    Meta leaves `shares` out of a post that nobody has shared. Where it gives the reactions, it
    would have given the shares too, so there the missing field is its way to write none.
    """
    reactions = whole(post, "reactions", "summary", "total_count")
    shares = whole(post, "shares", "count")
    none = 0 if reactions is not None and "shares" not in post else None
    return {
        "reactions": reactions,
        "comments": whole(post, "comments", "summary", "total_count"),
        "shares": none if shares is None else shares,
        **{kind: whole(post, f"of_{kind}", "summary", "total_count") for kind in REACTION_KINDS},
    }
