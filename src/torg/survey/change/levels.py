"""The level of an item in one wave: shares or a mean, and by how much each unit moves them."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from torg.survey.change.overlap import Answered, Bools, Floats
from torg.survey.change.units import LEAST_PEOPLE, Placed
from torg.survey.questionnaire import Item

IN_BASE, OUTSIDE = "answered", "not_applicable"  # states of which we know whether they count


@dataclass(frozen=True, eq=False, kw_only=True)
class Given:
    """What the M units gave to one item, each as parts of one answer."""

    categories: tuple[str | None, ...]  # C of them; one None: the mean of a number
    values: Floats  # [M, C]: the part that is with each category, or the number times `base`
    base: Floats  # [M]: the part that is in the base
    has: Bools  # [M]: known to be in the base or not


@dataclass(frozen=True, eq=False, kw_only=True)
class Level:
    """Estimates [C] of one wave."""

    values: Floats  # [C]
    answered: Answered  # scores [M, C]
    n: int  # units in the base, unweighted
    effective: float  # as many equally weighted ones would be as sure (Kish 1965)
    lowest: Floats  # [C]: where all that are not known were without
    highest: Floats


def given(placed: Placed, item: Item) -> Given:
    """What each of the M units gave to an item of the wave's sheet."""
    sheet = placed.surveyed.sheet.filter(pl.col("item") == item.id)
    categories: tuple[str | None, ...] = (None,) if item.is_number else item.codes
    units = len(placed.rows)
    values, base, known = np.zeros((units, len(categories))), np.zeros(units), np.zeros(units)
    place = {code: column for column, code in enumerate(categories)}
    columns = ("country", "unit", "state", "code", "number")
    for country, unit, state, code, number in sheet.select(columns).iter_rows():
        row = placed.rows[country, unit]
        known[row] = state in (IN_BASE, OUTSIDE)
        if state == IN_BASE and (number is not None or not item.is_number):
            base[row] = 1.0
            values[row, place[code] if number is None else 0] = 1.0 if number is None else number
    return _mapped(placed, categories, values, base, known)


def _mapped(
    placed: Placed, categories: tuple[str | None, ...], values: Floats, base: Floats, known: Floats
) -> Given:
    parts = placed.parts
    answered = parts @ known
    has = (answered >= LEAST_PEOPLE) & (placed.weights > 0)
    over = np.where(has, answered, 1.0)
    return Given(
        categories=categories,
        values=np.where(has[:, None], (parts @ values) / over[:, None], 0.0),
        base=np.where(has, (parts @ base) / over, 0.0),
        has=has,
    )


def level(
    answers: Given, *, weights: Floats, base: Floats, known: Floats, asked: Bools
) -> Level | None:
    """The estimates of a wave; None where nobody is in the base.

    Ratios of weighted sums, linearised (Särndal, Swensson and Wretman 1992, section 5.6), with the
    residuals of what was weighted on: classes `known` [M, P], from the weights `base` before.
    """
    total = float((weights * answers.base).sum())
    if total <= 0:
        return None
    values = weights @ answers.values / total
    misses = (answers.values - answers.base[:, None] * values) / total
    residuals = _residuals(misses, base * answers.has, known)
    return Level(
        values=values,
        answered=Answered(scores=weights[:, None] * residuals, has=answers.has, asked=asked),
        n=int((answers.base > 0).sum()),
        effective=total**2 / float(((weights * answers.base) ** 2).sum()),
        **_possible(answers, asked),
    )


def _residuals(misses: Floats, weights: Floats, known: Floats) -> Floats:
    """What of `misses` [M, C] the classes do not explain; 0 where there is no weight."""
    if not known.shape[1]:
        return np.where(weights[:, None] > 0, misses, 0.0)
    gram = known.T @ (weights[:, None] * known)
    slopes = np.linalg.pinv(gram, hermitian=True) @ (known.T @ (weights[:, None] * misses))
    return np.where(weights[:, None] > 0, misses - known @ slopes, 0.0)


def _possible(answers: Given, asked: Bools) -> dict[str, Floats]:
    """What the share of all units still can be, whatever those say that have not answered."""
    if answers.categories == (None,):
        return {"lowest": np.array([-np.inf]), "highest": np.array([np.inf])}
    unknown = float((asked & ~answers.has).sum())
    base, sums = answers.base.sum(), answers.values.sum(axis=0)
    return {"lowest": sums / (base + unknown), "highest": (sums + unknown) / (base + unknown)}
