"""Shares and means of every item, in all and in groups, with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from torg.survey.estimating.cells import Cells, cells_of
from torg.survey.estimating.columns import (
    Answers,
    Column,
    Table,
    answers_of,
    columns_of,
    table_of,
)
from torg.survey.estimating.ends import Bounded, bounded
from torg.survey.estimating.groups import ITEM, Group, Roll, frame_groups, roll_of
from torg.survey.intervals import Floats
from torg.survey.questionnaire import Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.tables import ESTIMATES, empty


@dataclass(frozen=True, eq=False)
class Ready:
    """A wave's answers as arrays, with all that its estimates are made of."""

    surveyed: Surveyed
    questionnaire: Questionnaire
    answers: Answers
    roll: Roll

    def table(self, items: Sequence[str] | None) -> Table:
        """The columns of those items; all where none are named."""
        wave = self.surveyed.wave.id
        return table_of(self.answers, columns_of(self.questionnaire, wave, items))

    def groups(self, kinds: Sequence[str]) -> tuple[Group, ...]:
        """The groups of those kinds: "all", "size", "county", "kind", "item:ID"."""
        return tuple(group for kind in kinds for group in self._of_kind(kind))

    def cells(self, table: Table, group: Group) -> Cells:
        """The figures of one group."""
        return cells_of(table, group, design=self.surveyed.weighting.design, roll=self.roll)

    def _of_kind(self, kind: str) -> tuple[Group, ...]:
        if not kind.startswith(ITEM):
            return frame_groups(self.roll, kind)
        columns = columns_of(self.questionnaire, self.surveyed.wave.id, (kind[len(ITEM) :],))
        return tuple(self._by_answer(column) for column in columns if column.category)

    def _by_answer(self, column: Column) -> Group:
        item = column.item
        known = self.answers.given(item) | self.answers.outside(item)
        inside = self.answers.of(item, column.category or "")
        return self.roll.by_answer(f"{ITEM}{item.id}={column.category}", inside, known)


def ready(surveyed: Surveyed, questionnaire: Questionnaire) -> Ready:
    """A wave made ready to be estimated. Raises SurveyError."""
    roll = roll_of(surveyed.frame, surveyed.weighting.weights)
    return Ready(surveyed, questionnaire, answers_of(surveyed, questionnaire), roll)


def estimate(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    *,
    items: Sequence[str] | None = None,
    groups: Sequence[str] = ("all", "size", "county", "kind"),
    confidence: float = 0.95,
) -> pl.DataFrame:
    """The share of each answer and the mean of each number, as ESTIMATES rows.

    `groups` are kinds of groups: "all", "size", "county", "kind", or "item:ID" for those that gave
    each answer to that item. Items that the wave does not ask get rows with the reason. Shares
    have Korn and Graubard's interval; where all weigh the same, or few answers are of a kind, the
    exact one of the finite population. No interval goes beyond what is possible given who has
    answered. Raises SurveyError.
    """
    at = ready(surveyed, questionnaire)
    table = at.table(items)
    found = [at.cells(table, group) for group in at.groups(groups)]
    rows = [
        rows_of(
            bounded(cells, confidence=confidence),
            group=cells.group,
            columns=cells.columns,
            n=cells.n,
            surveyed=surveyed,
        )
        for cells in found
    ]
    return pl.concat([empty(ESTIMATES), *rows])


def cross(
    surveyed: Surveyed,
    questionnaire: Questionnaire,
    *,
    item: str,
    by: str,
    confidence: float = 0.95,
) -> pl.DataFrame:
    """A cross table: the answers to `item` of all, and of those that gave each answer to `by`."""
    return estimate(
        surveyed,
        questionnaire,
        items=(item,),
        groups=("all", f"{ITEM}{by}"),
        confidence=confidence,
    )


def rows_of(
    ends: Bounded, *, group: str, columns: Sequence[Column], n: Floats, surveyed: Surveyed
) -> pl.DataFrame:
    """ESTIMATES rows of one group's figures; `n` are the answers in the base of each."""
    return pl.DataFrame(
        {
            "wave": [surveyed.wave.id] * len(columns),
            "item": [c.item.id for c in columns],
            "category": [c.category for c in columns],
            "group": [group] * len(columns),
            "estimate": _known(ends.estimates),
            "low": _known(ends.low),
            "high": _known(ends.high),
            "base": [c.base for c in columns],
            "n": n.astype(np.int64),
            "weighted_by": [surveyed.weighting.by] * len(columns),
            "missing": [_why(c, k) for c, k in zip(columns, n, strict=True)],
            "flags": list(ends.flags),
        },
        schema=dict(ESTIMATES),
    )


def _why(column: Column, n: float) -> str | None:
    if not column.is_asked:
        return "not_asked"
    return None if n else "no_answers"


def _known(values: Floats) -> pl.Series:
    return pl.Series(values, dtype=pl.Float64()).fill_nan(None)
