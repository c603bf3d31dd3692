"""An invented country whose municipalities answer by a model that is written down beforehand.

317 municipalities as large as Finland's; 48.6 per cent of them answer, and those of 20,000 and more
inhabitants twice as often as those under 5,000 (the answers of 2015 were 154 of 317, "large towns
answer more often than small ones in every edition"). Nothing here looks at how weights are made.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.optimize import brentq
from scipy.special import expit

from torg.survey import FRAME, OBSERVED

UNITS = 317
RATE = 0.486
TIMES = 2.0  # as often as small ones do large ones answer
LARGE, SMALL = 20_000, 5_000
MEDIAN, SPREAD = 6_000, 1.2  # of inhabitants: of the logarithm, the standard deviation
ALIKE = 0.5  # the correlation of log population and activity
ON_ACTIVITY = 0.6  # in the logit of answering, for each standard deviation of activity

# Stated items: the logit of yes is a constant, and so much for each standard deviation of log
# population and of activity. Channels, guidelines, the director, dialogue, training.
ITEMS = {
    "facebook": (2.0, 0.6, 0.9),
    "guidelines": (0.0, 0.5, 0.6),
    "director": (-1.2, 0.4, 1.0),
    "dialogue": (-0.4, 0.2, 0.8),
    "training": (-0.6, 0.6, 0.3),
}
BOUNDS = (2_000, 5_000, 10_000, 20_000, 50_000)
CLASSES = ("<2k", "2-5k", "5-10k", "10-20k", "20-50k", ">50k")


@dataclass(frozen=True)
class Country:
    """A frame with what was observed of it, what each unit would say, and how likely it answers."""

    frame: pl.DataFrame
    observed: pl.DataFrame
    says: dict
    likely: np.ndarray
    slope: float  # of log population in the logit of answering


def straight(population, activity):
    """The model that weighting is made for: logistic in log population and activity."""
    return population, activity


def bent(population, activity):
    """One that it does not fit: steps of activity, and activity that tells in large towns only."""
    return population, 2 * (activity > 1) - 2 * (activity < -1) + 0.8 * activity * population


def country(seed, *, model=straight):
    """A country of that seed whose municipalities answer by that model."""
    rng = np.random.Generator(np.random.PCG64(seed))
    drawn = np.exp(rng.normal(np.log(MEDIAN), SPREAD, UNITS))
    people = drawn.clip(700, 650_000).astype(int)
    size = _standard(np.log(people))
    activity = _standard(ALIKE * size + np.sqrt(1 - ALIKE**2) * rng.normal(size=UNITS))
    frame = _frame(people, rng.integers(0, 18, UNITS))
    slope, likely = _likely(people, *model(size, activity))
    says = {
        name: rng.random(UNITS) < expit(c + by_size * size + by_activity * activity)
        for name, (c, by_size, by_activity) in ITEMS.items()
    }
    return Country(frame, _observed(frame, np.exp(1.2 + 0.8 * activity)), says, likely, slope)


def _standard(values):
    return (values - values.mean()) / values.std()


def _likely(people, size, activity):
    """How likely each is to answer; the constant and slope give the rate and the ratio."""
    large, small = people >= LARGE, people < SMALL

    def at(slope):
        line = slope * size + ON_ACTIVITY * activity
        constant = brentq(lambda c: expit(c + line).mean() - RATE, -30, 30)
        return expit(constant + line)

    slope = brentq(lambda b: at(b)[large].mean() / at(b)[small].mean() - TIMES, -2, 4)
    return slope, at(slope)


def _frame(people, counties):
    classes = [CLASSES[np.searchsorted(BOUNDS, n, side="right")] for n in people]
    rows = {
        "wave": "2015",
        "country": "XX",
        "unit": [f"{n:03}" for n in range(UNITS)],
        "kind": "municipality",
        "name": [f"Town {n}" for n in range(UNITS)],
        "county": [f"County {n:02}" for n in counties],
        "population": people,
        "size_class": classes,
    }
    return pl.DataFrame(rows).cast(dict(FRAME))


def _observed(frame, posts):
    rows = frame.select(
        "country",
        "unit",
        measure=pl.lit("posts_per_week"),
        value=pl.Series(posts),
        access=pl.lit("public_page"),
        missing=pl.lit(None, dtype=pl.String),
    )
    return rows.cast(dict(OBSERVED))


def answers(country, rng):
    """Who answers in one draw."""
    return rng.random(UNITS) < country.likely
