"""The content export of Meta Business Suite of an Instagram account, by its own administrator.

Its header follows the exporter's language; the names lie in aliases/business_suite_instagram.toml.
"""

import polars as pl

from torg.collect.formats.business_suite import content_export, read_posts
from torg.collect.formats.shape import Fields, Read
from torg.collect.instagram import post_ids, post_types
from torg.collect.reading.cells import free_text, word

_COUNTS = ("likes", "comments", "shares", "views")


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
    counts = {name: fields.count(name) for name in _COUNTS}
    url = word(fields.text("permalink"))
    values = {
        "type": post_types(fields.text("type")),
        "text": free_text(fields.text("description")),
        "url": url,
        "reactions": counts["likes"].values,  # Instagram knows one kind
        **{name: column.values for name, column in counts.items()},
    }
    ids = _ids(fields, url)
    return read_posts(fields, owner="account", ids=ids, values=values, counts=counts)


BUSINESS_SUITE_INSTAGRAM = content_export("instagram", owner="account", read=_read, counts=_COUNTS)
