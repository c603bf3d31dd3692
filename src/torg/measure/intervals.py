"""How far a figure might have been otherwise, had other weeks fallen into the window."""

import numpy as np
import numpy.typing as npt
import polars as pl

from torg.measure.resampling import resample

LEAST_WEEKS = 2  # one week drawn again and again is always itself
LEAST_DEFINED = 0.95  # share of draws that have something to divide by
RESAMPLED = ("country", "municipality", "access", "measure")
_KEYS = ("country", "municipality", "measure")


def intervals(weekly: pl.DataFrame, *, draws: int, seed: int, confidence: float) -> pl.DataFrame:
    """The percentile interval of each ratio: country, municipality, measure, low, high.

    `weekly` is `Observed.weekly`. There is none where fewer than two weeks have anything to divide
    by, or where more than one draw in twenty has nothing; fewer such draws are left out.
    """
    drawn = resample(weekly, draws=draws, seed=seed)
    defined = drawn.denominators > 0
    kept = (defined.mean(axis=1) >= LEAST_DEFINED) & _varied(weekly, drawn.keys)
    ratios = np.full(defined.shape, np.nan)
    np.divide(drawn.numerators, drawn.denominators, out=ratios, where=defined)
    tail = (1 - confidence) / 2
    bounds = np.empty((2, 0))
    if kept.any():
        bounds = np.nanquantile(ratios[kept], [tail, 1 - tail], axis=1)
    found = drawn.keys.select(_KEYS).filter(pl.Series(kept))
    return found.with_columns(low=pl.Series(bounds[0]), high=pl.Series(bounds[1])).sort(_KEYS)


def _varied(weekly: pl.DataFrame, keys: pl.DataFrame) -> npt.NDArray[np.bool_]:
    """For each key, whether two or more weeks have something to divide by."""
    weeks = (
        weekly.filter(pl.col("denominator") > 0)
        .group_by(RESAMPLED)
        .agg(weeks=pl.col("week").n_unique())
    )
    joined = keys.join(weeks, on=RESAMPLED, how="left", maintain_order="left", nulls_equal=True)
    return joined["weeks"].fill_null(0).to_numpy() >= LEAST_WEEKS
