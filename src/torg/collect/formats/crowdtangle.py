"""What CrowdTangle's CSV files of Facebook and of Instagram share."""

from collections.abc import Mapping

import polars as pl

from torg.collect.formats.shape import Fields, Read
from torg.collect.reading.cells import Column, word
from torg.collect.reading.instants import abbreviated


def created(fields: Fields) -> Column:
    """When each post was published: CrowdTangle names the zone beside the time."""
    return abbreviated(
        fields.text("created"),
        what=fields.name("created"),
        zone=fields.terms.zone,
        order=fields.terms.dates,
    )


def read_posts(
    fields: Fields,
    *,
    channel: pl.Series,
    ids: tuple[pl.Series, pl.Series],
    values: Mapping[str, pl.Series],
    counts: Mapping[str, Column],
    lacking: tuple[str, str],
) -> Read:
    """Posts by their `ids` and id spaces: what both networks' files say, and `values` besides.

    `lacking` is the field that should have told the channel, and what the network calls it.
    """
    published = created(fields)
    native_id, id_space = ids
    field, owner = lacking
    records = {
        "channel": channel,
        "native_id": native_id,
        "id_space": id_space,
        "channel_name": word(fields.text("name")),
        "published_at": published.values,
        **values,
    }
    faults = (
        fields.lacking(native_id, "url", "without it the post cannot be told from others"),
        fields.lacking(channel, field, f"without it the post belongs to no {owner}"),
        *(column.faults for column in (published, *counts.values())),
    )
    return Read(records, faults)
