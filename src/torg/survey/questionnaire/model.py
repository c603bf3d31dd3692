"""A questionnaire as a value: waves, questions in every language, and the items they come down to.

An **item** is what one answer is given to and what is estimated: a question that allows one answer
is one item, each option of a question that allows many is one, and so is each cell of a matrix.
Items keep their ids over waves; that makes the trends.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

Kind = Literal["one", "many", "planned", "scale", "number", "text", "matrix"]
Disclosure = Literal["public", "aggregate"]
Mode = Literal["questionnaire", "observation"]
UnitKind = Literal["municipality", "county"]

Texts = Mapping[str, str]  # language ("sv", "sv-FI", "nb") -> text

YES, NO, PLANNED, DONT_KNOW = "yes", "no", "planned", "dont_know"


@dataclass(frozen=True)
class Option:
    """One of the answers that a question offers; `id` is what is stored."""

    id: str
    texts: Texts = field(hash=False)


@dataclass(frozen=True)
class Condition:
    """A question is asked only where `item` was answered with one of `codes`.

    `above` is the condition of that item's own question: where it does not hold, nobody was asked,
    and an answer from before it was changed counts for nothing.
    """

    item: str
    codes: tuple[str, ...]
    above: "Condition | None" = None


@dataclass(frozen=True)
class Wave:
    """One edition of the survey."""

    id: str  # "2015"
    opens: dt.date
    closes: dt.date  # the last day
    frame_date: dt.date  # the day whose municipalities are asked
    mode: Mode = "questionnaire"
    frame: str = "all"  # of that day's units: "all", "top:30" of the ranking, "answered:WAVE"
    titles: Texts = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Question:
    """A question with a stable id.

    `options` are the answers of `one` and `many`, the steps of a `scale`, and the answers of each
    cell of a `matrix` (none: a cell is ticked or not). `planned` is yes / planned / no.
    """

    id: str
    kind: Kind
    texts: Texts = field(hash=False)
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()  # of a matrix: services, areas
    columns: tuple[Option, ...] = ()  # of a matrix: channels, target groups
    allows_dont_know: bool = False
    shown_if: Condition | None = None
    disclosure: Disclosure = "aggregate"
    waves: tuple[str, ...] = ()  # in which it is asked; none named means in all
    units: tuple[UnitKind, ...] = ("municipality", "county")
    prefill: str | None = None  # what of the register fills it in beforehand: "channel:facebook"
    required: bool = False
    low: float | None = None  # bounds of a number
    high: float | None = None
    break_at: tuple[str, ...] = ()  # waves from which its wording no longer compares with before
    helps: Texts = field(default_factory=dict, hash=False)

    @property
    def is_ticked(self) -> bool:
        """Whether it is answered by ticking boxes, where one that is left empty says no."""
        is_plain = not self.options and not self.allows_dont_know
        return self.kind == "many" or (self.kind == "matrix" and is_plain)

    def is_asked_in(self, wave: str) -> bool:
        """Whether the wave has the question. Not asked is not no."""
        return not self.waves or wave in self.waves


@dataclass(frozen=True)
class Item:
    """What one answer is given to: "leader", "channels.facebook", "services.library.facebook"."""

    id: str
    question: Question
    option: Option | None = None  # of `many`
    row: Option | None = None  # of a matrix
    column: Option | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The answers that can be stored, in their order; none where a number or text is given."""
        return _codes(self)

    @property
    def is_number(self) -> bool:
        """Whether its answers have a mean rather than shares."""
        return self.question.kind == "number"


@dataclass(frozen=True)
class Questionnaire:
    """Waves and questions of one study, checked: every id once, every condition on an item."""

    id: str
    titles: Texts = field(hash=False)
    languages: tuple[str, ...]
    waves: tuple[Wave, ...]
    questions: tuple[Question, ...]
    introductions: Texts = field(default_factory=dict, hash=False)

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its id, in the order of the questionnaire."""
        return {item.id: item for question in self.questions for item in items_of(question)}

    @cached_property
    def facts(self) -> frozenset[str]:
        """The items whose answers may be told unit by unit.

        Public ones that hang on nothing that is not: who was asked a question that hangs on an
        answer gave that answer.
        """
        return frozenset(name for name, item in self.items.items() if self._is_fact(item.question))

    def _is_fact(self, question: Question) -> bool:
        above = question.shown_if
        return question.disclosure == "public" and (
            above is None or self._is_fact(self.items[above.item].question)
        )

    def wave(self, name: str) -> Wave:
        """The wave of that name. Raises KeyError."""
        return {wave.id: wave for wave in self.waves}[name]

    def asked_in(self, wave: str) -> tuple[Question, ...]:
        """The questions of a wave, in their order."""
        return tuple(q for q in self.questions if q.is_asked_in(wave))


def items_of(question: Question) -> tuple[Item, ...]:
    """The items that a question comes down to."""
    if question.kind == "many":
        return tuple(Item(f"{question.id}.{o.id}", question, option=o) for o in question.options)
    if question.kind == "matrix":
        return tuple(
            Item(f"{question.id}.{row.id}.{column.id}", question, row=row, column=column)
            for row in question.rows
            for column in question.columns
        )
    return (Item(question.id, question),)


def _codes(item: Item) -> tuple[str, ...]:
    question = item.question
    if question.kind in {"number", "text"}:
        return ()
    fixed = {"many": (YES, NO), "planned": (YES, PLANNED, NO)}.get(question.kind)
    offered = tuple(option.id for option in question.options) or (YES, NO)
    codes = fixed or offered
    return (*codes, DONT_KNOW) if question.allows_dont_know else codes


def text_in(texts: Texts, language: str) -> str:
    """The text in a language: "sv-FI" falls back to "sv", that to English, that to any."""
    for wanted in (language, language.split("-")[0], "en", *sorted(texts)):
        if wanted in texts:
            return texts[wanted]
    return ""
