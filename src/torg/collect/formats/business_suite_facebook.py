"""The content export of Meta Business Suite: what a page's own administrator downloads.

Its header follows the exporter's language; the names lie in aliases/business_suite_facebook.toml.
"""

import polars as pl

from torg.collect.facebook import post_types
from torg.collect.formats.business_suite import (
    ZONE_HINT,
    columns_of,
    doubt_zone,
    published,
    refuse_by_day,
)
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.reading.cells import longer, word
from torg.collect.records import COUNTS

_COUNTS = ("interactions", "reactions", "comments", "shares", "views")


def _channel(fields: Fields) -> pl.Series:
    return word(fields.text("page_id"))


def _read(fields: Fields) -> Read:
    moments = published(fields)
    counts = {name: fields.count(name) for name in _COUNTS}
    rest = counts["interactions"].values - counts["comments"].values - counts["shares"].values
    channel, native_id = _channel(fields), word(fields.text("post_id"))
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("business_suite"),
        "channel_name": word(fields.text("page_name")),
        "published_at": moments.values,
        "type": post_types(fields.text("type")),
        "text": longer(fields.text("title"), fields.text("description")),
        "url": word(fields.text("permalink")),
        **{name: counts[name].values for name in _COUNTS if name in COUNTS},
    }
    values["reactions"] = values["reactions"].fill_null(rest)
    faults = (
        fields.lacking(native_id, "post_id", "without it the post cannot be told from others"),
        fields.lacking(channel, "page_id", "without it the post belongs to no page"),
        *(column.faults for column in (moments, *counts.values())),
    )
    return Read(values, faults)


BUSINESS_SUITE = Format(
    name="business_suite_facebook",
    title="Business Suite content export of Facebook",
    kind="posts",
    platform="facebook",
    columns=columns_of("business_suite_facebook"),
    required=frozenset({"post_id", "page_id", "published"}),
    read=_read,
    dated_by="published",
    instants=published,
    channels=_channel,
    channel_fields=("page_id",),
    access="owner",
    may_publish=False,
    zone_hint=ZONE_HINT,
    counts=_COUNTS,
    refuse=refuse_by_day,
    doubt=doubt_zone,
)
