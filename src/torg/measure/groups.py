"""Which channels are measured together: each distinct set of them once, whatever it is called.

Where a municipality has one channel, its own figures, its platform's and the channel's are the same
figures. They are computed once, for the group, and given to each name that the group has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from torg.measure.views import LEVELS, MUNICIPALITY, Keys


@dataclass(frozen=True, kw_only=True)
class Groups:
    """`named`: country, municipality, platform, channel (null above their level), group_no.

    `members`: group_no (int32), channel_no, own (whether a municipality as a whole has the group).
    """

    named: pl.DataFrame
    members: pl.DataFrame


def groups(channels: pl.DataFrame) -> Groups:
    """The groups of channels (channel_no, country, municipality, platform, channel)."""
    sets = pl.concat(_sets(channels, keys) for keys in LEVELS)
    numbered = sets.with_columns(group_no=pl.col("members").rank("dense").cast(pl.Int32))
    members = (
        numbered.group_by("group_no")
        .agg(pl.col("channels").first(), pl.col("own").any())
        .explode("channels")
    )
    return Groups(
        named=numbered.select(*LEVELS[-1], "group_no"),
        members=members.select("group_no", "own", channel_no="channels").sort(
            "group_no", "channel_no"
        ),
    )


def _sets(channels: pl.DataFrame, keys: Keys) -> pl.DataFrame:
    """Each of `keys` with its channels, as a list and as a text that sorts."""
    found = channels.group_by(keys).agg(channels=pl.col("channel_no").sort())
    return found.select(
        *_names(keys),
        "channels",
        members=pl.col("channels").cast(pl.List(pl.String)).list.join(" "),
        own=pl.lit(keys == MUNICIPALITY),
    )


def _names(keys: Keys) -> Iterator[pl.Expr]:
    for name in LEVELS[-1]:
        yield pl.col(name) if name in keys else pl.lit(None, dtype=pl.String).alias(name)
