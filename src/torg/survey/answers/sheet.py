"""The sheet: what each unit that answered says of each item, or why it says nothing of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from torg.errors import SurveyError
from torg.register import Register
from torg.survey.answers.counting import counting, disagreements, newest
from torg.survey.answers.placing import SET_ASIDE, counted, placed
from torg.survey.frame import BOTH, Unit
from torg.survey.questionnaire import (
    DONT_KNOW,
    Item,
    Question,
    Questionnaire,
    Wave,
    is_shown,
    items_of,
)
from torg.survey.tables import SHEET

# What is counted of a unit, by item. None: its respondents did not agree.
_Counted = Mapping[str, str | None]
_Row = tuple[str, str, str | None, float | None]  # item, state, code, number


@dataclass(frozen=True)
class Sheet:
    """The answers of a wave, one state for each unit and item, and all that has no place there."""

    wave: str
    rows: pl.DataFrame  # of SHEET, by country, unit, and item in the order of the questionnaire
    disagreements: pl.DataFrame  # what respondents of one unit said differently
    set_aside: pl.DataFrame  # answers of unknown units, and others that cannot count
    carried: pl.DataFrame  # answers under the codes of units that have merged since

    @property
    def respondents(self) -> pl.DataFrame:
        """The units that answered anything: country, unit, sorted."""
        return self.rows.select("country", "unit").unique().sort("country", "unit")


def sheet_of(
    answers: pl.DataFrame,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    conflict: str = "latest",
    register: Register | None = None,
) -> Sheet:
    """The sheet of a wave from its answers (ANSWERS), whatever the order of their rows.

    The newest answer of a respondent counts, and between respondents the rule `conflict`: what the
    one says who answered "latest" or "first", or only what all that answered "agreed" on. With the
    `register`, answers under the code of a merged municipality go to the one that carries it on.
    """
    if frame.filter(pl.col("wave") != wave.id).height:
        raise SurveyError(f"the frame is not that of wave '{wave.id}': make it anew from the wave.")
    taken = placed(answers, questionnaire, wave, frame=frame, register=register)
    given = newest(taken.answers, questionnaire)
    by_unit = _by_unit(counting(given, conflict=conflict))
    kinds = {(c, u): kind for c, u, kind in frame.select("country", "unit", "kind").iter_rows()}
    asked = [(question, items_of(question)) for question in questionnaire.questions]
    rows = [
        (wave.id, *unit, *row)
        for unit, values in by_unit.items()
        for row in _of_unit(asked, wave, kinds[unit], values)
    ]
    sheet = pl.DataFrame(rows, schema=dict(SHEET), orient="row")
    return Sheet(
        wave.id,
        sheet,
        disagreements(given, questionnaire),
        pl.concat([taken.set_aside, _unasked(sheet, given)]).sort(pl.all()),
        taken.carried,
    )


def placed_answers(
    answers: pl.DataFrame,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    register: Register | None = None,
) -> pl.DataFrame:
    """What each respondent says by now of each item, of units in the frame, sorted.

    Columns country, unit, respondent, item, value, at; what was taken back is left out.
    """
    taken = placed(answers, questionnaire, wave, frame=frame, register=register)
    given = newest(taken.answers, questionnaire)
    told = given.select("country", "unit", "respondent", "item", "value", "at")
    return told.sort(pl.all())


def disagreements_by_item(sheet: Sheet) -> pl.DataFrame:
    """Of how many units respondents said different things: wave, item, units."""
    counts = sheet.disagreements.group_by("item").agg(units=pl.len().cast(pl.Int64))
    return counts.select(pl.lit(sheet.wave).alias("wave"), "item", "units").sort("item")


def _by_unit(counted_values: pl.DataFrame) -> Mapping[Unit, _Counted]:
    by_unit: dict[Unit, dict[str, str | None]] = {}
    for country, unit, item, value in counted_values.iter_rows():
        by_unit.setdefault((country, unit), {})[item] = value
    return by_unit


def _of_unit(
    asked: Sequence[tuple[Question, tuple[Item, ...]]], wave: Wave, kind: str, values: _Counted
) -> Iterator[_Row]:
    """The rows of one unit, question by question, so that conditions see what was said before."""
    given: dict[str, str] = {}
    open_: set[str] = set()  # items that respondents differ in: what hangs on them is open too
    for question, items in asked:
        state = _state_of(question, wave, kind, given, open_)
        for item in items:
            row = (item.id, state, None, None) if state else _answered(item, values)
            yield row
            if row[1] == "disagreed":
                open_.add(item.id)
            elif row[1] == "answered":
                given[item.id] = values[item.id] or ""


def _state_of(
    question: Question, wave: Wave, kind: str, given: Mapping[str, str], open_: set[str]
) -> str | None:
    """Why the unit was not asked a question, or None where it was."""
    if not question.is_asked_in(wave.id):
        return "not_asked"
    if kind != BOTH and kind not in question.units:
        return "not_applicable"
    if question.shown_if and question.shown_if.item in open_:
        return "disagreed"
    return None if is_shown(question, given) else "not_applicable"


def _answered(item: Item, values: _Counted) -> _Row:
    if item.id not in values:
        return (item.id, "no_answer", None, None)
    value = values[item.id]
    if value is None:
        return (item.id, "disagreed", None, None)
    if item.is_number and value != DONT_KNOW:
        return (item.id, "answered", None, float(value))
    is_text = item.question.kind == "text"
    return (item.id, "answered", None if is_text else value, None)


def _unasked(sheet: pl.DataFrame, given: pl.DataFrame) -> pl.DataFrame:
    """Answers to questions whose condition is not met, as rows of SET_ASIDE."""
    closed = sheet.filter(pl.col("state") == "not_applicable")
    rows = given.join(closed, on=["country", "unit", "item"], how="semi")
    return counted(rows.with_columns(reason=pl.lit("not_applicable")), SET_ASIDE)
