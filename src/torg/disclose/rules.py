"""What may be shown to everybody: one table of rules, each over what is known of a source.

Who may see what is decided for each channel in each source, because an export may hold the pages of
several owners, of whom some have agreed. A rule is an expression over these columns:

    access        access tier of the source
    may_publish   whether it may be shown without its owner's word
    agreed        whether the owner's agreement is in force today
    keep_until    the last day on which it may be kept; null: no such day
    today         the day on which it would be shown
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

Circle = Literal["nobody", "analysts"]  # who may still see what is withheld from everybody

TOTALS_ONLY_TIER = "aggregate"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When something is withheld from everybody, who may see it all the same, and why."""

    withholds: pl.Expr
    seen_by: Circle
    why: str


RULES: Mapping[str, Rule] = {
    "kept_too_long": Rule(
        withholds=(pl.col("keep_until") < pl.col("today")).fill_null(value=False),
        seen_by="nobody",
        why="The platform's terms let it be kept until a day that has passed.",
    ),
    "totals_only": Rule(
        withholds=pl.col("access") == TOTALS_ONLY_TIER,
        seen_by="analysts",
        why="The library that it is from gives out totals only, whoever has agreed to what.",
    ),
    "owners_own": Rule(
        withholds=~pl.col("may_publish") & ~pl.col("agreed"),
        seen_by="analysts",
        why="It is from the owner's own export or token, and the owner has not agreed.",
    ),
}


def judged(known: pl.DataFrame) -> pl.DataFrame:
    """The rows with `rule`: the first of RULES that withholds them, null where all may be shown."""
    first = pl.coalesce(pl.when(rule.withholds).then(pl.lit(name)) for name, rule in RULES.items())
    return known.with_columns(rule=first.cast(pl.String))
