"""Zeeschuimer's NDJSON: what a person's browser showed of a platform, item by item.

Each item is the platform's own object under `data`, beside when and where it was seen. The tool
notes an item each time it is shown, so the same post comes several times: each is a snapshot. 4CAT
passes the items on with `data` spread to the top and the rest under `__import_meta`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from torg.collect.formats.shape import Fields, Format, Read
from torg.collect.known import channel_ids
from torg.collect.reading.cells import Column, Signs, free_text, truth, word
from torg.collect.reading.epochs import milliseconds
from torg.collect.reading.faults import row_fault
from torg.collect.reading.headers import Columns

# What a browser sees is neither whole nor the owner's: it is held apart from what a platform gives.
ACCESS = "manual"
META: Columns = {
    "collected": ("timestamp_collected", "__import_meta.timestamp_collected"),
    "platform": ("source_platform", "__import_meta.source_platform"),
    "partial": ("data._zs_partial", "_zs_partial"),
}
_PARTIAL = (
    "the browser was shown a part of this item only: open the post itself with Zeeschuimer on"
)


def inside(*paths: str) -> tuple[str, ...]:
    """The names of a field of the platform's object, in Zeeschuimer's file and in 4CAT's."""
    return (*(f"data.{path}" for path in paths), *paths)


def collected(fields: Fields) -> Column:
    """When the browser showed the item."""
    return milliseconds(fields.text("collected"), what=fields.name("collected"), needed=False)


def account(fields: Fields, platform: str) -> pl.Series:
    """The account's id; without one, the id that the register knows for its handle."""
    told = word(fields.text("channel"))
    if not told.null_count():
        return told
    handles = word(fields.text("handle"))
    return told.fill_null(channel_ids(handles, platform=platform, known=fields.terms.known))


def flag(fields: Fields, name: str) -> pl.Series:
    """Where a field says yes."""
    return truth(fields.text(name), what=fields.name(name)).values.fill_null(value=False)


def count(fields: Fields, name: str, *, hidden: pl.Series | None = None) -> Column:
    """A count; missing where the owner hides it, whatever number stands in its place."""
    text = fields.text(name)
    veiled = text.str.strip_chars() == "-1"
    if hidden is not None:
        veiled |= hidden
    shown = pl.select(pl.when(~veiled).then(text).otherwise(pl.lit(""))).to_series()
    return Fields(fields.frame.with_columns(shown.alias(name)), fields.terms).count(name)


def read_item(
    fields: Fields,
    *,
    platform: str,
    channel: pl.Series,
    published: Column,
    values: Mapping[str, pl.Series],
    counts: Mapping[str, Column],
    refused: Mapping[str, pl.Series],
) -> Read:
    """The records of items: `refused` says by reason which of them are no posts of an account."""
    seen = collected(fields)
    native_id = values["native_id"]
    told = word(fields.text("platform")).fill_null(platform).str.to_lowercase()
    reasons = {
        f"this item is of another platform than {platform}": ~told.str.contains(platform),
        _PARTIAL: flag(fields, "partial"),
        **refused,
    }
    faults = (
        *(row_fault(where, why) for why, where in reasons.items() if where.any()),
        fields.lacking(native_id, "id", "without it the post cannot be told from others"),
        fields.lacking(channel, "channel", "without it the post belongs to no account"),
        *(column.faults for column in (published, seen, *counts.values())),
    )
    records = {
        "channel": channel,
        "channel_name": word(fields.text("name")),
        "published_at": published.values,
        "read_at": seen.values,
        "text": free_text(fields.text("text")),
        **values,
        **{name: column.values for name, column in counts.items()},
    }
    return Read(records, faults)


def zeeschuimer(
    platform: str,
    *,
    columns: Columns,
    required: Sequence[str],
    channels: Callable[[Fields], pl.Series] | None = None,
    handles: Callable[[Fields], pl.Series] = lambda fields: word(fields.text("handle")),
    **facts: Any,  # noqa: ANN401 - each is a fact of `Format`, which knows its type
) -> Format:
    """A format of Zeeschuimer's items of one platform; `facts` are those of `Format`."""
    return Format(
        name=f"zeeschuimer_{platform}",
        kind="posts",
        platform=platform,
        columns={**META, **columns},
        required=frozenset({"collected", "id", "published", *required}),
        dated_by="published",
        says_moment="collected",
        instants=collected,
        channels=channels or (lambda fields: account(fields, platform)),
        channel_fields=("channel", "handle"),
        only_known=True,
        handles=handles,
        by_handle=True,
        signs=Signs("point"),
        access=ACCESS,
        may_publish=True,
        personal=frozenset({"text", "name", "handle"}),
        has_zone=True,
        **facts,
    )
