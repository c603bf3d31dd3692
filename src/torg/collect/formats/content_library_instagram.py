"""The Meta Content Library's list of Instagram posts."""

import polars as pl

from torg.collect.formats import content_library
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.instagram import post_types
from torg.collect.reading.cells import Signs, word

_COUNTS = ("likes", "comments", "views")


def _channel(fields: Fields) -> pl.Series:
    return content_library.whose(fields, "owner", platform="instagram")


def _read(fields: Fields) -> Read:
    names = word(fields.text("owner_name"))
    read = content_library.read(fields, channel=_channel(fields), names=names, counts=_COUNTS)
    kinds = {
        "type": post_types(fields.text("type")),
        "reactions": read.values["likes"],  # Instagram knows one kind
    }
    return Read({**read.values, **kinds}, read.faults)


CONTENT_LIBRARY_INSTAGRAM = Format(
    name="content_library_instagram",
    title="Meta Content Library list of Instagram posts",
    kind="posts",
    platform="instagram",
    columns=content_library.COLUMNS,
    required=frozenset({"id", "created", "owner_id"}),
    read=_read,
    dated_by="created",
    instants=content_library.created,
    channels=_channel,
    channel_fields=("owner_id", "owner_handle"),
    only_known=True,
    handles=lambda fields: word(fields.text("owner_handle")),
    by_handle=True,
    access="aggregate",
    may_publish=True,
    personal=frozenset({"text", "owner_name", "owner_handle"}),
    has_zone=True,
    zone_hint=content_library.ZONE_HINT,
    signs=Signs("point"),
    counts=_COUNTS,
)
