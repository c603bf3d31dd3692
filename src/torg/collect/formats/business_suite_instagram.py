"""The content export of Meta Business Suite of an Instagram account, by its own administrator.

Its header follows the exporter's language; the names lie in aliases/business_suite_instagram.toml.
"""

import polars as pl

from torg.collect.formats.business_suite import (
    ZONE_HINT,
    columns_of,
    doubt_zone,
    published,
    refuse_by_day,
)
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.instagram import post_ids, post_types
from torg.collect.reading.cells import free_text, word

_COUNTS = ("likes", "comments", "shares", "views")


def _channel(fields: Fields) -> pl.Series:
    return word(fields.text("account_id"))


def _ids(fields: Fields, url: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The short code of the address, which other exports know too; else Business Suite's own id."""
    own = word(fields.text("post_id"))
    codes, spaces = post_ids(url)
    is_code = (spaces == "shortcode") & codes.is_not_null()
    chosen = pl.when(is_code)
    return (
        pl.select(chosen.then(codes).otherwise(own)).to_series(),
        pl.select(chosen.then(spaces).otherwise(pl.lit("business_suite"))).to_series(),
    )


def _read(fields: Fields) -> Read:
    moments = published(fields)
    counts = {name: fields.count(name) for name in _COUNTS}
    channel, url = _channel(fields), word(fields.text("permalink"))
    native_id, id_space = _ids(fields, url)
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": id_space,
        "channel_name": word(fields.text("account_name")),
        "published_at": moments.values,
        "type": post_types(fields.text("type")),
        "text": free_text(fields.text("description")),
        "url": url,
        "reactions": counts["likes"].values,  # Instagram knows one kind
        **{name: column.values for name, column in counts.items()},
    }
    faults = (
        fields.lacking(native_id, "post_id", "without it the post cannot be told from others"),
        fields.lacking(channel, "account_id", "without it the post belongs to no account"),
        *(column.faults for column in (moments, *counts.values())),
    )
    return Read(values, faults)


BUSINESS_SUITE_INSTAGRAM = Format(
    name="business_suite_instagram",
    title="Business Suite content export of Instagram",
    kind="posts",
    platform="instagram",
    columns=columns_of("business_suite_instagram"),
    required=frozenset({"post_id", "account_id", "published"}),
    read=_read,
    dated_by="published",
    instants=published,
    channels=_channel,
    channel_fields=("account_id",),
    access="owner",
    may_publish=False,
    zone_hint=ZONE_HINT,
    counts=_COUNTS,
    refuse=refuse_by_day,
    doubt=doubt_zone,
)
