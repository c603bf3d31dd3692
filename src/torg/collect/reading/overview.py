"""What a file must be seen to its end for, before its first record can be made."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from torg.collect.formats import Fields, Format, Terms
from torg.collect.reading.belonging import platforms_of, registered
from torg.collect.reading.cells import Column
from torg.collect.reading.convert import merged
from torg.collect.reading.instants import has_slashed
from torg.collect.reading.rows_of import parts_of
from torg.collect.reading.table import FURTHER, Layout, Rows
from torg.errors import QuestionError


@dataclass(frozen=True)
class Overview:
    """The latest instant, the channels, and whether some time needs the user's zone or order."""

    latest: dt.datetime | None = None
    channels: frozenset[tuple[str, str]] = frozenset()  # platform and channel
    uses_zone: bool = False
    uses_order: bool = False  # of the day and month


def overview(path: Path, *, format_: Format, layout: Layout, terms: Terms) -> Overview:
    """Read the whole file, but only the columns that tell."""
    fields = {format_.dated_by, format_.says_moment, *format_.channel_fields}
    wanted = {
        name: place for name, place in layout.wanted.items() if name.split(FURTHER)[0] in fields
    }
    work = partial(_seen, format_=format_, terms=terms)
    narrow = Layout(layout.header, layout.dialect, wanted)
    seen = [part for part, _ in parts_of(path, layout=narrow, work=work)]
    return Overview(
        latest=max((part.latest for part in seen if part.latest), default=None),
        channels=frozenset().union(*(part.channels for part in seen)),
        uses_zone=any(part.uses_zone for part in seen),
        uses_order=any(part.uses_order for part in seen),
    )


def asks_the_register(format_: Format, layout: Layout) -> bool:
    """Whether the records depend on what the register knows of the file's channels."""
    if format_.kind == "replies" or format_.by_handle or format_.only_known:
        return True
    return bool(format_.channel_fields) and format_.channel_fields[0] not in layout.wanted


def may_ignore_zone(format_: Format) -> bool:
    """Whether a zone that the user gives may turn out to be that of no time in the file."""
    return format_.has_zone and format_.says_moment is None


def register_says(
    format_: Format, layout: Layout, *, channels: frozenset[tuple[str, str]], terms: Terms
) -> Mapping[str, list[str]]:
    """The channels of a file that asks the register, each with its owner's names.

    In a file about citizens a channel that the register does not know may be a name out of place;
    where only known ones enter, `channels` are those.
    """
    if not asks_the_register(format_, layout):
        return {}
    named = {pair: sorted(terms.known.owner_names(*pair)) for pair in sorted(channels)}
    return {
        f"{platform}/{channel}": names
        for (platform, channel), names in named.items()
        if names or channel.isdigit() or format_.only_known or not format_.personal
    }


def _seen(rows: Rows, *, format_: Format, terms: Terms) -> Overview:
    fields = Fields(merged(rows.frame), terms)
    instants = format_.instants(fields)
    latest = instants.values.max()
    channels = format_.channels(fields)
    pairs = pl.DataFrame({"platform": platforms_of(fields, format_), "channel": channels})
    if format_.only_known:
        pairs = pairs.filter(registered(channels, fields, format_))
    return Overview(
        latest=latest if isinstance(latest, dt.datetime) else None,
        channels=frozenset((p, c) for p, c in pairs.drop_nulls().unique().rows()),
        uses_zone=_uses_zone(fields, instants, format_=format_),
        uses_order=terms.dates is not None and has_slashed(fields.text(format_.dated_by)),
    )


def _uses_zone(fields: Fields, instants: Column, *, format_: Format) -> bool:
    if fields.terms.zone is None or not may_ignore_zone(format_):
        return True
    try:
        bare = format_.instants(Fields(fields.frame, replace(fields.terms, zone=None)))
    except QuestionError:
        return True
    return bare.values.null_count() > instants.values.null_count()
