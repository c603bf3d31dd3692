"""The true long-run level of each measure, for holding an estimate against.

A truth is the ratio of two expectations over the window, given its calendar (growth, crisis,
mergers, opening hours) and not what chance made of it: what the ratio of sums would come to if the
same months were lived through again and again.
"""

import numpy as np
import polars as pl

from torg.simulate.life import Life
from torg.simulate.sums import expected_sums, ratios, with_merged
from torg.simulate.world import COUNTRY, World

TRUTH = pl.Schema(
    {
        "country": pl.String(),
        "municipality": pl.String(),
        "measure": pl.String(),
        "value": pl.Float64(),  # null without a page, or without a post
    }
)


def truth_frame(world: World, life: Life) -> pl.DataFrame:
    """The true levels of the municipalities that are there at the end, sorted."""
    levels = ratios(life.places, expected_sums(world, life))
    known = with_merged(life.places, life.has_page)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = {
            measure: np.where(known, numerator.sum(axis=1) / denominator.sum(axis=1), np.nan)
            for measure, (numerator, denominator) in sorted(levels.items())
        }
    wide = pl.DataFrame({"municipality": life.places.codes[: life.places.staying]} | columns)
    long = wide.unpivot(index="municipality", variable_name="measure", value_name="value")
    rows = long.with_columns(pl.col("value").fill_nan(None), country=pl.lit(COUNTRY))
    return rows.select(*TRUTH).cast(TRUTH).sort("municipality", "measure")
