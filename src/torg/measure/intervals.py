"""How far a figure might have been otherwise, had other weeks fallen into the window."""

import numpy as np
import polars as pl

from torg.measure.resampling import resample

LEAST_WEEKS = 2  # one week drawn again and again is always itself
_KEYS = ("country", "municipality", "measure")


def intervals(weekly: pl.DataFrame, *, draws: int, seed: int, confidence: float) -> pl.DataFrame:
    """The percentile interval of each ratio: country, municipality, measure, low, high.

    `weekly` is `Observed.weekly`. Null where fewer than two weeks have anything to divide by, or
    where some draw has nothing.
    """
    drawn = resample(weekly, draws=draws, seed=seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = drawn.numerators / drawn.denominators
    tail = (1 - confidence) / 2
    bounds = np.quantile(ratios, [tail, 1 - tail], axis=1) if len(ratios) else np.empty((2, 0))
    known = np.isfinite(bounds).all(axis=0)
    low, high = (pl.Series(np.where(known, bound, np.nan)).fill_nan(None) for bound in bounds)
    found = drawn.keys.select(_KEYS).with_columns(low=low, high=high)
    enough = (
        weekly.filter(pl.col("denominator") > 0)
        .group_by(_KEYS)
        .agg(weeks=pl.col("week").n_unique())
        .filter(pl.col("weeks") >= LEAST_WEEKS)
    )
    return found.join(enough, on=_KEYS, how="semi").sort(_KEYS)
