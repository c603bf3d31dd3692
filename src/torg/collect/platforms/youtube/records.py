"""Videos and comments of YouTube as Torg's records."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from torg.collect.platforms.payloads import Json, credible, listed, moment, whole, within, words
from torg.collect.platforms.visited import Row
from torg.collect.platforms.visiting import REPLY_SPACE

PLATFORM = "youtube"
POST_SPACE = "post"  # a video id is the post's own; so it stands in every address and export
VIDEO_PARTS = "snippet,statistics,liveStreamingDetails"


def video_row(video: Json, *, read_at: dt.datetime) -> Row | None:
    """A row of POSTS; None where id, channel or moment are lacking.

    Counts come as strings, and not at all where the owner hides them. Premieres cannot be told
    from broadcasts: both are "live".
    """
    published = credible(moment(video, "snippet", "publishedAt"), seen=read_at)
    row: dict[str, Any] = {
        "platform": PLATFORM,
        "channel": owner_of(video),
        "native_id": words(video, "id"),
        "id_space": POST_SPACE,
        "published_at": published,
    }
    if None in row.values():
        return None
    likes = whole(video, "statistics", "likeCount")
    return {
        **row,
        "channel_name": words(video, "snippet", "channelTitle"),
        "type": "live" if _is_live(video) else "video",
        "text": _text(video),
        "url": f"https://www.youtube.com/watch?v={row['native_id']}",
        "read_at": read_at,
        "read_at_is_bound": False,
        "reactions": likes,
        "likes": likes,
        "comments": whole(video, "statistics", "commentCount"),
        "views": whole(video, "statistics", "viewCount"),
    }


@dataclass(frozen=True)
class Under:
    """Where comments stand, and when they were seen there."""

    channel: str
    video: str
    seen: dt.datetime


def comment_row(comment: Json, *, under: Under, parent: str | None = None) -> Row | None:
    """A row of REPLIES; None where id or moment are lacking."""
    said = within(comment, "snippet")
    published = credible(moment(said, "publishedAt"), seen=under.seen)
    native_id = words(comment, "id")
    if native_id is None or published is None:
        return None
    author = words(said, "authorChannelId", "value")
    return {
        "platform": PLATFORM,
        "channel": under.channel,
        "native_id": native_id,
        "id_space": REPLY_SPACE,
        "post_native_id": under.video,
        "post_id_space": POST_SPACE,
        "parent_native_id": parent,
        "published_at": published,
        "edited_at": _edited(said, published),
        "author": author,
        "is_owner": author == under.channel if author else None,
        # The original words are given to their author only; the display form is asked for plain.
        "text": words(said, "textOriginal") or words(said, "textDisplay"),
        "reactions": whole(said, "likeCount"),
    }


def owner_of(video: Json) -> str | None:
    """The channel that shows a video."""
    return words(video, "snippet", "channelId")


def replies_in(thread: Json) -> list[Json]:
    """The replies that a thread brings with it, which may be some of them only."""
    return listed(thread, "replies", "comments")


def _is_live(video: Json) -> bool:
    said = words(video, "snippet", "liveBroadcastContent") or "none"
    return said != "none" or within(video, "liveStreamingDetails") is not None


def _text(video: Json) -> str | None:
    """Title and description, as both are what the owner writes."""
    parts = (words(video, "snippet", "title"), words(video, "snippet", "description"))
    return "\n\n".join(part for part in parts if part) or None


def _edited(said: Json, published: dt.datetime) -> dt.datetime | None:
    updated = moment(said, "updatedAt")
    return updated if updated and updated > published else None
