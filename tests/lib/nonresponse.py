"""A country whose truth is known, and that answers as Finland's municipalities did in 2015.

317 units in the country's spread of sizes; 48.6 per cent answer, by a logistic model in log
population and activity, so that the large towns answer about twice as often as the small ones.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from scipy.optimize import brentq

CLASSES = ("0-2k", "2-5k", "5-10k", "10-20k", "20-50k", "50k+")
UNITS = (40, 85, 75, 62, 34, 21)  # 317
FROM = (700, 2_000, 5_000, 10_000, 20_000, 50_000)
TO = (2_000, 5_000, 10_000, 20_000, 50_000, 300_000)
RATE = 0.486
BY_SIZE, BY_ACTIVITY = 0.45, 0.35  # logit of answering, a standard deviation of each
# Shares from a few to nearly all; three kinds each: by chance alone, by size, by activity.
SHARES = (0.15, 0.24, 0.4, 0.5, 0.65, 0.89)
LEANS = ((0.0, 0.0), (0.7, 0.5), (0.3, 1.0))


@dataclass(frozen=True, eq=False)
class Country:
    frame: pl.DataFrame
    observed: pl.DataFrame  # posts_per_week of every unit
    likelihood: np.ndarray  # that each answers
    says: np.ndarray  # what each would answer: a column for each item, 0 or 1
    size_class: np.ndarray  # 0 to 5


@cache
def country(seed):
    draw = np.random.default_rng(seed)
    size_class = np.repeat(np.arange(len(UNITS)), UNITS)
    low, high = np.array(FROM)[size_class], np.array(TO)[size_class]
    population = np.exp(np.log(low) + draw.random(len(low)) * np.log(high / low)).astype(int)
    size = _standard(np.log(population))
    activity = _standard(0.6 * size + 0.8 * draw.normal(size=len(size)))
    line = BY_SIZE * size + BY_ACTIVITY * activity
    constant = brentq(lambda a: _expit(a + line).mean() - RATE, -5, 5)
    logits = [
        np.log(p / (1 - p)) + by_size * size + by_activity * activity
        for p in SHARES
        for by_size, by_activity in LEANS
    ]
    chances = _expit(np.stack(logits, axis=1))
    frame = pl.DataFrame(
        {
            "wave": "2015",
            "country": "XX",
            "unit": [f"{n:04}" for n in range(len(size))],
            "kind": "municipality",
            "name": [f"Town {n}" for n in range(len(size))],
            "county": [f"County {n:02}" for n in draw.integers(0, 18, len(size))],
            "population": population,
            "size_class": [CLASSES[n] for n in size_class],
        }
    )
    observed = frame.select("country", "unit").with_columns(
        measure=pl.lit("posts_per_week"),
        value=pl.Series(np.exp(activity)),
        access=pl.lit("open_network"),
        missing=pl.lit(None, dtype=pl.String),
    )
    says = (draw.random(chances.shape) < chances).astype(float)
    return Country(frame, observed, _expit(constant + line), says, size_class)


def draw(units, generator):
    """Who answers this time."""
    return generator.random(len(units.likelihood)) < units.likelihood


def _standard(values):
    return (values - values.mean()) / values.std()


def _expit(line):
    return 1 / (1 + np.exp(-line))
