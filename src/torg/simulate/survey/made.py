"""A whole study made up: register, answers of every wave, posts where the original had them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import polars as pl

from torg.register import Register, write_register
from torg.simulate.country import Country, simulate
from torg.simulate.export import write_country
from torg.simulate.survey.answering import draw_answers
from torg.simulate.survey.channels import draw_channels
from torg.simulate.survey.land import draw_register
from torg.simulate.survey.observed import draw_observed
from torg.simulate.survey.recipe import Months, Recipe
from torg.simulate.survey.responding import draw_units
from torg.simulate.survey.truth import states, truth_frame
from torg.simulate.world import World
from torg.survey.questionnaire import READY, Questionnaire, read_questionnaire

_ACTIVITY = "posts_per_week"


@dataclass(frozen=True)
class SimulatedStudy:
    """An invented country that was asked; what it answered, and what is really so.

    `answers` has a frame of ANSWERS for each wave. `truth` has wave, unit, item, code and number
    for every unit that a wave asks, whether it answers or not: nothing but tests may see it.
    `observed` are OBSERVED rows, by hand, of every unit that a wave asks; none where `country` has
    the posts, as in a study that followed its municipalities.
    """

    recipe: Recipe
    seed: int
    questionnaire: Questionnaire
    register: Register
    answers: Mapping[str, pl.DataFrame]
    truth: pl.DataFrame
    observed: pl.DataFrame
    country: Country | None = None
    invented: bool = True


def simulate_study(
    recipe: Recipe, *, seed: int, questionnaire: Questionnaire | None = None
) -> SimulatedStudy:
    """The study of `recipe` and `seed`: the same one each time, for the same version of NumPy.

    `questionnaire` is the study's own; without it the ready one that the recipe is made for.
    Raises KeyError where the recipe does not tell how many answer one of its waves.
    """
    asked = questionnaire or read_questionnaire(READY[recipe.ready])
    country = _country(recipe.months, seed=seed) if recipe.months else None
    register = country.register if country else _register(recipe, seed=seed)
    seen = _seen(country) if country else None
    units, answered = draw_units(recipe, asked, register, seed=seed, observed=seen)
    found = states(recipe, asked, units, seed=seed)
    answers = {
        wave.id: draw_answers(
            recipe, asked, units, found[wave.id],
            wave=wave, answered=answered[wave.id], seed=seed,
        )
        for wave in asked.waves
    }  # fmt: skip
    observed = draw_observed(recipe, asked, units, found, seed=seed)
    channels = draw_channels(recipe, asked, register, units, found, seed=seed)
    return SimulatedStudy(
        recipe=recipe,
        seed=seed,
        questionnaire=asked,
        register=replace(register, channels=(*register.channels, *channels)),
        answers=MappingProxyType(answers),
        truth=truth_frame(units, found, asked),
        observed=observed,
        country=country,
    )


def _register(recipe: Recipe, *, seed: int) -> Register:
    if not recipe.land:
        raise ValueError(f"recipe {recipe.name} has no [land]")
    return draw_register(np.random.Generator(np.random.PCG64(seed)), recipe.land)


def _country(months: Months, *, seed: int) -> Country:
    world = World(start=months.start, **months.world)
    return simulate(seed, municipalities=months.municipalities, weeks=months.weeks, world=world)


def _seen(country: Country) -> Mapping[str, float]:
    """How much each municipality posts in the long run; those without a page nothing."""
    rows = country.truth.filter(pl.col("measure") == _ACTIVITY).drop_nulls("value")
    return dict(zip(rows["municipality"], rows["value"], strict=True))


def write_study(made: SimulatedStudy, folder: Path) -> None:
    """Write `register/` with the plain files, and `exports/` where the study has posts.

    Where it has none, `observed.csv` is what observers found: OBSERVED as a plain table. The same
    study gives the same bytes.
    """
    if made.country:
        write_country(replace(made.country, register=made.register), folder)
    else:
        write_register(folder / "register", made.register)
        made.observed.write_csv(folder / "observed.csv")


def answers_of(made: SimulatedStudy, *, wave: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The answers of the units of a frame (country, unit) only.

    For a wave that asks some units, chosen by what came before: all could have answered.
    """
    return made.answers[wave].join(frame, on=["country", "unit"], how="semi", maintain_order="left")
