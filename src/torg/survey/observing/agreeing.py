"""How far the observers of a wave agree, item by item."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from torg.survey.answers import placed_answers
from torg.survey.observing.reliability import (
    Level,
    alpha,
    bootstrap_interval,
    gwet_ac1,
    raw_agreement,
)
from torg.survey.questionnaire import DONT_KNOW, Item, Questionnaire, Wave, items_of
from torg.survey.tables import Schema

AGREEMENT: Schema = {
    "wave": pl.String(),
    "item": pl.String(),
    "level": pl.String(),  # of measurement, which decides how far apart two values are
    "alpha": pl.Float64(),  # null: all said the same, or nobody was observed twice
    "low": pl.Float64(),
    "high": pl.Float64(),
    "agreement": pl.Float64(),  # share of pairs that say the same
    "gwet": pl.Float64(),  # AC1; null for numbers
    "n": pl.Int64(),  # units that two observers or more gave a value of
}

_DRAWS = 2000


def agreement(
    answers: pl.DataFrame,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    levels: Mapping[str, Level] | None = None,
    confidence: float = 0.95,
    seed: int = 1,
) -> pl.DataFrame:
    """Rows of AGREEMENT, an item each, in the order of the questionnaire; free texts left out.

    A number counts as `ratio` where it has a true zero (`low` is 0), else as `interval`; a scale as
    `ordinal`; all else as `nominal`; `levels` says otherwise by item. Who cannot tell gives no
    value on a scale of numbers or steps; among other answers it is one of them.
    """
    given = placed_answers(answers, questionnaire, wave, frame=frame)
    by_item = given.partition_by("item", as_dict=True)
    chosen = dict(levels or {})
    rows = []
    for question in questionnaire.asked_in(wave.id):
        for item in items_of(question) if question.kind != "text" else ():
            level = chosen.get(item.id) or _level(item)
            rows.append(
                (
                    wave.id,
                    item.id,
                    level,
                    *_figures(by_item.get((item.id,)), item, level, confidence, seed),
                )
            )
    return pl.DataFrame(rows, schema=dict(AGREEMENT), orient="row")


def _level(item: Item) -> Level:
    if item.is_number:
        return "ratio" if item.question.low == 0 else "interval"
    return "ordinal" if item.question.kind == "scale" else "nominal"


def _figures(
    given: pl.DataFrame | None, item: Item, level: Level, confidence: float, seed: int
) -> tuple[float | None, float | None, float | None, float | None, float | None, int]:
    """alpha, low, high, agreement, gwet, n."""
    if given is None:
        return (None, None, None, None, None, 0)
    if level != "nominal":
        given = given.filter(pl.col("value") != DONT_KNOW)
    counts, values = _counts(given, item)
    n = int((counts.sum(axis=1) > 1).sum())
    if not n:
        return (None, None, None, None, None, 0)
    found = float(alpha(counts, values, level)[0])
    low, high = bootstrap_interval(
        counts, values, level, confidence=confidence, draws=_DRAWS, seed=seed
    )
    is_known = np.isfinite(found)
    gwet = None if item.is_number else gwet_ac1(counts, categories=len(item.codes))
    return (
        found if is_known else None,
        low if is_known else None,
        high if is_known else None,
        raw_agreement(counts),
        gwet,
        n,
    )


def _counts(
    given: pl.DataFrame, item: Item
) -> tuple[
    np.ndarray[tuple[int, int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]
]:
    """How many observers gave each value of each unit, and the values in their order."""
    units = sorted(set(given.select("country", "unit").iter_rows()))
    said = set(given["value"])
    order = sorted(said, key=float) if item.is_number else [c for c in item.codes if c in said]
    row = {unit: at for at, unit in enumerate(units)}
    column = {value: at for at, value in enumerate(order)}
    counts = np.zeros((len(units), len(order)))
    for country, unit, value in given.select("country", "unit", "value").iter_rows():
        counts[row[country, unit], column[value]] += 1
    values = [float(v) for v in order] if item.is_number else list(range(len(order)))
    return counts, np.array(values, dtype=np.float64)
