"""What has to be asked before a file's answers can be taken in, as values."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from torg.survey.elsewhere.meanings import ITEM, LEFT_OUT, ROLES, Meanings
from torg.survey.elsewhere.reading import Answered, letter
from torg.survey.elsewhere.taking import strange_texts
from torg.survey.elsewhere.values import texts_of
from torg.survey.elsewhere.words import plain
from torg.survey.questionnaire import Questionnaire, Wave, items_of, text_in

EXAMPLES = 3
_LONGEST_EXAMPLE = 60  # characters
_NEAR = 0.7


@dataclass(frozen=True)
class Choice:
    """One of the answers."""

    answer: str
    meaning: str


@dataclass(frozen=True)
class ColumnAsked:
    """What does this column mean? The answer goes to `Meanings.told`."""

    at: int
    letter: str
    name: str
    examples: tuple[str, ...]
    choices: tuple[Choice, ...]
    proposed: str


@dataclass(frozen=True)
class ValueAsked:
    """Which answer does this text stand for? The answer goes to `Meanings.told_value`."""

    at: int
    letter: str
    name: str
    text: str
    times: int
    choices: tuple[Choice, ...]
    proposed: str | None  # None: nothing is like it; leaving it out lists its cells as refused


def columns_asked(
    table: Answered, mapping: Meanings, questionnaire: Questionnaire, wave: Wave, *, language: str
) -> tuple[ColumnAsked, ...]:
    """A question for each column that nobody is sure of, in the order of the file."""
    choices = tuple(_choices(questionnaire, wave, language))
    return tuple(
        ColumnAsked(
            column.at,
            letter(column.at),
            column.name,
            _examples(table, column.at),
            choices,
            column.means.removeprefix(ITEM) if column.sure == "near" else LEFT_OUT,
        )
        for column in mapping.open
    )


def _choices(questionnaire: Questionnaire, wave: Wave, language: str) -> Iterator[Choice]:
    yield from (Choice(role, meaning) for role, meaning in ROLES.items())
    for question in questionnaire.asked_in(wave.id):
        text = text_in(question.texts, language)
        if question.kind == "many":
            yield Choice(question.id, f"{text} (all answers in one cell)")
        for item in items_of(question):
            parts = [part for part in (item.option, item.row, item.column) if part]
            tail = " / ".join(text_in(part.texts, language) for part in parts)
            yield Choice(item.id, f"{text} [{tail}]" if tail else text)


def _examples(table: Answered, at: int) -> tuple[str, ...]:
    different = dict.fromkeys(cell for cell in table.column(at) if cell)
    lines = (" ".join(cell.split()) for cell in list(different)[:EXAMPLES])
    return tuple(
        c if len(c) <= _LONGEST_EXAMPLE else f"{c[: _LONGEST_EXAMPLE - 1]}…" for c in lines
    )


def values_asked(
    table: Answered, mapping: Meanings, questionnaire: Questionnaire, *, language: str
) -> tuple[ValueAsked, ...]:
    """A question for each text that is no answer to the item of its column."""
    asked = []
    for column, text, times in strange_texts(table, mapping, questionnaire):
        item = questionnaire.items[column.item or ""]
        texts = {o.id: text_in(o.texts, language) for o in item.question.options}
        known = texts_of(item)
        near = get_close_matches(plain(text), sorted(known), n=1, cutoff=_NEAR)
        asked.append(
            ValueAsked(
                column.at,
                letter(column.at),
                column.name,
                text,
                times,
                tuple(Choice(code, texts.get(code, code)) for code in item.codes),
                known[near[0]] if near else None,
            )
        )
    return tuple(asked)
