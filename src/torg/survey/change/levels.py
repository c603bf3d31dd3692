"""The level of an item in one wave: shares or a mean, and by how much each unit moves them."""

from dataclasses import dataclass

import numpy as np

from torg.survey.change.overlap import Answered, Bools, Floats, Ints
from torg.survey.change.units import LEAST_PEOPLE, Placed
from torg.survey.questionnaire import Item
from torg.survey.tables import SHEET, empty

LEAST_LEFT = 0.05  # of a residual's variance, where a unit is all but alone in its classes
_NOTHING = 1e-10  # of the largest singular value: columns that are sums of others
IN_BASE, OUTSIDE = "answered", "not_applicable"  # states of which we know whether they count


@dataclass(frozen=True, eq=False, kw_only=True)
class Given:
    """What the M units gave to one item, each as parts of one answer."""

    categories: tuple[str | None, ...]  # C of them; one None: the mean of a number
    values: Floats  # [M, C]: the part that is with each category, or the number times `base`
    base: Floats  # [M]: the part that is in the base
    has: Bools  # [M]: known to be in the base or not


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing:
    """How those who answered stand for all: arrays over the M units."""

    weights: Floats  # 0 where nothing was answered
    metric: Floats  # weights of the regression on what was weighted on
    known: Floats  # [M, P]: classes of what was weighted on
    strata: Ints  # counted from 0
    asked: Bools  # in the frame


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
    sheet = placed.sheets.get(item.id, empty(SHEET))
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


def level(answers: Given, placed: Standing) -> Level | None:
    """The estimates of a wave; None where nobody is in the base.

    Ratios of weighted sums, linearised (Särndal, Swensson and Wretman 1992, section 5.6), with the
    residuals of what was weighted on.
    """
    total = float((placed.weights * answers.base).sum())
    if total <= 0:
        return None
    values = placed.weights @ answers.values / total
    misses = (answers.values - answers.base[:, None] * values) / total
    residuals, left = _residuals(misses, placed.metric * answers.has, placed.known)
    return Level(
        values=values,
        answered=Answered(
            scores=placed.weights[:, None] * residuals,
            has=answers.has,
            asked=placed.asked,
            likely=_likely(answers, placed),
            left=left,
        ),
        n=int((answers.base > 0).sum()),
        effective=total**2 / float(((placed.weights * answers.base) ** 2).sum()),
        **_possible(answers, placed.asked),
    )


def _residuals(misses: Floats, metric: Floats, known: Floats) -> tuple[Floats, Floats]:
    """What of `misses` [M, C] the classes do not explain, and 1 less each unit's leverage [M]."""
    root = np.sqrt(metric)[:, None]
    columns, sizes, _ = np.linalg.svd(root * known, full_matrices=False)
    basis = columns[:, sizes > _NOTHING * max(float(sizes.max(initial=0.0)), _NOTHING)]
    explained = basis @ (basis.T @ (root * misses))
    residuals = np.where(root > 0, misses - explained / np.where(root > 0, root, 1.0), 0.0)
    return residuals, np.maximum(1 - np.sum(basis**2, axis=1), LEAST_LEFT)


def _likely(answers: Given, placed: Standing) -> Floats:
    """One over the weight, times the part of the stratum's weight that answered this item."""
    count = int(placed.strata.max()) + 1
    of_wave = np.bincount(placed.strata, placed.weights, minlength=count)
    of_item = np.bincount(placed.strata, placed.weights * answers.has, minlength=count)
    part = np.divide(of_item, of_wave, out=np.zeros(count), where=of_wave > 0)
    weights = np.where(answers.has, np.maximum(placed.weights, 1.0), 1.0)
    likely: Floats = part[placed.strata] / weights
    return likely


def _possible(answers: Given, asked: Bools) -> dict[str, Floats]:
    """What the share of all units still can be, whatever those say that have not answered."""
    if answers.categories == (None,):
        return {"lowest": np.array([-np.inf]), "highest": np.array([np.inf])}
    unknown = float((asked & ~answers.has).sum())
    base, sums = answers.base.sum(), answers.values.sum(axis=0)
    return {"lowest": sums / (base + unknown), "highest": (sums + unknown) / (base + unknown)}
