"""The quick way to many countries: weekly sums instead of posts and comments one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from torg.simulate.clock import Floats
from torg.simulate.life import Life, draw_life
from torg.simulate.truth import DAYS_A_MONTH, TRUTH, true_levels
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
        weekly=_frame(life, _ratios(life, _sums(rng, world, life))),
        truth=truth_frame(world, life),
        municipalities=municipality_frame(life),
    )


def _sums(rng: np.random.Generator, world: World, life: Life) -> Mapping[str, Floats]:
    """What each page and week came to, as tables of pages by weeks."""
    posts, levels = life.posts, life.levels
    questions = rng.binomial(posts.comments, levels.questions[posts.page])
    ever = life.weeks.answered[posts.page, posts.week]
    within = levels.within_day[posts.page]
    answers = rng.binomial(questions, ever)
    others = rng.binomial(posts.comments - questions, ever * world.other_answers)
    thanks = rng.binomial(answers + others, world.thanks_share)
    counts = {
        "posts": np.ones(len(posts.page), dtype=np.int64),
        "reach": posts.followers / 1000,
        "interactions": posts.reactions + posts.shares + posts.comments + answers + others + thanks,
        "comments": posts.comments,
        "questions": questions,
        "question_answers": answers,
        "answers": answers + others,
        "question_answers_24h": (soon := rng.binomial(answers, within)),
        "answers_24h": soon + rng.binomial(others, within),
    }
    return {name: _by_week(life, values) for name, values in counts.items()}


def _by_week(life: Life, values: NDArray[Any]) -> Floats:
    shape = life.weeks.posts.shape
    cell = life.posts.page * shape[1] + life.posts.week
    sums = np.bincount(cell, weights=values, minlength=shape[0] * shape[1])
    return sums.astype(np.float64).reshape(shape)


def _ratios(life: Life, sums: Mapping[str, Floats]) -> Mapping[str, tuple[Floats, Floats]]:
    """Measure to numerator and denominator."""
    one = np.ones_like(sums["posts"])
    population = np.append(
        life.places.population_after, life.places.population[life.places.staying :]
    )
    inhabitants = one * (population / 1000 * 7 / DAYS_A_MONTH)[:, None]
    return {
        "posts_per_week": (sums["posts"], one),
        "e": (sums["interactions"], sums["reach"]),
        "engagement_per_1000": (sums["interactions"], inhabitants),
        "question_answered": (sums["question_answers"], sums["questions"]),
        "question_answered_24h": (sums["question_answers_24h"], sums["questions"]),
        "answered": (sums["answers"], sums["comments"]),
        "answered_24h": (sums["answers_24h"], sums["comments"]),
    }


def _frame(life: Life, ratios: Mapping[str, tuple[Floats, Floats]]) -> pl.DataFrame:
    shown = np.flatnonzero(life.has_page[: life.places.staying])
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


def truth_frame(world: World, life: Life) -> pl.DataFrame:
    """The true levels of the municipalities that are there at the end, as rows."""
    staying = life.places.staying
    population = np.append(life.places.population_after, life.places.population[staying:])
    levels = true_levels(world, levels=life.levels, weeks=life.weeks, population=population)
    wide = pl.DataFrame(
        {"municipality": life.places.codes[:staying]}
        | {
            name: np.where(life.has_page, values, np.nan)[:staying]
            for name, values in sorted(levels.items())
        }
    )
    long = wide.unpivot(index="municipality", variable_name="measure", value_name="value")
    rows = long.with_columns(pl.col("value").fill_nan(None), country=pl.lit(COUNTRY))
    return rows.select(*TRUTH).cast(TRUTH).sort("municipality", "measure")


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
