"""What people see of a survey: answers taken in, estimates, and the questions about a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from torg.errors import UserError
from torg.show.asking import asked
from torg.show.lessons import Ask
from torg.show.printing import line, rows

if TYPE_CHECKING:
    from torg.surveying import AnswerFile, Taken

FIRST_OF = 20  # cells that are listed for people; --json has them all


def answers_taken(taken: "Taken", *, new: int, known: int, as_json: bool) -> None:
    """What came of a file of answers: how many, which cells were refused, which mended."""
    if as_json:
        rows([_as_row(taken, new=new, known=known)], as_json=True)
        return
    line(
        f"{taken.rows} rows, {taken.units} units: {new} answers are new, {known} were known, "
        f"{len(taken.refused)} cells could not be read."
    )
    _listed([f"{each.cell}: '{each.value}' {each.why}" for each in taken.refused])
    _listed([f"{each.cell}: '{each.value}' was read as {each.unit}" for each in taken.mended])


def _as_row(taken: "Taken", *, new: int, known: int) -> dict[str, object]:
    return {
        "rows": taken.rows,
        "units": taken.units,
        "new": new,
        "known": known,
        "undated": taken.undated,
        "refused": [{"cell": r.cell, "value": r.value, "why": r.why} for r in taken.refused],
        "mended": [{"cell": m.cell, "value": m.value, "unit": m.unit} for m in taken.mended],
    }


def _listed(lines: Sequence[str]) -> None:
    for each in lines[:FIRST_OF]:
        line(f"  {each}")
    if len(lines) > FIRST_OF:
        line(f"  ... and {len(lines) - FIRST_OF} more: --json lists them all.")


def estimates(found: pl.DataFrame, *, as_json: bool) -> None:
    """Estimates: for people without the columns that hold nothing."""
    if as_json:
        rows(found.to_dicts(), as_json=True)
        return
    told = [name for name in found.columns if found[name].drop_nulls().len()]
    rows(found.select(told).to_dicts(), as_json=False, nothing="There is nothing to estimate.")


def taught_answers(file: "AnswerFile", *, ask: Ask = asked) -> "AnswerFile":
    """Ask what each column means that nobody is sure of, then each text that is no answer.

    An empty line takes what is proposed. Raises UserError where the answers end too early.
    """
    for column in file.columns_asked:
        line(f"\nWhat does column {column.letter}, '{column.name}', mean?")
        line(f"    for example: {', '.join(column.examples)}")
        _choices([(c.answer, c.meaning) for c in column.choices])
        file = file.told(column.at, _given(ask, column.proposed))
    for value in file.values_asked:
        line(f"\nColumn {value.letter}, '{value.name}': what does '{value.text}' mean?")
        _choices([(c.answer, c.meaning) for c in value.choices])
        if code := _given(ask, value.proposed or ""):
            file = file.told_value(value.at, value.text, code)
    return file


def _choices(choices: Sequence[tuple[str, str]]) -> None:
    for answer, meaning in choices:
        line(f"  {answer:<14} {meaning}")


def _given(ask: Ask, proposed: str) -> str:
    try:
        return ask(f"[{proposed}] ").strip() or proposed
    except EOFError:
        raise UserError("the answers ended before the questions did: nothing was kept.") from None
