"""Answers as arrays: a column for each category of each item, a row for each respondent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from torg.errors import SurveyError
from torg.survey.estimating.groups import Mask
from torg.survey.questionnaire import Item, Questionnaire
from torg.survey.surveyed import Surveyed
from torg.survey.weighting import Floats

_NONE = -1


@dataclass(frozen=True)
class Column:
    """What is estimated: the share of one answer, or the mean of a number (`category` is null)."""

    item: Item
    category: str | None
    is_asked: bool

    @property
    def base(self) -> str:
        """What the figure is of, in codes: "answered", "answered:uses_facebook=yes"."""
        condition = self.item.question.shown_if
        if condition is None:
            return "answered"
        return f"answered:{condition.item}={'|'.join(condition.codes)}"


@dataclass(frozen=True, eq=False)
class Answers:
    """The answers to all items: `codes` and `states` have a row for each respondent."""

    items: Mapping[str, int]  # the item's place among the columns
    codes: npt.NDArray[np.int64]  # the place of the answer among the item's; -1: none
    numbers: Floats  # nan: none
    is_outside: Mask  # known not to be of the item's base

    def given(self, item: Item) -> Mask:
        """Who answered the item by one of its codes."""
        return np.asarray(self.codes[:, self.items[item.id]] != _NONE)

    def of(self, item: Item, code: str) -> Mask:
        """Who gave that answer."""
        return np.asarray(self.codes[:, self.items[item.id]] == item.codes.index(code))

    def outside(self, item: Item) -> Mask:
        """Who was not asked, because the condition was not met."""
        return np.asarray(self.is_outside[:, self.items[item.id]])


@dataclass(frozen=True, eq=False)
class Table:
    """Columns side by side: the values, who is in the base of each, who is known not to be."""

    columns: tuple[Column, ...]
    values: Floats
    base: Mask
    outside: Mask


def answers_of(surveyed: Surveyed, questionnaire: Questionnaire) -> Answers:
    """The sheet as arrays, its rows in the order of the weights. Raises SurveyError."""
    items = {name: n for n, name in enumerate(questionnaire.items)}
    shape = (surveyed.weighting.respondents, len(items))
    cells = _placed(surveyed, questionnaire, items)
    codes = np.full(shape, _NONE, dtype=np.int64)
    numbers = np.full(shape, np.nan)
    is_outside = np.zeros(shape, dtype=bool)
    at = (cells["row"].to_numpy(), cells["column"].to_numpy())
    is_answered = (cells["state"] == "answered").to_numpy()
    codes[at] = np.where(is_answered, cells["place"].fill_null(_NONE).to_numpy(), _NONE)
    numbers[at] = np.where(is_answered, cells["number"].fill_null(np.nan).to_numpy(), np.nan)
    is_outside[at] = (cells["state"] == "not_applicable").to_numpy()
    return Answers(items, codes, numbers, is_outside)


def _placed(
    surveyed: Surveyed, questionnaire: Questionnaire, items: Mapping[str, int]
) -> pl.DataFrame:
    rows = surveyed.weighting.weights.select("country", "unit").with_row_index("row")
    columns = pl.DataFrame(list(items.items()), schema=["item", "column"], orient="row")
    offered = [
        (name, code, n)
        for name, item in questionnaire.items.items()
        for n, code in enumerate(item.codes)
    ]
    places = pl.DataFrame(
        offered,
        schema={"item": pl.String(), "code": pl.String(), "place": pl.Int64()},
        orient="row",
    )
    cells = (
        surveyed.sheet.join(rows, on=["country", "unit"])
        .join(columns, on="item")
        .join(places, on=["item", "code"], how="left")
    )
    _refuse_unknown(cells, questionnaire)
    return cells


def _refuse_unknown(cells: pl.DataFrame, questionnaire: Questionnaire) -> None:
    coded = [name for name, item in questionnaire.items.items() if item.codes]
    odd = cells.filter(
        pl.col("state") == "answered", pl.col("place").is_null(), pl.col("item").is_in(coded)
    ).sort("country", "unit", "item")
    if not odd.is_empty():
        cell = odd.row(0, named=True)
        raise SurveyError(
            f"{cell['country']} {cell['unit']} answered {cell['item']} by {cell['code']!r}, which"
            " the questionnaire does not offer: correct the answer or the question's options"
        )


def columns_of(
    questionnaire: Questionnaire, wave: str, items: Sequence[str] | None
) -> tuple[Column, ...]:
    """What is estimated of those items (of all, where none are named); texts are left out."""
    if unknown := sorted(set(items or ()) - set(questionnaire.items)):
        raise SurveyError(f"the questionnaire has no item {', '.join(unknown)}")
    chosen = [questionnaire.items[name] for name in (items or questionnaire.items)]
    return tuple(
        Column(item, category, item.question.is_asked_in(wave))
        for item in chosen
        if item.question.kind != "text"
        for category in (item.codes or (None,))
    )


def table_of(answers: Answers, columns: Sequence[Column]) -> Table:
    """The columns' values and bases, a row for each respondent."""
    drawn = [_drawn(answers, column) for column in columns]
    rows = len(answers.codes)
    values, base, outside = (
        np.stack(part, axis=1) if part else np.empty((rows, 0))
        for part in (zip(*drawn, strict=True) if drawn else ((), (), ()))
    )
    return Table(tuple(columns), values.astype(np.float64), base.astype(bool), outside.astype(bool))


def _drawn(answers: Answers, column: Column) -> tuple[Floats, Mask, Mask]:
    item = column.item
    if column.category is not None:
        own = answers.of(item, column.category).astype(np.float64)
        return own, answers.given(item), answers.outside(item)
    numbers = answers.numbers[:, answers.items[item.id]]
    base = np.isfinite(numbers)
    return np.where(base, numbers, 0.0), base, answers.outside(item)
