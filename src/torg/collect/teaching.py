"""Teaching Torg the header names of a file: a conversation, one column after the other.

A `Lesson` is a value. `question` is what to ask next, `answered` is the lesson after the answer,
`taught` is what has been learnt by then. Who asks, and where, is no matter of this module: a
terminal and a web page hold the same conversation.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from torg.collect.contents import Column, contradiction
from torg.collect.formats import FORMATS, Format
from torg.collect.proposing import proposals, proposed_format
from torg.collect.reading.faults import blanked
from torg.collect.reading.headers import Columns, Head, extended, places, plain, read_aliases
from torg.collect.reading.rows_of import heads_of, parts_of
from torg.collect.reading.table import Layout, Rows
from torg.errors import FileRefused, UserError

LEAVE_OUT = "-"  # the answer: the column is none of these
DONE = "done"  # the answer: neither is any that follows
BACK = "back"  # the answer: the question before this is to be asked again
YES, NO = "yes", "no"  # the answers at the end: whether to remember it
EXAMPLES = 3
_LONGEST_EXAMPLE = 60  # characters
_SAMPLED = 200  # rows that are looked through for filled cells

_LETTERS = (re.compile(r"[^\W\d_]"), re.compile(r"\d"))


@dataclass(frozen=True)
class Choice:
    """One of the answers."""

    answer: str
    meaning: str


@dataclass(frozen=True)
class Question:
    """What to ask: which format the file has, what a column holds, or, at the end, whether to keep.

    At the end the columns are choices too, each with what it was said to hold: such an answer
    asks about it again.
    """

    about: Literal["format", "column", "end"]
    choices: tuple[Choice, ...]
    proposed: str  # the answer that is probably right
    column: str | None = None
    examples: tuple[str, ...] = ()  # cells of it, or their shapes where they may be personal


@dataclass(frozen=True)
class Lesson:
    """How far the conversation has come."""

    columns: tuple[Column, ...]
    format: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # column -> field, or LEAVE_OUT
    learnt: Mapping[str, Columns] = field(default_factory=dict)  # before, by format: proposed again
    by_name: bool = False  # whether each row names its cells: several names may be one field then
    verdict: str | None = None  # YES or NO, once it was said
    before: "Lesson | None" = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    @property
    def question(self) -> Question | None:
        """What to ask next; None at the end."""
        if self.verdict is not None:
            return None
        if self.format is None:
            return _which_format(self)
        column = next(iter(self._open()), None)
        if column is not None:
            return _which_field(self, column)
        return _whether(self) if self.answers and (self.is_news or self.lacking) else None

    def answered(self, answer: str) -> "Lesson":
        """The lesson after the answer to its question.

        Raises `UserError` where it is none, or where the cells contradict it.
        """
        question, given = self.question, answer.strip()
        if question is None:
            raise UserError("all columns have been asked about.")
        if given == BACK:
            return self._back()
        if given not in {choice.answer for choice in question.choices}:
            raise UserError(f"'{given}' is none of the answers: give one of those listed.")
        return replace(_NEXT[question.about](self, question, given), before=self)

    @property
    def taught(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The names that were taught, by format and field."""
        told: dict[str, tuple[str, ...]] = {}
        for name, meant in self.answers.items():
            if meant != LEAVE_OUT:
                told[meant] = (*told.get(meant, ()), name)
        return {self.format: told} if self.format is not None and told else {}

    @property
    def left_out(self) -> tuple[str, ...]:
        """The names that were said to be none of the fields."""
        return tuple(name for name, meant in self.answers.items() if meant == LEAVE_OUT)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that every such file must have and no column is known to hold."""
        if self.format is None:
            return ()
        return tuple(sorted(FORMATS[self.format].required - self.taken.keys()))

    @property
    def is_news(self) -> bool:
        """Whether anything was said that was not learnt before."""
        told = self.learnt.get(str(self.format), {})
        before = {plain(name): field for field, names in told.items() for name in names}
        return any(
            before.get(plain(name), LEAVE_OUT) != meant for name, meant in self.answers.items()
        )

    @property
    def is_to_be_kept(self) -> bool:
        """Whether there is something to remember, and somebody said so."""
        return self.is_news and self.verdict == YES

    @property
    def taken(self) -> dict[str, str]:
        """The fields that a column is known to hold, each with the last such column."""
        known = {f: self.columns[at[-1]].name for f, at in self._known().items()}
        told = {meant: name for name, meant in self.answers.items() if meant != LEAVE_OUT}
        return {**known, **told}

    def opened(self) -> tuple[Column, ...]:
        """The columns that are neither known by their names nor answered."""
        return tuple(self._open())

    def _back(self) -> "Lesson":
        if self.before is None:
            raise UserError("this is the first question: there is none before it.")
        return self.before

    def _known(self) -> Mapping[str, tuple[int, ...]]:
        names = [column.name for column in self.columns]
        return places(names, _format(self).columns)

    def _open(self) -> list[Column]:
        known = {place for places_ in self._known().values() for place in places_}
        return [
            column
            for place, column in enumerate(self.columns)
            if place not in known and column.name and column.name not in self.answers
        ]


def _with_format(lesson: Lesson, _question: Question, given: str) -> Lesson:
    return replace(lesson, format=given)


def _with_field(lesson: Lesson, question: Question, given: str) -> Lesson:
    if given == DONE:
        rest = {column.name: LEAVE_OUT for column in lesson.opened()}
        return replace(lesson, answers={**lesson.answers, **rest})
    column = next(c for c in lesson.columns if c.name == question.column)
    if given != LEAVE_OUT and (reason := _why_not(lesson, column, given)):
        raise UserError(reason)
    return replace(lesson, answers={**lesson.answers, column.name: given})


def _with_verdict(lesson: Lesson, _question: Question, given: str) -> Lesson:
    if given in (YES, NO):
        return replace(lesson, verdict=given)
    others = {name: meant for name, meant in lesson.answers.items() if name != given}
    return replace(lesson, answers=others)


_NEXT: Mapping[str, Callable[[Lesson, Question, str], Lesson]] = {
    "format": _with_format,
    "column": _with_field,
    "end": _with_verdict,
}


def _why_not(lesson: Lesson, column: Column, field: str) -> str | None:
    """Why the column cannot be the field, in a sentence."""
    holder = lesson.taken.get(field)
    if holder is not None and not lesson.by_name:
        return (
            f"{field} was given to '{holder}' already: give another answer, or '{BACK}' until you "
            "are there if that was wrong."
        )
    format_ = _format(lesson)
    has_rows = any(c.cells for c in lesson.columns)
    if field in format_.required and has_rows and not column.cells:
        return (
            f"'{column.name}' is blank in the rows that were looked at, and no such file can be "
            f"read without {field}: give another answer, or '{LEAVE_OUT}'."
        )
    return contradiction(column, field, format_)


def lesson_on(path: Path, *, format_: str | None = None, learnt: Path | None = None) -> Lesson:
    """The beginning of a lesson on a file; with `format_` it is not asked for.

    `learnt` is the file of former lessons, which need not exist. Raises `FileRefused` where the
    file cannot be read or there is no such format.
    """
    if format_ is not None and format_ not in _teachable():
        raise FileRefused(f"there is no format '{format_}' whose columns could be taught")
    head = max(heads_of(path), key=lambda head: len(head.header))
    known = read_aliases(learnt) if learnt is not None and learnt.exists() else {}
    return Lesson(_columns(path, head), format_, learnt=known, by_name=head.dialect.by_name)


def _columns(path: Path, head: Head) -> tuple[Column, ...]:
    wanted = {str(place): place for place in range(len(head.header))}
    layout = Layout(head.header, head.dialect, wanted)
    found: dict[str, Column] = {}
    for name, cells in zip(head.header, _samples(path, layout), strict=True):
        found.setdefault(plain(name), Column(name, cells))
    return tuple(found.values())


def _samples(path: Path, layout: Layout) -> list[tuple[str, ...]]:
    def first(rows: Rows) -> list[tuple[str, ...]]:
        frame = rows.frame.head(_SAMPLED)
        return [_filled(frame[field].to_list()) for field in layout.wanted]

    for samples, _ in parts_of(path, layout=layout, work=first):
        return samples
    return [() for _ in layout.wanted]


def _filled(cells: Sequence[str]) -> tuple[str, ...]:
    """The first different cells that are not blank."""
    return tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))


def _teachable() -> dict[str, Format]:
    """The formats that are read by their columns."""
    return {name: format_ for name, format_ in FORMATS.items() if format_.read is not None}


def _format(lesson: Lesson) -> Format:
    return FORMATS[str(lesson.format)]


def _which_format(lesson: Lesson) -> Question:
    formats = {name: _extended(format_, lesson) for name, format_ in _teachable().items()}
    choices = tuple(Choice(name, format_.title) for name, format_ in formats.items())
    return Question("format", choices, proposed_format(lesson.columns, formats))


def _extended(format_: Format, lesson: Lesson) -> Format:
    """The format with the names that were learnt before, by which it is recognised again."""
    learnt = lesson.learnt.get(format_.name, {})
    return replace(format_, columns=extended(format_.columns, learnt))


def _which_field(lesson: Lesson, column: Column) -> Question:
    format_ = _format(lesson)
    fields = (
        Choice(field, f"as '{names[0]}'{_required(field, format_)}{_holder(field, lesson)}")
        for field, names in format_.columns.items()
    )
    ends = (
        Choice(LEAVE_OUT, "none of these"),
        Choice(DONE, "none, and no further column either"),
        Choice(BACK, "the question before this, again"),
    )
    learnt = lesson.learnt.get(format_.name, {})
    proposed = proposals(lesson.opened(), format_, taken=lesson.taken, learnt=learnt)
    shown = (_shown(c, is_personal=bool(format_.personal)) for c in column.cells[:EXAMPLES])
    likely = proposed.get(column.name, LEAVE_OUT)
    return Question("column", (*fields, *ends), likely, column.name, tuple(shown))


def _whether(lesson: Lesson) -> Question:
    """The end: what is lacking cannot be kept, for such a file could not be read."""
    keep = () if lesson.lacking else (Choice(YES, "remember it, for every later import"),)
    ends = (
        *keep,
        Choice(NO, "learn nothing of this, and import nothing"),
        Choice(BACK, "the question before this, again"),
    )
    columns = (Choice(name, meant) for name, meant in lesson.answers.items())
    return Question("end", (*ends, *columns), NO if lesson.lacking else YES)


def _holder(field: str, lesson: Lesson) -> str:
    holder = lesson.taken.get(field)
    return "" if holder is None else f", already '{holder}'"


def _required(field: str, format_: Format) -> str:
    return " (needed)" if field in format_.required else ""


def _shown(cell: str, *, is_personal: bool) -> str:
    """The cell, cut short; in files about citizens its shape, unless it can be nothing personal."""
    if is_personal and not blanked(cell):
        letters, digits = _LETTERS
        cell = digits.sub("0", letters.sub("a", cell))
    line = " ".join(cell.split())
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[: _LONGEST_EXAMPLE - 1]}…"
