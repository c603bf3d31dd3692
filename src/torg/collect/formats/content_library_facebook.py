"""The Meta Content Library's list of Facebook posts."""

import polars as pl

from torg.collect.facebook import post_types
from torg.collect.formats import content_library
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.reading.cells import Signs, word

_KINDS = {
    "loves": ("statistics.love_count",),
    "wows": ("statistics.wow_count",),
    "hahas": ("statistics.haha_count",),
    "sads": ("statistics.sad_count",),
    "angrys": ("statistics.angry_count",),
    "cares": ("statistics.care_count",),
}
COLUMNS = {
    **content_library.COLUMNS,
    "surface_id": ("surface.id",),
    "surface_handle": ("surface.username",),
    "surface_name": ("surface.name",),
    "reactions": ("statistics.reaction_count",),
    "shares": ("statistics.share_count",),
    **_KINDS,
    # What Instagram's posts never have: any of it tells Facebook's list, whose columns vary.
    "facebook": (
        "surface.id",
        "statistics.reaction_count",
        "statistics.share_count",
        "statistics.love_count",
    ),
}
_COUNTS = ("reactions", "comments", "shares", "views", "likes", *_KINDS)


def _channel(fields: Fields) -> pl.Series:
    """Where the post stands; without that, who wrote it."""
    return content_library.whose(fields, "surface", platform="facebook").fill_null(_owner(fields))


def _handles(fields: Fields) -> pl.Series:
    """The surface's; where there is none at all, the owner's."""
    surface, owner = word(fields.text("surface_handle")), word(fields.text("owner_handle"))
    lacks_surface = word(fields.text("surface_id")).is_null() & surface.is_null()
    return pl.select(pl.when(lacks_surface).then(owner).otherwise(surface)).to_series()


def _owner(fields: Fields) -> pl.Series:
    return content_library.whose(fields, "owner", platform="facebook")


def _read(fields: Fields) -> Read:
    channel, owner = _channel(fields), _owner(fields)
    is_own = (channel == owner).fill_null(value=True)
    names = word(fields.text("surface_name")).fill_null(
        pl.select(pl.when(is_own).then(word(fields.text("owner_name")))).to_series()
    )
    read = content_library.read(fields, channel=channel, names=names, counts=_COUNTS)
    own_words = pl.select(pl.when(is_own).then(read.values["text"])).to_series()
    kinds = {"type": post_types(fields.text("type")), "text": own_words}
    return Read({**read.values, **kinds}, read.faults)


CONTENT_LIBRARY = Format(
    name="content_library_facebook",
    title="Meta Content Library list of Facebook posts",
    kind="posts",
    platform="facebook",
    columns=COLUMNS,
    required=frozenset({"id", "created", "owner_id", "facebook"}),
    telling=frozenset({"facebook"}),
    read=_read,
    dated_by="created",
    instants=content_library.created,
    channels=_channel,
    channel_fields=("owner_id", "owner_handle", "surface_id", "surface_handle"),
    only_known=True,
    handles=_handles,
    by_handle=True,
    access="aggregate",
    may_publish=True,
    personal=frozenset({"text", "owner_name", "owner_handle", "surface_name", "surface_handle"}),
    has_zone=True,
    zone_hint=content_library.ZONE_HINT,
    signs=Signs("point"),
    counts=_COUNTS,
)
