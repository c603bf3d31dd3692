"""The conversation in which Torg is taught the columns of a file, held in a terminal."""

from collections.abc import Callable, Sequence
from pathlib import Path

from torg.collect import Choice, Lesson, Question
from torg.errors import UserError
from torg.show.asking import asked
from torg.show.printing import fault, line

Ask = Callable[[str], str]

AGAIN = "?"  # the answer: show the answers again


def taught(lesson: Lesson, *, ask: Ask = asked) -> Lesson:
    """Ask column by column until nothing is open; an empty line takes what is proposed.

    What a column may hold is listed once, and where it is asked for. Raises UserError where the
    answers end too early, or the last of them is that nothing shall be learnt.
    """
    was_listed = False
    while (question := lesson.question) is not None:
        _put(question, lesson, listed=not was_listed)
        was_listed = was_listed or question.about == "column"
        lesson = _answered(lesson, question, ask)
    if lesson.verdict == "no":
        raise UserError("nothing was learnt, and the file was not imported.")
    if lesson.lacking:
        line(_what_lacks(lesson))
    return lesson


def remembered(path: Path | None) -> None:
    """Where what was taught lies; None where nothing was."""
    if path is None:
        line("Nothing new was learnt.")
    else:
        line(f"Remembered in {path}, for every later import.")


def _answered(lesson: Lesson, question: Question, ask: Ask) -> Lesson:
    """The lesson after the first answer that it takes; of the others it is said why not."""
    while True:
        given = _given(question, ask)
        try:
            return lesson.answered(given)
        except UserError as error:
            fault(str(error))


def _given(question: Question, ask: Ask) -> str:
    try:
        while (given := ask(f"[{question.proposed}] ").strip()) == AGAIN:
            _list(question.choices)
    except EOFError:
        raise UserError("the answers ended before the questions did: nothing was learnt.") from None
    return given or question.proposed


def _put(question: Question, lesson: Lesson, *, listed: bool) -> None:
    if question.about == "format":
        line("Which kind of file is this?")
        _list(question.choices)
    elif question.about == "end":
        _sum_up(question, lesson)
    else:
        line(f"\nWhat does the column '{question.column}' hold?")
        if question.examples:
            line(f"    for example: {', '.join(question.examples)}")
        if listed:
            _list(question.choices)
            line(f"  {AGAIN:<14} this list, again")


def _sum_up(question: Question, lesson: Lesson) -> None:
    """What was understood, and the answers that there are to that."""
    line("\nThis is what was understood:")
    meanings = _meanings(lesson)
    width = max((len(name) for name, _ in meanings), default=0)
    for name, field in meanings:
        line(f"  {name:<{width}}  {field}")
    if lesson.left_out:
        line(f"  kept out: {', '.join(lesson.left_out)}")
    if lesson.lacking:
        line(_what_lacks(lesson))
    line("Is it right? Answer, or write the name of a column to be asked about it again.")
    _list([choice for choice in question.choices if choice.answer not in lesson.answers])


def _meanings(lesson: Lesson) -> list[tuple[str, str]]:
    told = (columns for columns in lesson.taught.values())
    return [(name, field) for fields in told for field, names in fields.items() for name in names]


def _what_lacks(lesson: Lesson) -> str:
    return (
        f"No column is known to hold {', '.join(lesson.lacking)}: files of this kind cannot be "
        "read without."
    )


def _list(choices: Sequence[Choice]) -> None:
    for choice in choices:
        line(f"  {choice.answer:<14} {choice.meaning}")
