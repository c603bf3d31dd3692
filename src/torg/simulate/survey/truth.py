"""What is really so in every unit, for every wave and item: answered or not, asked or not.

A unit has one latent value for each item. It hangs on the unit's size, on how active it is, and on
what is its own, nearly all of which stays from wave to wave. Codes are given from the top down, to
as many units as make the share that the recipe wants *among those that are likely to answer*: the
original studies' figures are shares of those that answered.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from torg.simulate.clock import Floats, Ints
from torg.simulate.survey.recipe import EVERY_WAVE, Recipe, Shares
from torg.survey.questionnaire import DONT_KNOW, Item, Question, Questionnaire, items_of

Flags = NDArray[np.bool_]
NOT_ASKED = -1  # in place of a code: the unit, or its wave, does not have the item
_STAYS = 0.93  # share of what is a unit's own that stays from wave to wave
_LIKELY = {  # shares of the codes where the recipe tells nothing
    "planned": {"yes": 0.4, "planned": 0.2, "no": 0.4},
}
_YES = 0.3  # of what is ticked or answered with yes, where the recipe tells nothing


@dataclass(frozen=True)
class Units:
    """All units that any wave asks, in the order of their ids."""

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    population: Floats
    activity: Floats  # standard normal
    asked: Mapping[str, Flags]  # wave -> whether the unit is in its frame
    likely: Mapping[str, Floats]  # wave -> probability that it answers

    @property
    def size(self) -> Floats:
        """The logarithm of inhabitants, with mean 0 and standard deviation 1."""
        logs = np.log(self.population)
        spread: Floats = (logs - logs.mean()) / (logs.std() or 1)
        return spread


Codes = Mapping[str, NDArray[np.int64]]  # item -> index of the code of each unit
Numbers = Mapping[str, Floats]  # item -> number of each unit; nan where not asked


@dataclass(frozen=True)
class State:
    """What is so at one wave."""

    codes: Codes
    numbers: Numbers
    shown: Mapping[str, Flags]  # question -> whether the unit is to answer it


def states(
    recipe: Recipe, questionnaire: Questionnaire, units: Units, *, seed: int
) -> Mapping[str, State]:
    """The truth of every wave."""
    return {
        wave.id: _Wave(recipe, questionnaire, units, seed=seed, wave=wave.id).state()
        for wave in questionnaire.waves
    }


class _Wave:
    """One wave's truth, question by question: conditions look back at earlier ones."""

    def __init__(
        self, recipe: Recipe, questionnaire: Questionnaire, units: Units, *, seed: int, wave: str
    ) -> None:
        self.recipe, self.questionnaire, self.units = recipe, questionnaire, units
        self.seed, self.wave = seed, wave
        self.codes: dict[str, NDArray[np.int64]] = {}
        self.numbers: dict[str, Floats] = {}
        self.shown: dict[str, Flags] = {}

    def state(self) -> State:
        for question in self.questionnaire.asked_in(self.wave):
            shown = self.shown[question.id] = self._shown(question)
            for item in items_of(question):
                if item.is_number:
                    self.numbers[item.id] = self._number(item, shown)
                elif item.codes:
                    self.codes[item.id] = self._coded(item, shown)
        return State(self.codes, self.numbers, self.shown)

    def _shown(self, question: Question) -> Flags:
        kinds = {*question.units, "both"}
        is_one = np.array([kind in kinds for kind in self.units.kinds], dtype=np.bool_)
        asked: Flags = self.units.asked[self.wave] & is_one
        if not question.shown_if:
            return asked
        needed = question.shown_if
        codes = self.questionnaire.items[needed.item].codes
        wanted = [codes.index(code) for code in needed.codes]
        given = self.codes.get(needed.item, np.full(len(self.units.ids), NOT_ASKED))
        shown: Flags = asked & np.isin(given, wanted)
        return shown

    def _latent(self, item: Item) -> Floats:
        pull = self.recipe.pull(item.question.id)
        count = len(self.units.ids)
        own = generator(self.seed, item.id).standard_normal(count)
        new = generator(self.seed, item.id, self.wave).standard_normal(count)
        rest = np.sqrt(max(0.0, 1 - pull.size**2 - pull.activity**2))
        mixed = np.sqrt(_STAYS) * own + np.sqrt(1 - _STAYS) * new
        latent: Floats = pull.size * self.units.size + pull.activity * self.units.activity
        whole: Floats = latent + rest * mixed
        return whole

    def _coded(self, item: Item, shown: Flags) -> Ints:
        wanted = dict(wanted_shares(self.recipe, item, self.wave))
        unsure = wanted.pop(DONT_KNOW, 0.0)
        found = np.full(len(self.units.ids), NOT_ASKED)
        found[shown] = self._from_the_top(item, wanted, shown)
        if unsure:
            drawn = generator(self.seed, item.id, "unsure").random(len(found))
            found[shown & (drawn < unsure)] = item.codes.index(DONT_KNOW)
        return found

    def _from_the_top(self, item: Item, wanted: Shares, shown: Flags) -> Ints:
        """The code of each unit that is shown the item, the first code to the highest latents."""
        latent, weight = self._latent(item)[shown], self.units.likely[self.wave][shown]
        order = np.argsort(-latent, kind="stable")
        place = np.empty(len(order))
        place[order] = np.cumsum(weight[order]) - weight[order] / 2
        bounds = np.cumsum(list(wanted.values()))
        bounds = bounds / (bounds[-1] or 1) * weight.sum()
        codes = np.array([item.codes.index(code) for code in wanted])
        nth = np.searchsorted(bounds, place)
        return codes[np.minimum(nth, len(codes) - 1)]

    def _number(self, item: Item, shown: Flags) -> Floats:
        amount = self.recipe.amounts[item.question.id]
        logs = np.log(self.units.population / np.median(self.units.population))
        drawn = np.exp(amount.slope * logs + amount.spread * self._latent(item))
        low, high = item.question.low, item.question.high
        bounded = np.clip(
            np.round(amount.median * drawn),
            -np.inf if low is None else low,
            np.inf if high is None else high,
        )
        return np.where(shown, bounded, np.nan)


