"""What a figure is held against: the quartiles of those of the same size and of the same county.

Figures are compared only within an access tier: what an owner's own export counts and what anybody
sees on the page are not the same thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from torg.report.results import Results

LEAST_PEERS = 5  # below this, quartiles say more about one neighbour than about a group

Key = tuple[str, str, str | None, str | None]  # kind of group, measure, group, access tier


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Quartiles over `n` municipalities; null where there are fewer than LEAST_PEERS."""

    n: int
    first: float | None
    median: float | None
    third: float | None
    at_age: float | None = None  # share of all their posts whose counts were read at seven days

    @property
    def is_small(self) -> bool:
        """Too few for quartiles."""
        return self.median is None


@dataclass(frozen=True)
class Peers:
    """Quartiles of every measure, for all, for each size class and for each county."""

    results: Results

    def among(
        self, kind: str, *, measure: str, group: str | None, access: str | None
    ) -> Spread | None:
        """The spread of a measure in a group ('all', 'size', 'county'); None if nobody has it."""
        return self._spreads.get((kind, measure, group, access))

    @cached_property
    def _spreads(self) -> Mapping[Key, Spread]:
        figures = whole(self.results).filter(pl.col("value").is_not_null())
        figures = figures.join(
            self.results.municipalities.select("country", "municipality", "county", "size_class"),
            on=("country", "municipality"),
            how="left",
        )
        grouped = (
            ("all", figures.with_columns(pl.lit(None, dtype=pl.String()).alias("within"))),
            ("size", figures.with_columns(pl.col("size_class").alias("within"))),
            ("county", figures.with_columns(pl.col("county").alias("within"))),
        )
        return {key: spread for kind, frame in grouped for key, spread in _quartiles(kind, frame)}


def whole(results: Results) -> pl.DataFrame:
    """The rows that hold for a municipality as a whole, one per municipality and measure."""
    return results.measures.filter(pl.col("channel").is_null() & pl.col("platform").is_null())


def _quartiles(kind: str, figures: pl.DataFrame) -> list[tuple[Key, Spread]]:
    value = pl.col("value")
    spreads = figures.group_by("measure", "within", "access").agg(
        value.count().cast(pl.Int64()).alias("n"),
        value.quantile(0.25, "linear").alias("first"),
        value.median().alias("median"),
        value.quantile(0.75, "linear").alias("third"),
        _AT_AGE_SHARE.alias("at_age"),
    )
    return [
        ((kind, row["measure"], row["within"], row["access"]), _spread(row))
        for row in spreads.iter_rows(named=True)
    ]


# Of figures that age plays a part in, n counts posts: who has many weighs as many as that. Whole
# posts, so that the sum is the same in any order.
_POSTS = pl.when(pl.col("at_age_share").is_not_null()).then("n").sum()
_AT_AGE = (pl.col("at_age_share") * pl.col("n")).round().cast(pl.Int64()).sum()
_AT_AGE_SHARE = pl.when(_POSTS > 0).then(_AT_AGE / _POSTS)


def _spread(row: Mapping[str, Any]) -> Spread:
    if row["n"] < LEAST_PEERS:
        return Spread(n=row["n"], first=None, median=None, third=None, at_age=row["at_age"])
    return Spread(**{name: row[name] for name in ("n", "first", "median", "third", "at_age")})
