"""The quick way to many countries: weekly sums instead of posts and comments one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from torg.simulate.clock import Floats
from torg.simulate.life import Life, draw_life
from torg.simulate.sums import drawn_sums, ratios, with_merged
from torg.simulate.truth import truth_frame
from torg.simulate.world import ACCESS, COUNTRY, World

WEEKLY = pl.Schema(
    {
        "country": pl.String(),
        "municipality": pl.String(),
        "access": pl.String(),
        "measure": pl.String(),
        "week": pl.Int64(),  # counted from 0
        "numerator": pl.Float64(),
        "denominator": pl.Float64(),
    }
)


@dataclass(frozen=True)
class Weekly:
    """Weekly sums of each additive measure, and its true level.

    `weekly` has the columns of WEEKLY; a measure's value over some weeks is the sum of its
    numerators over the sum of its denominators. `truth` has the columns of TRUTH. `municipalities`
    has country, municipality, county and population of all that are there at the end, with a page
    or without.
    """

    weekly: pl.DataFrame
    truth: pl.DataFrame
    municipalities: pl.DataFrame


def simulate_weekly(
    seed: int, *, municipalities: int = 357, weeks: int = 17, world: World | None = None
) -> Weekly:
    """Weekly sums and true levels of the country that `simulate` draws from the same seed.

    Posts and their counts are those of that country; how its questions were answered is drawn anew,
    from the same probabilities, week by week. Municipalities without a page have no weekly rows.
    """
    world = world or World()
    rng = np.random.Generator(np.random.PCG64(seed))
    life = draw_life(rng, world, municipalities=municipalities, weeks=weeks)
    return Weekly(
        weekly=_frame(life, ratios(life.places, drawn_sums(rng, world, life))),
        truth=truth_frame(world, life),
        municipalities=municipality_frame(life),
    )


def _frame(life: Life, ratios: Mapping[str, tuple[Floats, Floats]]) -> pl.DataFrame:
    shown = np.flatnonzero(with_merged(life.places, life.has_page))
    weeks = life.weeks.posts.shape[1]
    parts = [
        pl.DataFrame(
            {
                "municipality": np.repeat(np.array(life.places.codes)[shown], weeks),
                "week": np.tile(np.arange(weeks), len(shown)),
                "numerator": numerator[shown].ravel(),
                "denominator": denominator[shown].ravel(),
            }
        ).with_columns(measure=pl.lit(measure))
        for measure, (numerator, denominator) in ratios.items()
    ]
    placed = pl.concat(parts).with_columns(country=pl.lit(COUNTRY), access=pl.lit(ACCESS))
    return placed.select(*WEEKLY).cast(WEEKLY).sort("municipality", "measure", "week")


def municipality_frame(life: Life) -> pl.DataFrame:
    """The municipalities that are there at the end, sorted by code."""
    places, staying = life.places, life.places.staying
    return pl.DataFrame(
        {
            "country": [COUNTRY] * staying,
            "municipality": places.codes[:staying],
            "county": [places.counties[c] for c in places.county[:staying]],
            "population": places.population_after,
        }
    ).sort("municipality")
