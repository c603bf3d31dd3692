"""Teaching Torg the header names of a file: a conversation, one column after the other.

A `Lesson` is a value. `question` is what to ask next, `answered` is the lesson after the answer,
`taught` is what has been learnt by then. Who asks, and where, is no matter of this module: a
terminal and a web page hold the same conversation.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from torg.collect.formats import FORMATS, Format
from torg.collect.proposing import Column, proposed_field, proposed_format
from torg.collect.reading.faults import blanked
from torg.collect.reading.headers import Columns, Head, extended, places, plain, read_aliases
from torg.collect.reading.rows_of import heads_of, parts_of
from torg.collect.reading.table import Layout, Rows
from torg.errors import FileRefused, UserError

LEAVE_OUT = "-"  # the answer: the column is none of these
DONE = "done"  # the answer: neither is any that follows
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
    """What to ask: of a column, or (`column` is None) which format the file has."""

    column: str | None
    examples: tuple[str, ...]  # cells of it, or their shapes where they may be personal
    choices: tuple[Choice, ...]
    proposed: str  # the answer that is probably right


@dataclass(frozen=True)
class Lesson:
    """How far the conversation has come."""

    columns: tuple[Column, ...]
    format: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)  # column -> field, or LEAVE_OUT
    learnt: Mapping[str, Columns] = field(default_factory=dict)  # before, by format: proposed again

    def __post_init__(self) -> None:
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))

    @property
    def question(self) -> Question | None:
        """What to ask next; None at the end."""
        if self.format is None:
            return _which_format(self)
        column = next(iter(self._open()), None)
        return None if column is None else _which_field(self, column)

    def answered(self, answer: str) -> "Lesson":
        """The lesson after the answer to its question. Raises `UserError` where it is none."""
        question, given = self.question, answer.strip()
        if question is None:
            raise UserError("all columns have been asked about.")
        if given not in {choice.answer for choice in question.choices}:
            raise UserError(f"'{given}' is none of the answers: give one of those listed.")
        if question.column is None:
            return replace(self, format=given)
        if given == DONE:
            rest = {column.name: LEAVE_OUT for column in self._open()}
            return replace(self, answers={**self.answers, **rest})
        return replace(self, answers={**self.answers, question.column: given})

    @property
    def taught(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The names that were taught, by format and field."""
        told: dict[str, tuple[str, ...]] = {}
        for name, meant in self.answers.items():
            if meant != LEAVE_OUT:
                told[meant] = (*told.get(meant, ()), name)
        return {self.format: told} if self.format is not None and told else {}

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that every such file must have and no column is known to hold."""
        if self.format is None:
            return ()
        return tuple(sorted(FORMATS[self.format].required - self.taken))

    @property
    def taken(self) -> frozenset[str]:
        """The fields that a column is known to hold."""
        return frozenset({*self._known(), *self.answers.values()})

    def _known(self) -> Mapping[str, tuple[int, ...]]:
        names = [column.name for column in self.columns]
        return places(names, _format(self).columns)

    def _open(self) -> list[Column]:
        """The columns that are neither known by their names nor answered."""
        known = {place for places_ in self._known().values() for place in places_}
        return [
            column
            for place, column in enumerate(self.columns)
            if place not in known and column.name and column.name not in self.answers
        ]


def lesson_on(path: Path, *, format_: str | None = None, learnt: Path | None = None) -> Lesson:
    """The beginning of a lesson on a file; with `format_` it is not asked for.

    `learnt` is the file of former lessons, which need not exist. Raises `FileRefused` where the
    file cannot be read or there is no such format.
    """
    if format_ is not None and format_ not in _teachable():
        raise FileRefused(f"there is no format '{format_}' whose columns could be taught")
    head = max(heads_of(path), key=lambda head: len(head.header))
    known = read_aliases(learnt) if learnt is not None and learnt.exists() else {}
    return Lesson(_columns(path, head), format_, learnt=known)


def remember(path: Path, taught: Mapping[str, Columns]) -> None:
    """Add what was taught to the file at `path`; a name taught anew leaves its former field."""
    known: dict[str, dict[str, tuple[str, ...]]] = read_aliases(path) if path.exists() else {}
    for name, columns in taught.items():
        known[name] = _amended(known.get(name, {}), columns)
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(_as_toml(known), encoding="utf-8")
    draft.replace(path)  # whole or not at all


def _amended(columns: Columns, more: Columns) -> dict[str, tuple[str, ...]]:
    anew = {plain(name) for names in more.values() for name in names}
    kept = {
        field: tuple(name for name in names if plain(name) not in anew)
        for field, names in columns.items()
    }
    fields = dict.fromkeys([*kept, *more])
    joined = {field: (*kept.get(field, ()), *more.get(field, ())) for field in fields}
    return {field: names for field, names in joined.items() if names}


def _as_toml(tables: Mapping[str, Columns]) -> str:
    lines = [
        "# Header names that this study was taught, used on every import. 'torg import --teach'",
        "# adds to them; a name that is wrong may be mended or taken out here.",
    ]
    for name in sorted(tables):
        lines += ["", f"[{name}]"]
        lines += [
            f"{field} = [{', '.join(json.dumps(header, ensure_ascii=False) for header in names)}]"
            for field, names in tables[name].items()
        ]
    return "\n".join(lines) + "\n"


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
    return tuple(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))[:EXAMPLES]


def _teachable() -> dict[str, Format]:
    """The formats that are read by their columns."""
    return {name: format_ for name, format_ in FORMATS.items() if format_.read is not None}


def _format(lesson: Lesson) -> Format:
    return FORMATS[str(lesson.format)]


def _which_format(lesson: Lesson) -> Question:
    formats = {name: _extended(format_, lesson) for name, format_ in _teachable().items()}
    choices = tuple(Choice(name, format_.title) for name, format_ in formats.items())
    return Question(None, (), choices, proposed_format(lesson.columns, formats))


def _extended(format_: Format, lesson: Lesson) -> Format:
    """The format with the names that were learnt before, which are the likeliest proposals."""
    learnt = lesson.learnt.get(format_.name, {})
    return replace(format_, columns=extended(format_.columns, learnt))


def _which_field(lesson: Lesson, column: Column) -> Question:
    format_ = _format(lesson)
    fields = (
        Choice(field, f"as '{names[0]}'{_required(field, format_)}")
        for field, names in format_.columns.items()
    )
    ends = (Choice(LEAVE_OUT, "none of these"), Choice(DONE, "none, and no further column either"))
    proposed = proposed_field(column, _extended(format_, lesson), taken=lesson.taken)
    examples = tuple(_shown(cell, is_personal=bool(format_.personal)) for cell in column.cells)
    return Question(column.name, examples, (*fields, *ends), proposed or LEAVE_OUT)


def _required(field: str, format_: Format) -> str:
    return " (needed)" if field in format_.required else ""


def _shown(cell: str, *, is_personal: bool) -> str:
    """The cell, cut short; in files about citizens its shape, unless it can be nothing personal."""
    if is_personal and not blanked(cell):
        letters, digits = _LETTERS
        cell = digits.sub("0", letters.sub("a", cell))
    line = " ".join(cell.split())
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[: _LONGEST_EXAMPLE - 1]}…"
