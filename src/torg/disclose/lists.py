"""Lists beside the figures: what they tell of the withheld goes as well."""

import polars as pl

_ROWS = ("rows_read", "rows_accepted", "rows_rejected")


def shown_sources(sources: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """The sources; of those that something is withheld of, without how many rows they had."""
    hidden = ledger.filter(pl.col("rule").is_not_null())["source_id"].unique()
    is_hidden = pl.col("source_id").is_in(hidden.implode())
    return sources.with_columns(pl.when(~is_hidden).then(name).alias(name) for name in _ROWS)


def shown_unclaimed(unclaimed: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """How much is unclaimed, without the channels' ids and names, and without what is withheld.

    Nobody knows yet whose they are: behind one there may be a person.
    """
    hidden = ledger.filter(pl.col("rule").is_not_null()).select("platform", "channel")
    others = unclaimed.join(hidden, on=["platform", "channel"], how="anti", maintain_order="left")
    nobody = pl.lit(None, dtype=pl.String)
    return others.with_columns(channel=nobody, channel_name=nobody)
