"""The content export of Meta Business Suite: what a page's own administrator downloads.

Its header follows the exporter's language; the names lie in aliases/business_suite_facebook.toml.
"""

from importlib.resources import files

import polars as pl

from torg.collect.cells import Column, free_text, word
from torg.collect.facebook import post_types
from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.headers import parse_aliases
from torg.collect.instants import local
from torg.collect.records import COUNTS

_COUNTS = ("interactions", "reactions", "comments", "shares", "views")
# A right export has one row a post (0.996 of the rows seen); one by day has about 28 (0.036).
LEAST_SHARE_OF_POSTS = 0.5

COLUMNS = parse_aliases(
    files("torg.collect.formats")
    .joinpath("aliases/business_suite_facebook.toml")
    .read_text("utf-8")
)


def _published(fields: Fields) -> Column:
    return local(
        fields.text("published"),
        what=fields.name("published"),
        zone=fields.terms.zone or "UTC",
        order=fields.terms.dates,
    )


def _channel(fields: Fields) -> pl.Series:
    return word(fields.text("page_id"))


def _caption(fields: Fields) -> pl.Series:
    """Title or description, whichever is longer: either may hold the caption."""
    title, description = free_text(fields.text("title")), free_text(fields.text("description"))
    lengths = [text.str.len_chars().fill_null(0) for text in (title, description)]
    longer = pl.when(lengths[1] > lengths[0]).then(description).otherwise(title)
    return pl.select(longer).to_series()


def _read(fields: Fields) -> Read:
    published = _published(fields)
    counts = {name: fields.count(name) for name in _COUNTS}
    rest = counts["interactions"].values - counts["comments"].values - counts["shares"].values
    channel, native_id = _channel(fields), word(fields.text("post_id"))
    values = {
        "channel": channel,
        "native_id": native_id,
        "id_space": fields.constant("business_suite"),
        "channel_name": word(fields.text("page_name")),
        "published_at": published.values,
        "type": post_types(fields.text("type")),
        "text": _caption(fields),
        "url": word(fields.text("permalink")),
        **{name: counts[name].values for name in _COUNTS if name in COUNTS},
    }
    values["reactions"] = values["reactions"].fill_null(rest)
    faults = (
        fields.lacking(native_id, "post_id", "without it the post cannot be told from others"),
        fields.lacking(channel, "page_id", "without it the post belongs to no page"),
        *(column.faults for column in (published, *counts.values())),
    )
    return Read(values, faults)


def _refuse(fields: Fields) -> str | None:
    """Why the first rows are no list of posts, if they are none."""
    ids = word(fields.text("post_id")).drop_nulls()
    if ids.len() and ids.n_unique() < LEAST_SHARE_OF_POSTS * ids.len() and _is_by_day(fields):
        return (
            f"this export has a row for each post and day ({ids.n_unique()} posts in {ids.len()} "
            "rows), and days cannot be told from posts' totals: export again with the data "
            "breakdown 'Lifetime' instead of 'Daily'"
        )
    return None


def _is_by_day(fields: Fields) -> bool:
    return "views" not in fields.frame.columns or word(fields.text("date")).n_unique() > 1


BUSINESS_SUITE = Format(
    name="business_suite_facebook",
    title="Business Suite content export of Facebook",
    kind="posts",
    platform="facebook",
    columns=COLUMNS,
    required=frozenset({"post_id", "page_id", "published"}),
    read=_read,
    dated_by="published",
    instants=_published,
    channels=_channel,
    channel_fields=("page_id",),
    access="owner",
    may_publish=False,
    zone_hint=" Exports have been seen in Pacific time (America/Los_Angeles) wherever the page was:"
    " compare one post's time with the page.",
    counts=_COUNTS,
    refuse=_refuse,
)
