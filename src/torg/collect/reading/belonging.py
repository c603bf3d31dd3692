"""Whose records enter where a file may be of anybody: those of accounts that the register has.

Who browses, searches or asks an interface for a word is shown citizens' posts too. A municipality's
account cannot be told from theirs by the file, so it is the register that tells.
"""

from collections.abc import Iterator

import polars as pl

from torg.collect.formats.shape import Fields, Format
from torg.collect.known import NOBODYS, KnownChannels, plain_handle
from torg.collect.reading.faults import row_fault


def platforms_of(fields: Fields, format_: Format) -> pl.Series:
    """The platform of each row: the format's own, or what the row says, in lower case."""
    if format_.platform is not None:
        return fields.constant(format_.platform)
    return fields.text("platform").str.strip_chars().str.to_lowercase()


def registered(channels: pl.Series, fields: Fields, format_: Format) -> pl.Series:
    """Row by row whether the register has the account, by its id or by its handle.

    Of formats that are read by whole objects, `channels` holds those that it has and no other.
    """
    if format_.documents is not None:
        return channels.is_not_null()
    platforms, known = platforms_of(fields, format_), fields.terms.known
    has = _among(channels, platforms, known)
    return (
        has if format_.handles is None else has | _called(format_.handles(fields), platforms, known)
    )


def strangers(channels: pl.Series, fields: Fields, format_: Format) -> Iterator[pl.Series]:
    """Faults of the rows whose accounts the register does not have, where those may not enter."""
    if format_.only_known:
        unknown = ~registered(channels, fields, format_)
        if unknown.any():
            yield row_fault(unknown, NOBODYS)


def _called(handles: pl.Series, platforms: pl.Series, known: KnownChannels) -> pl.Series:
    told = pl.DataFrame({"platform": platforms, "handle": handles})
    plain = {
        (platform, handle): f"@{plain_handle(handle, platform=platform)}"
        for platform, handle in told.drop_nulls().unique().rows()
    }
    names = pl.Series([plain.get(pair) for pair in told.rows()], dtype=pl.String)
    return _among(names, platforms, known)


def _among(names: pl.Series, platforms: pl.Series, known: KnownChannels) -> pl.Series:
    told = pl.DataFrame({"platform": platforms, "name": names})
    pairs = [pair for pair in told.drop_nulls().unique().rows() if known.has(*pair)]
    schema = {"platform": pl.String, "name": pl.String}
    had = pl.DataFrame(pairs, schema=schema, orient="row").with_columns(has=pl.lit(True))  # noqa: FBT003
    joined = told.join(had, on=["platform", "name"], how="left", maintain_order="left")
    return joined["has"].fill_null(value=False)