def wanted_shares(recipe: Recipe, item: Item, wave: str) -> Shares:
    """The shares of the codes that a recipe aims at; they sum to 1."""
    said = _said(recipe, item, wave)
    codes = [code for code in item.codes if code != DONT_KNOW]
    if isinstance(said, Mapping):
        return {code: said.get(code, 0.0) for code in item.codes if code in said}
    if said is not None:
        share = float(said) * _factor(recipe, item)
        return {codes[0]: share, codes[-1]: 1 - share}
    if item.question.kind in _LIKELY:
        return _LIKELY[item.question.kind]
    if codes == ["yes", "no"]:
        share = _YES * _factor(recipe, item)
        return {"yes": share, "no": 1 - share}
    return dict.fromkeys(codes, 1 / len(codes))


def _said(recipe: Recipe, item: Item, wave: str) -> float | Shares | None:
    """The most particular of what a recipe says: of the item before its question."""
    question, row, column = item.question.id, item.row, item.column
    names = [item.id]
    if row and column:
        names += [f"{question}.{row.id}", f"{question}.*.{column.id}"]
    tables = (recipe.shares.get(wave, {}), recipe.shares.get(EVERY_WAVE, {}))
    found = (of[name] for name in (*names, question) for of in tables if name in of)
    return next(found, None)


def _factor(recipe: Recipe, item: Item) -> float:
    factors = recipe.factors.get(item.question.id, {})
    return factors.get(item.column.id, 1.0) if item.column else 1.0


def generator(seed: int, *about: str) -> np.random.Generator:
    """A generator of its own for each matter: a question more changes no other's answers."""
    words = [zlib.crc32(word.encode()) for word in about]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))


def truth_frame(
    units: Units, found: Mapping[str, State], questionnaire: Questionnaire
) -> pl.DataFrame:
    """The truth as rows: wave, unit, item, code, number; a row where the item is to be answered."""
    parts = [
        part
        for wave, state in found.items()
        for part in (
            *_code_rows(units, wave, state, questionnaire),
            *_number_rows(units, wave, state),
        )
    ]
    return pl.concat(parts).sort("wave", "unit", "item")


def _code_rows(
    units: Units, wave: str, state: State, questionnaire: Questionnaire
) -> list[pl.DataFrame]:
    return [
        _rows(
            units,
            wave,
            item,
            there=codes != NOT_ASKED,
            code=np.array([*questionnaire.items[item].codes, ""])[codes],
        )
        for item, codes in state.codes.items()
    ]


def _number_rows(units: Units, wave: str, state: State) -> list[pl.DataFrame]:
    return [
        _rows(units, wave, item, there=~np.isnan(numbers), number=numbers)
        for item, numbers in state.numbers.items()
    ]


def _rows(
    units: Units,
    wave: str,
    item: str,
    *,
    there: Flags,
    code: NDArray[np.str_] | None = None,
    number: Floats | None = None,
) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "unit": units.ids,
            "code": code if code is not None else [None] * len(units.ids),
            "number": number if number is not None else [None] * len(units.ids),
        },
        schema_overrides={"code": pl.String, "number": pl.Float64},
    )
    named = frame.filter(pl.Series(there)).with_columns(wave=pl.lit(wave), item=pl.lit(item))
    return named.select("wave", "unit", "item", "code", "number")


def likelihood(score: Floats, *, count: int) -> Floats:
    """Probabilities of answering that sum to `count`, logistic in `score`: its intercept is found.

    Halving the interval sixty times is exact to the last digit that matters.
    """
    low, high = -60.0, 60.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _expit(score + middle).sum() < count else (low, middle)
    return _expit(score + low)


def _expit(x: Floats) -> Floats:
    expit: Floats = 1 / (1 + np.exp(-x))
    return expit


def logistic_noise(habit: Floats, today: Floats, *, share: float) -> Floats:
    """Standard logistic noise of which the normal `habit` makes up `share` on the normal scale."""
    mixed = np.sqrt(share) * habit + np.sqrt(1 - share) * today
    inside = np.clip(ndtr(mixed), 1e-12, 1 - 1e-12)
    noise: Floats = np.log(inside / (1 - inside))
    return noise
