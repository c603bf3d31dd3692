"""Lists beside the figures: what they tell of the withheld goes as well."""

import polars as pl

_ROWS = ("rows_read", "rows_accepted", "rows_rejected")


def shown_sources(sources: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """The sources; of those that something is withheld of, without how many rows they had."""
    hidden = ledger.filter(pl.col("rule").is_not_null())["source_id"].unique()
    is_hidden = pl.col("source_id").is_in(hidden.implode())
    return sources.with_columns(pl.when(~is_hidden).then(name).alias(name) for name in _ROWS)


def shown_unclaimed(unclaimed: pl.DataFrame, ledger: pl.DataFrame) -> pl.DataFrame:
    """The unclaimed channels without those that something is withheld of."""
    hidden = ledger.filter(pl.col("rule").is_not_null()).select("platform", "channel")
    return unclaimed.join(hidden, on=["platform", "channel"], how="anti")
