"""What Zeeschuimer saw of Instagram and of Threads, which are made of the same objects."""

from collections.abc import Mapping, Sequence

import polars as pl

from torg.collect.formats.shape import Fields, Read
from torg.collect.formats.zeeschuimer import account, count, flag, read_item
from torg.collect.reading.cells import Column, kind_of
from torg.collect.reading.epochs import seconds

_NEVER_HIDDEN = "comments"


def counts_of(fields: Fields, names: Sequence[str]) -> dict[str, Column]:
    """The counts; where the owner hides them, that of the comments alone."""
    hidden = flag(fields, "hidden")
    return {
        name: count(fields, name, hidden=None if name == _NEVER_HIDDEN else hidden)
        for name in names
    }


def read_posts(
    fields: Fields,
    *,
    platform: str,
    code: pl.Series,
    url: pl.Series,
    types: Mapping[str, str],
    counts: Mapping[str, Column],
    refused: Mapping[str, pl.Series],
) -> Read:
    """Posts by the short `code` of their address; the rest is as in `read_item`."""
    return read_item(
        fields,
        platform=platform,
        channel=account(fields, platform),
        published=seconds(fields.text("published"), what=fields.name("published")),
        values={
            "native_id": code,
            "id_space": fields.constant("shortcode"),
            "type": kind_of(fields.text("type"), types),
            "url": url,
            "reactions": counts["likes"].values,
        },
        counts=counts,
        refused=refused,
    )
