"""Who is asked and who answers: the original study's pattern of response, wave by wave."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import polars as pl
from numpy.typing import NDArray

from torg.register import Register
from torg.simulate.clock import Floats
from torg.simulate.survey.recipe import EVERY_UNIT, Recipe
from torg.simulate.survey.truth import Units, generator, likelihood, logistic_noise
from torg.survey import frame_of
from torg.survey.questionnaire import Questionnaire

Answered = Mapping[str, NDArray[np.bool_]]  # wave -> whether the unit answers
_SIZE_IN_ACTIVITY = 0.35  # correlation of activity with the logarithm of inhabitants
_COUNTY = "county"


def draw_units(
    recipe: Recipe,
    questionnaire: Questionnaire,
    register: Register,
    *,
    seed: int,
    observed: Mapping[str, float] | None = None,
) -> tuple[Units, Answered]:
    """The units of all waves, and who of them answers which.

    `observed`: how active a unit was seen to be, where the study has posts; else it is drawn.
    """
    frames = {w.id: frame_of(register, w, units=recipe.units) for w in questionnaire.waves}
    every = pl.concat(frames.values()).unique("unit", keep="last", maintain_order=True).sort("unit")
    asked = {
        wave: np.isin(every["unit"].to_numpy(), frame["unit"].to_numpy())
        for wave, frame in frames.items()
    }
    units = Units(
        ids=tuple(every["unit"]),
        kinds=tuple(every["kind"]),
        population=every["population"].to_numpy().astype(np.float64),
        activity=np.zeros(every.height),
        asked=MappingProxyType(asked),
        likely=MappingProxyType({}),
    )
    active = replace(units, activity=_activity(units, seed=seed, observed=observed))
    return _responding(recipe, questionnaire, active, seed=seed)


def _activity(units: Units, *, seed: int, observed: Mapping[str, float] | None) -> Floats:
    drawn = generator(seed, "activity").standard_normal(len(units.ids))
    if observed is None:
        rest = np.sqrt(1 - _SIZE_IN_ACTIVITY**2)
        own: Floats = _SIZE_IN_ACTIVITY * units.size + rest * drawn
        return own
    logs = np.log1p([observed.get(unit, 0.0) for unit in units.ids])
    seen: Floats = (logs - logs.mean()) / (logs.std() or 1)
    return seen


def _responding(
    recipe: Recipe, questionnaire: Questionnaire, units: Units, *, seed: int
) -> tuple[Units, Answered]:
    score = recipe.response.population * np.log(units.population / np.median(units.population))
    score = score + recipe.response.activity * units.activity
    habit = generator(seed, "habit").standard_normal(len(units.ids))
    asked, likely = dict(units.asked), {}
    answered: dict[str, NDArray[np.bool_]] = {}
    for wave in (wave.id for wave in questionnaire.waves):
        if wave in recipe.response.within:
            asked[wave] = asked[wave] & answered[recipe.response.within[wave]]
        today = generator(seed, "today", wave).standard_normal(len(units.ids))
        noise = logistic_noise(habit, today, share=recipe.response.habit)
        likely[wave], answered[wave] = _drawn(recipe, units, asked[wave], wave, score, noise)
    filled = replace(units, asked=MappingProxyType(asked), likely=MappingProxyType(likely))
    return filled, MappingProxyType(answered)


def _drawn(
    recipe: Recipe,
    units: Units,
    asked: NDArray[np.bool_],
    wave: str,
    score: Floats,
    noise: Floats,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Each unit's probability of answering, and as many as the original had that do.

    Those with the highest score and luck answer, so that the number is the original's to the unit.
    """
    likely, answers = np.zeros(len(score)), np.zeros(len(score), dtype=np.bool_)
    for among, count in _groups(recipe, units, asked, wave):
        likely[among] = likelihood(score[among], count=count) if count < among.sum() else 1.0
        best = np.flatnonzero(among)[np.argsort(-(score + noise)[among], kind="stable")[:count]]
        answers[best] = True
    return likely, answers


def _groups(
    recipe: Recipe, units: Units, asked: NDArray[np.bool_], wave: str
) -> list[tuple[NDArray[np.bool_], int]]:
    """Which units answer as one group, and how many of them do."""
    wanted = recipe.response.answers[wave]
    if wanted == EVERY_UNIT:
        return [(asked, int(asked.sum()))]
    if isinstance(wanted, int):
        return [(asked, wanted)]
    is_county = np.array([kind == _COUNTY for kind in units.kinds])
    return [
        (asked & (is_county == (kind == _COUNTY)), count) for kind, count in sorted(wanted.items())
    ]
