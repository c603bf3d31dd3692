"""Sums over the withheld: what may be told of many owners without telling of any.

A sum is shown of at least five municipalities of which none makes up more than three quarters, and
in two figures, so that neither a large one nor the newcomer between two releases can be read off it
(the threshold and dominance rules of statistical offices: Hundepool et al., Statistical Disclosure
Control, 2012, chapter 4).
"""

import polars as pl

from torg.disclose.figures import MUNICIPALITY, WITHHELD

LEAST_OWNERS = 5
LARGEST_SHARE = 0.75
FIGURES = 2  # significant ones

SUMMED = ("posts", "comments_received", "owner_replies", "followers")
TOTALS = {
    "country": pl.String,
    "measure": pl.String,
    "access": pl.String,
    "owners": pl.Int64,  # municipalities in the sum
    "total": pl.Float64,  # rounded to two significant figures
}


def totals(everything: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Sums of the municipalities' own rows that `shown` withholds, with the columns of TOTALS.

    A sum that too few make up, or one of them nearly alone, is left out.
    """
    whole = pl.col("platform").is_null() & pl.col("measure").is_in(SUMMED)
    hidden = shown.filter(whole, pl.col("missing") == WITHHELD).select(*MUNICIPALITY, "measure")
    parts = everything.filter(whole, pl.col("value").is_not_null()).join(
        hidden, on=[*MUNICIPALITY, "measure"], how="semi"
    )
    sums = parts.group_by("country", "measure", "access").agg(
        owners=(pl.col("value") > 0).sum().cast(pl.Int64),
        total=pl.col("value").sum(),
        largest=pl.col("value").max(),
    )
    safe = (pl.col("owners") >= LEAST_OWNERS) & (
        pl.col("largest") <= LARGEST_SHARE * pl.col("total")
    )
    return (
        sums.filter(safe)
        .with_columns(pl.col("total").round_sig_figs(FIGURES))
        .select(pl.col(name).cast(kind) for name, kind in TOTALS.items())
        .sort("country", "measure", "access")
    )
