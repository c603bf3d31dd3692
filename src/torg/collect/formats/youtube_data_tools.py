"""YouTube Data Tools: its list of videos, and the comments of one video."""

import re

import polars as pl

from torg.collect.formats.shape import Fields, Format, Read, Terms
from torg.collect.reading.cells import Column, Signs, free_text, word
from torg.collect.reading.instants import with_offset
from torg.errors import QuestionError

_COUNTS = ("views", "likes", "comments")
# The tool says in the name of the file alone of which video its comments are.
_NAMED = re.compile(r"videoinfo_([0-9A-Za-z_-]{11})_")
# YouTube lets what its interface gives be kept for thirty days without a new reading.
KEEP_DAYS = 30


def _published(fields: Fields) -> Column:
    return with_offset(fields.text("published"), what=fields.name("published"), zone="UTC")


def _read_videos(fields: Fields) -> Read:
    published = _published(fields)
    counts = {name: fields.count(name) for name in _COUNTS}
    channel, native_id = word(fields.text("channel")), word(fields.text("id"))
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("post"),
        "channel_name": word(fields.text("name")),
        "published_at": published.values,
        "type": fields.constant("video"),
        "text": _words(fields),
        "url": "https://www.youtube.com/watch?v=" + native_id,
        "reactions": counts["likes"].values,
        **{name: column.values for name, column in counts.items()},
    }
    faults = (
        fields.lacking(native_id, "id", "without it the video cannot be told from others"),
        fields.lacking(channel, "channel", "without it the video belongs to no channel"),
        *(column.faults for column in (published, *counts.values())),
    )
    return Read(values, faults)


def _words(fields: Fields) -> pl.Series:
    """Title and description, as both are what the owner writes."""
    parts = [free_text(fields.text(name)) for name in ("title", "description")]
    joined = pl.select(pl.concat_str(*parts, separator="\n\n", ignore_nulls=True)).to_series()
    return free_text(joined)


YOUTUBE_VIDEOS = Format(
    name="youtube_data_tools_videos",
    title="YouTube Data Tools list of videos",
    kind="posts",
    platform="youtube",
    columns={
        "id": ("videoId",),
        "channel": ("channelId",),
        "name": ("channelTitle",),
        "published": ("publishedAt", "publishedAtSQL"),
        "title": ("videoTitle",),
        "description": ("videoDescription",),
        "views": ("viewCount",),
        "likes": ("likeCount",),
        "comments": ("commentCount",),
    },
    required=frozenset({"id", "channel", "published", "title"}),
    read=_read_videos,
    dated_by="published",
    instants=_published,
    channels=lambda fields: word(fields.text("channel")),
    channel_fields=("channel",),
    only_known=True,
    access="public_page",
    may_publish=True,
    keep_days=KEEP_DAYS,
    personal=frozenset({"name", "title", "description"}),
    has_zone=True,
    signs=Signs("point"),
    counts=_COUNTS,
)


def _video_of(terms: Terms) -> str | None:
    found = _NAMED.search(terms.file_name)
    return found[1] if found else None


def _channels(fields: Fields) -> pl.Series:
    """The channel that the user says the video is of."""
    return fields.constant((fields.terms.channel or ("", ""))[1])


def _videos(fields: Fields) -> pl.Series:
    video = _video_of(fields.terms)
    told = word(fields.text("video"))
    return told if video is None else told.fill_null(video)


def _ask(fields: Fields) -> str | None:
    """Why these comments can be of no known video; raises where the user knows of which channel."""
    if _videos(fields).null_count():
        return (
            "these are comments of one video, and only the name that YouTube Data Tools gave the "
            "file says of which: give it back its name, such as videoinfo_VIDEO_2024_05_13.csv"
        )
    platform, channel = fields.terms.channel or ("", "")
    if platform != "youtube" or not channel.startswith("UC"):
        raise QuestionError(
            "these comments do not say of which channel the video is: say it with --channel, such "
            "as --channel youtube:UC followed by the rest of the channel's id"
        )
    return None


def _read_comments(fields: Fields) -> Read:
    published, reactions = _published(fields), fields.count("reactions")
    native_id, channel = word(fields.text("id")), _channels(fields)
    author = word(fields.text("author"))
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("comment"),
        "post_native_id": _videos(fields),
        "post_id_space": fields.constant("post"),
        "parent_native_id": word(fields.text("parent")),
        "published_at": published.values,
        "author": author,
        "is_owner": author == channel,
        "text": free_text(fields.text("text")),
        "reactions": reactions.values,
    }
    lacking = fields.lacking(native_id, "id", "without it the comment cannot be told from others")
    return Read(values, (lacking, published.faults, reactions.faults))


YOUTUBE_COMMENTS = Format(
    name="youtube_data_tools_comments",
    title="YouTube Data Tools list of a video's comments",
    kind="replies",
    platform="youtube",
    columns={
        "id": ("id",),
        "video": ("videoId",),
        "parent": ("isReplyTo",),
        "author": ("authorChannelId",),
        "name": ("authorName",),
        "text": ("text",),
        "published": ("publishedAt",),
        "reactions": ("likeCount",),
    },
    required=frozenset({"id", "parent", "name", "text", "published"}),
    read=_read_comments,
    dated_by="published",
    instants=_published,
    channels=_channels,
    channel_fields=(),
    access="public_page",
    may_publish=True,
    keep_days=KEEP_DAYS,
    personal=frozenset({"author", "name", "text"}),
    has_zone=True,
    signs=Signs("point"),
    counts=("reactions",),
    refuse=_ask,
    settled_by=lambda terms: {"channel": terms.channel, "video": _video_of(terms)},
)
