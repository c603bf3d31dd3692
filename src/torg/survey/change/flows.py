"""Gross flows: how many of the panel went from which answer to which, and how many of all could.

Behind a change of +4 points may stand 4 in a hundred that took something up, or 20 that did and 16
that gave up. The counts are those of the units that answered an item in both waves; how many of
all units that both frames have could have moved is bounded by the hypergeometric distribution
(Wright 1991, Exact Confidence Bounds when Sampling from Small Finite Universes).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import bdtr

from torg.register import Register
from torg.survey.change.choosing import chosen
from torg.survey.change.levels import Given, given
from torg.survey.change.overlap import Floats
from torg.survey.change.units import Aligned, aligned
from torg.survey.intervals import hypergeometric
from torg.survey.questionnaire import Item, Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.tables import Schema

FLOWS: Schema = {
    "wave": pl.String(),  # "2014 - 2015"
    "item": pl.String(),
    "before": pl.String(),  # the answer in the earlier wave
    "after": pl.String(),
    "n": pl.Int64(),  # units of the panel
    "panel": pl.Int64(),  # units that gave one answer to the item in both waves
    "units": pl.Int64(),  # that both frames have
    "least": pl.Int64(),  # of all those units: how many there must and can be
    "most": pl.Int64(),
    "missing": pl.String(),  # "not_asked", "no_answers"
}
MOVES: Schema = {
    "wave": pl.String(),
    "item": pl.String(),
    "category": pl.String(),
    "gained": pl.Int64(),  # n01: others before, this after
    "lost": pl.Int64(),  # n10
    "panel": pl.Int64(),
    "p_value": pl.Float64(),  # of McNemar's exact test, two-sided
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Flows:
    """`table` has the columns of FLOWS, every pair of answers of an item; `moves` those of MOVES.

    The test asks whether as many took a category up as gave it up. It is exact (McNemar 1947), as
    if the frame had no end: in a finite frame it errs to the safe side.
    """

    table: pl.DataFrame
    moves: pl.DataFrame


def gross_flows(
    before: Surveyed,
    after: Surveyed,
    questionnaire: Questionnaire,
    *,
    register: Register,
    items: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> Flows:
    """The whole table of answers in the one wave by answers in the other, for each item with codes.

    A unit that merged from some that had differed is in no cell: it has no one answer.
    """
    pair = aligned(before, after, register)
    wave = f"{before.wave.id} - {after.wave.id}"
    tables: list[tuple[object, ...]] = []
    moves: list[tuple[object, ...]] = []
    for item in chosen(questionnaire, items):
        if item.codes:
            counts = _counts(pair, item)
            tables.extend(_rows(wave, pair, item, counts, confidence))
            moves.extend(_moves(wave, item, counts))
    return Flows(
        table=pl.DataFrame(tables, schema=dict(FLOWS), orient="row"),
        moves=pl.DataFrame(moves, schema=dict(MOVES), orient="row"),
    )


def _counts(pair: Aligned, item: Item) -> Floats | None:
    """Units [before, after] by their answers; None where a wave did not ask."""
    waves = (pair.before.surveyed.wave.id, pair.after.surveyed.wave.id)
    if not all(item.question.is_asked_in(wave) for wave in waves):
        return None
    old, new = (_whole(given(placed, item)) for placed in (pair.before, pair.after))
    counts: Floats = old.T @ new
    return counts


def _whole(answers: Given) -> Floats:
    """A one [M, C] where a unit's answer is wholly of a category."""
    whole: Floats = (answers.values == 1.0).astype(np.float64)
    return whole


def _rows(
    wave: str, pair: Aligned, item: Item, counts: Floats | None, confidence: float
) -> Iterator[tuple[object, ...]]:
    units = int((pair.before.asked & pair.after.asked).sum())
    panel = 0 if counts is None else int(counts.sum())
    if counts is None or not panel:
        missing = "not_asked" if counts is None else "no_answers"
        yield (wave, item.id, None, None, 0, 0, units, None, None, missing)
        return
    low, high = hypergeometric(counts.ravel(), n=panel, size=units, confidence=confidence)
    pairs = [(old, new) for old in item.codes for new in item.codes]
    bounds = zip(pairs, counts.ravel(), np.rint(low * units), np.rint(high * units), strict=True)
    for (old, new), n, least, most in bounds:
        yield (wave, item.id, old, new, int(n), panel, units, int(least), int(most), None)


def _moves(wave: str, item: Item, counts: Floats | None) -> Iterator[tuple[object, ...]]:
    if counts is None or not counts.sum():
        return
    for place, code in enumerate(item.codes):
        stayed = counts[place, place]
        gained, lost = counts[:, place].sum() - stayed, counts[place].sum() - stayed
        yield (
            wave,
            item.id,
            code,
            int(gained),
            int(lost),
            int(counts.sum()),
            _mcnemar(gained, lost),
        )


def _mcnemar(gained: float, lost: float) -> float:
    moved = int(gained + lost)
    return min(1.0, 2 * float(bdtr(min(gained, lost), moved, 0.5)))
