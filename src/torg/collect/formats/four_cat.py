"""4CAT's own CSV, and Zeeschuimer's: the columns into which 4CAT maps a platform's items.

The columns are the same whichever of the two tools mapped the items; Zeeschuimer separates them
with semicolons. A file does not name its platform: the columns of its counts and its addresses do.
`timestamp` is in the zone of the machine that mapped it, so `unix_timestamp` is read in its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.formats.zeeschuimer import ACCESS, count, flag
from torg.collect.known import channel_ids
from torg.collect.linkedin import account_ids, activity_ids, published
from torg.collect.reading.cells import Column, Signs, free_text, kind_of, word
from torg.collect.reading.epochs import seconds
from torg.collect.reading.faults import row_fault
from torg.collect.reading.headers import Columns

_COMMON: Columns = {
    "id": ("id",),
    "handle": ("author",),
    "text": ("body",),
    "published": ("unix_timestamp",),
    "collected": ("unix_timestamp_collected",),
    "type": ("type",),
    "ad": ("is_ad",),
}
_TYPES = {"photo": "photo", "picture": "photo", "video": "video", "mixed": "album"}


@dataclass(frozen=True)
class _Kind:
    """What is particular to the items of one platform."""

    platform: str
    space: str  # of the post's id
    place: str  # a regular expression: where the addresses of posts lead
    counts: Mapping[str, tuple[str, ...]]  # count -> names of its column
    url: tuple[str, ...] = ("url",)
    always: str | None = None  # the type of all posts, where there is but one

    @property
    def reactions(self) -> str:
        """The count that holds the reactions of all kinds."""
        return "reactions" if "reactions" in self.counts else "likes"


def _published(fields: Fields, kind: _Kind) -> Column:
    if kind.platform == "linkedin":
        return published(activity_ids("urn:li:activity:" + fields.text("id").str.strip_chars()))
    return seconds(fields.text("published"), what=fields.name("published"))


def _collected(fields: Fields) -> Column:
    return seconds(fields.text("collected"), what=fields.name("collected"), needed=False)


def _moments(fields: Fields, kind: _Kind) -> Column:
    """When the items were seen, where the file says it; else when they were published."""
    says = "collected" in fields.frame.columns
    return _collected(fields) if says else _published(fields, kind)


def _accounts(fields: Fields, kind: _Kind) -> pl.Series:
    handles, known = word(fields.text("handle")), fields.terms.known
    if kind.platform == "linkedin":
        return account_ids(fields.constant(""), addresses=handles, known=known)
    return channel_ids(handles, platform=kind.platform, known=known)


def _read(fields: Fields, kind: _Kind) -> Read:
    moment, seen = _published(fields, kind), _collected(fields)
    url, native_id, channel = (
        word(fields.text("url")),
        word(fields.text("id")),
        _accounts(fields, kind),
    )
    counts = {name: count(fields, name) for name in kind.counts}
    told = kind_of(fields.text("type"), _TYPES)
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant(kind.space),
        "published_at": moment.values,
        "read_at": seen.values,
        "type": fields.constant(kind.always) if kind.always else told,
        "text": free_text(fields.text("text")),
        "url": url,
        **{name: column.values for name, column in counts.items()},
        "reactions": counts[kind.reactions].values,
    }
    faults = (
        row_fault(flag(fields, "ad"), "this is an advertisement"),
        row_fault(
            ~url.str.contains(kind.place).fill_null(value=False),
            f"{fields.name('url')} leads to no post on {kind.platform}",
        ),
        fields.lacking(native_id, "id", "without it the post cannot be told from others"),
        fields.lacking(channel, "handle", "without it the post belongs to no account"),
        *(column.faults for column in (moment, seen, *counts.values())),
    )
    return Read(values, faults)


def _format(kind: _Kind, *, title: str) -> Format:
    return Format(
        name=f"four_cat_{kind.platform}",
        title=f"4CAT or Zeeschuimer table of {title}",
        kind="posts",
        platform=kind.platform,
        columns={**_COMMON, "url": kind.url, **kind.counts},
        required=frozenset({"id", "handle", "text", "published", "url", *kind.counts}),
        read=lambda fields: _read(fields, kind),
        dated_by="published",
        says_moment="collected",
        instants=lambda fields: _moments(fields, kind),
        channels=lambda fields: _accounts(fields, kind),
        channel_fields=("handle",),
        only_known=True,
        by_handle=True,
        access=ACCESS,
        may_publish=True,
        personal=frozenset({"text", "handle"}),
        has_zone=True,
        signs=Signs("point"),
        counts=tuple(kind.counts),
    )


FOUR_CAT_INSTAGRAM = _format(
    _Kind(
        "instagram",
        space="shortcode",
        place=r"instagram\.com/(?:[^/?#]+/)?(?:p|reel|reels|tv)/",
        counts={"likes": ("num_likes",), "comments": ("num_comments",)},
    ),
    title="Instagram",
)
FOUR_CAT_TIKTOK = _format(
    _Kind(
        "tiktok",
        space="post",
        place=r"tiktok\.com/@[^/?#]*/(?:video|photo)/",
        counts={
            "likes": ("likes", "amount_likes"),
            "comments": ("comments", "amount_comments"),
            "shares": ("shares", "amount_shares"),
            "views": ("plays", "amount_plays"),
        },
        url=("tiktok_url",),
        always="video",
    ),
    title="TikTok",
)
FOUR_CAT_THREADS = _format(
    _Kind(
        "threads",
        space="shortcode",
        place=r"threads\.(?:com|net)/@[^/?#]*/post/",
        counts={"likes": ("likes",), "comments": ("replies",), "shares": ("reposts",)},
    ),
    title="Threads",
)
FOUR_CAT_LINKEDIN = _format(
    _Kind(
        "linkedin",
        space="post",
        place=r"linkedin\.com/feed/update/",
        counts={"reactions": ("reactions",), "comments": ("comments",), "shares": ("shares",)},
        url=("post_url",),
    ),
    title="LinkedIn",
)
