"""What respondents write: the truth, with slips, blanks, second opinions and second thoughts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from torg.simulate.clock import Floats, Ints
from torg.simulate.survey.recipe import Care, Recipe
from torg.simulate.survey.truth import NOT_ASKED, State, Units, generator
from torg.simulate.world import COUNTRY
from torg.survey import ANSWERS
from torg.survey.questionnaire import DONT_KNOW, Item, Question, Questionnaire, Wave, items_of

Texts = NDArray[np.object_]  # what each respondent writes; None: nothing

_OPENS, _HOURS = 7, 8  # of the working day in which people answer, UTC
_LONGEST = 150  # days after its opening on which a wave is still answered, however long it is open
_SECONDS_A_QUESTION = 25
_SECOND_THOUGHT = 600  # seconds before the answer that holds, the one that does not was given
_ANSWERS_THE_REST = 0.7  # of the questions, that a second respondent goes through
_SAYS_SOMETHING = 0.3  # of the respondents, where a text is asked for


@dataclass(frozen=True)
class Respondents:
    """One entry a respondent; a unit may have two."""

    unit: Ints  # index into Units.ids
    names: tuple[str, ...]  # random words
    second: NDArray[np.bool_]
    began: pl.Series  # instants

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.unit)


def draw_answers(
    recipe: Recipe,
    questionnaire: Questionnaire,
    units: Units,
    state: State,
    *,
    wave: Wave,
    answered: NDArray[np.bool_],
    seed: int,
) -> pl.DataFrame:
    """The answers of one wave with the columns of ANSWERS, in the order of time."""
    people = _respondents(recipe.care, answered, wave=wave, seed=seed)
    said: dict[str, Texts] = {}
    parts = [
        part
        for place, question in enumerate(questionnaire.asked_in(wave.id))
        for part in _question(
            recipe, state, people, question, said, wave=wave.id, place=place, seed=seed
        )
    ]
    ids = np.array(units.ids, dtype=object)
    rows = pl.concat(parts)
    placed = rows.with_columns(
        wave=pl.lit(wave.id),
        country=pl.lit(COUNTRY),
        unit=pl.Series(ids[rows["unit"].to_numpy()], dtype=pl.String),
    )
    return placed.select(pl.col(n).cast(t) for n, t in ANSWERS.items()).sort(
        "at", "unit", "respondent", "item"
    )


def _respondents(care: Care, answered: NDArray[np.bool_], *, wave: Wave, seed: int) -> Respondents:
    rng = generator(seed, "respondents", wave.id)
    first = np.flatnonzero(answered)
    again = first[rng.random(len(first)) < care.several]
    unit = np.concatenate([first, again])
    words = rng.choice(2**32, size=len(unit), replace=False)
    return Respondents(
        unit=unit,
        names=tuple(f"{word:08x}" for word in words.tolist()),
        second=np.arange(len(unit)) >= len(first),
        began=_instants(rng, wave, count=len(unit)),
    )


def _instants(rng: np.random.Generator, wave: Wave, *, count: int) -> pl.Series:
    """When each began: early rather than late, and by day."""
    days = np.floor(rng.beta(0.9, 1.7, count) * min((wave.closes - wave.opens).days, _LONGEST))
    seconds = days * 86_400 + (_OPENS + _HOURS * rng.random(count)) * 3600
    start = dt.datetime.combine(wave.opens, dt.time(), tzinfo=dt.UTC)
    return pl.Series(np.round(seconds).astype(np.int64) * 1_000_000).cast(pl.Duration("us")) + start


def _question(
    recipe: Recipe,
    state: State,
    people: Respondents,
    question: Question,
    said: dict[str, Texts],
    *,
    wave: str,
    place: int,
    seed: int,
) -> Iterator[pl.DataFrame]:
    """The answers to all items of a question: whoever leaves it blank leaves all of it blank.

    `said` is what each respondent answered to earlier items, and takes in what they answer here.
    """
    rng = generator(seed, "care", wave, question.id)
    care = recipe.care
    blank = rng.random(people.count) < (0.0 if question.required else care.blank)
    weary = people.second & (rng.random(people.count) > _ANSWERS_THE_REST)
    gives = state.shown[question.id][people.unit] & _sees(question, said) & ~blank & ~weary
    at = people.began + dt.timedelta(seconds=_SECONDS_A_QUESTION * place)
    told = _tells(recipe, question)
    for item in items_of(question):
        given = _given(rng, recipe, state, people, item, told=told)
        said[item.id] = np.where(gives, given, np.array([None], dtype=object))
        yield _rows(people, item, given, gives=gives, at=at)
        if item.codes:
            yield _second_thoughts(rng, care, people, item, given, gives=gives, at=at)


def _sees(question: Question, said: dict[str, Texts]) -> NDArray[np.bool_] | bool:
    """Whether the form shows a respondent the question, after what they answered before."""
    needed = question.shown_if
    if not needed:
        return True
    return np.array([given in needed.codes for given in said[needed.item]], dtype=np.bool_)


def _tells(recipe: Recipe, question: Question) -> bool:
    """Whether the recipe itself says how many do not know, in any wave."""
    tables = [
        share
        for of in recipe.shares.values()
        for name, share in of.items()
        if name.split(".")[0] == question.id and isinstance(share, dict)
    ]
    return any(DONT_KNOW in table for table in tables)


def _given(
    rng: np.random.Generator,
    recipe: Recipe,
    state: State,
    people: Respondents,
    item: Item,
    *,
    told: bool,
) -> Texts:
    """What each respondent would write; None for nothing."""
    if item.is_number:
        return _numbers(rng, recipe.care, people, state.numbers[item.id])
    if not item.codes:
        return _texts(rng, recipe, people, item)
    codes = state.codes[item.id][people.unit]
    sure = [index for index, code in enumerate(item.codes) if code != DONT_KNOW]
    chance = np.where(people.second, recipe.care.differs, recipe.care.slip)
    slips = (rng.random(people.count) < chance) & (codes != NOT_ASKED)
    codes = np.where(slips, np.array(sure)[(codes + 1) % len(sure)], codes)
    if item.question.allows_dont_know and not told:
        unsure = rng.random(people.count) < recipe.care.dont_know
        codes = np.where(unsure, item.codes.index(DONT_KNOW), codes)
    return np.array([*item.codes, None], dtype=object)[codes]


def _numbers(rng: np.random.Generator, care: Care, people: Respondents, numbers: Floats) -> Texts:
    own = numbers[people.unit]
    other = people.second & (rng.random(people.count) < care.differs)
    said = [None if np.isnan(n) else str(int(n) + int(o)) for n, o in zip(own, other, strict=True)]
    return np.array(said, dtype=object)


def _texts(rng: np.random.Generator, recipe: Recipe, people: Respondents, item: Item) -> Texts:
    sayings = recipe.sayings.get(item.question.id, ())
    speaks = rng.random(people.count) < (_SAYS_SOMETHING if sayings else 0.0)
    chosen = rng.integers(max(len(sayings), 1), size=people.count)
    every = np.array([*sayings, None], dtype=object)
    return every[np.where(speaks, chosen, -1)]


def _rows(
    people: Respondents,
    item: Item,
    given: Texts,
    *,
    gives: NDArray[np.bool_],
    at: pl.Series,
) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "unit": people.unit,
            "respondent": people.names,
            "value": pl.Series(given.tolist(), dtype=pl.String),
            "at": at.cast(ANSWERS["at"]),
        }
    )
    kept = frame.filter(pl.Series(gives) & frame["value"].is_not_null())
    return kept.with_columns(item=pl.lit(item.id))


def _second_thoughts(
    rng: np.random.Generator,
    care: Care,
    people: Respondents,
    item: Item,
    given: Texts,
    *,
    gives: NDArray[np.bool_],
    at: pl.Series,
) -> pl.DataFrame:
    """Answers that a later one of the same respondent replaced."""
    place = {code: index for index, code in enumerate(item.codes)}
    before = [item.codes[(place[code] + 1) % len(place)] if code else None for code in given]
    changed = gives & (rng.random(people.count) < care.changed)
    earlier = at - dt.timedelta(seconds=_SECOND_THOUGHT)
    return _rows(people, item, np.array(before, dtype=object), gives=changed, at=earlier)
