"""How often intervals hold the truth: over countries in which it is known."""

import polars as pl

from torg.measure.intervals import intervals
from torg.simulate import simulate_weekly

LEAST_QUESTIONS = 5  # with fewer the figure itself is missing
ON = ["country", "municipality", "measure"]


def held(seeds, *, confidence=0.95, **settings):
    """A row per country, municipality and measure: value, low, high, truth, events, held."""
    return pl.concat(_of_country(simulate_weekly(seed, **settings), confidence) for seed in seeds)


def _of_country(country, confidence):
    sums = country.weekly.group_by(ON).agg(pl.col("numerator", "denominator").sum())
    asked = ~pl.col("measure").str.starts_with("question") | (
        pl.col("denominator") >= LEAST_QUESTIONS
    )
    shown = sums.filter(asked).select(ON)
    found = intervals(country.weekly.join(shown, on=ON, how="semi"), confidence=confidence)
    truth = country.truth.rename({"value": "truth"}).drop_nulls("truth")
    joined = found.join(truth, on=ON).join(sums, on=ON)
    return joined.select(
        *ON,
        "low",
        "high",
        "truth",
        value=pl.col("numerator") / pl.col("denominator"),
        events="numerator",
        held=pl.col("truth").is_between("low", "high"),
    )
