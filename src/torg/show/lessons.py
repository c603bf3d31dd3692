"""The conversation in which Torg is taught the columns of a file, held in a terminal."""

from collections.abc import Callable
from pathlib import Path

from torg.collect import Lesson, Question
from torg.errors import UserError
from torg.show.printing import fault, line

Ask = Callable[[str], str]


def taught(lesson: Lesson, *, ask: Ask = input) -> Lesson:
    """Ask column by column until nothing is open; an empty line takes what is proposed."""
    while (question := lesson.question) is not None:
        _put(question)
        try:
            lesson = lesson.answered(ask(f"[{question.proposed}] ") or question.proposed)
        except EOFError:
            raise UserError(
                "the answers ended before the questions did: nothing was learnt."
            ) from None
        except UserError as error:
            fault(str(error))
    if lesson.lacking:
        line(
            f"No column is known to hold {', '.join(lesson.lacking)}: files of this kind cannot be "
            "read without."
        )
    return lesson


def _put(question: Question) -> None:
    if question.column is None:
        line("Which kind of file is this?")
    else:
        line(f"\nWhat does the column '{question.column}' hold?")
    for example in question.examples:
        line(f"    for example: {example}")
    for choice in question.choices:
        line(f"  {choice.answer:<14} {choice.meaning}")


def remembered(path: Path) -> None:
    """Where what was taught lies."""
    line(f"Remembered in {path}, for every later import.")
