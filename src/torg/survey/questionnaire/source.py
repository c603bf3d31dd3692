"""questionnaire.toml as it is written: its tables one by one, each with its place in the file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from torg.errors import SurveyError
from torg.survey.questionnaire import lines as places
from torg.survey.questionnaire.shape import (
    CODE,
    FRAME,
    LANGUAGE,
    NAME,
    WORD,
    OptionTable,
    QuestionTable,
    Table,
    TopTable,
    WaveTable,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T", bound=Table)

HELP = "docs/reference/questionnaire.md has all keys"


@dataclass(frozen=True, order=True)
class Fault:
    """Something in questionnaire.toml that cannot be, with the line, counted from 1."""

    line: int
    message: str


@dataclass(frozen=True)
class Placed(Generic[T]):
    """A table with its place. `ready`: the ready questionnaire that it comes from, or ""."""

    table: T
    path: places.Path
    ready: str = ""


@dataclass(frozen=True)
class Source:
    """One file: what could be read of it, and the faults of what could not."""

    lines: Mapping[places.Path, int]
    top: TopTable
    waves: tuple[Placed[WaveTable], ...]
    questions: tuple[Placed[QuestionTable], ...]
    faults: tuple[Fault, ...]
    unread: frozenset[str] = frozenset()  # ids of tables that have faults
    is_whole: bool = True  # whether what is not here is lacking, rather than hidden by a fault


def source_of(path: Path) -> Source:
    """Read the file. Raises SurveyError where there is none; all else becomes faults."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SurveyError(
            f"{path} cannot be read ({error.strerror}): write a questionnaire there, or say where "
            "it lies."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return _unreadable(Fault(line, "this is not UTF-8 text: save the file as UTF-8."))
    try:
        return _Reading(tomllib.loads(text), places.lines_of(text)).source()
    except tomllib.TOMLDecodeError as error:
        return _unreadable(_syntax_fault(str(error), text))
    except RecursionError:
        return _unreadable(Fault(1, "brackets lie in brackets too deep to be read: mend them."))


def _unreadable(fault: Fault) -> Source:
    return Source({}, TopTable(), (), (), (fault,), is_whole=False)


def _syntax_fault(said: str, text: str) -> Fault:
    """The parser's words, with the line that it names at the end."""
    what, _, where = said.rpartition(" (at ")
    digits = where.removeprefix("line ").split(",")[0]
    line = int(digits) if digits.isdigit() else text.count("\n") + 1
    return Fault(line, f"this is not TOML: {what or said}. Mend the line.")


class _Reading:
    """Each table checked by itself, and the faults gathered."""

    def __init__(self, data: dict[str, Any], lines: Mapping[places.Path, int]) -> None:
        self.data, self.lines = data, lines
        self.faults: list[Fault] = []

    def source(self) -> Source:
        waves, questions = self.tables("wave", WaveTable), self.tables("question", QuestionTable)
        read = {each.path for each in waves} | {each.path for each in questions}
        return Source(
            self.lines, self.top(), waves, questions, tuple(self.faults), self.unread(read)
        )

    def top(self) -> TopTable:
        """The keys above the first table, without those that have faults."""
        data = {**self.data, "wave": (), "question": ()}
        while True:
            top = self.checked(TopTable, data, ())
            if top is not None:
                return top
            data = {key: value for key, value in data.items() if self.is_fit(key, value)}

    def is_fit(self, key: str, value: object) -> bool:
        return _validated(TopTable, {key: value})[0] is not None

    def tables(self, name: str, shape: type[T]) -> tuple[Placed[T], ...]:
        found = self.data.get(name, [])
        if not isinstance(found, list):
            self.fault((name,), f"write [[{name}]] with two brackets, once for each {name}.")
            return ()
        checked = ((self.checked(shape, each, (name, n)), n) for n, each in enumerate(found))
        return tuple(Placed(table, (name, n)) for table, n in checked if table is not None)

    def checked(self, shape: type[T], value: object, path: places.Path) -> T | None:
        table, faults = _validated(shape, value)
        for fault in faults:
            self.fault((*path, *fault["loc"]), _said(shape, fault))
        return table

    def fault(self, path: places.Path, message: str) -> None:
        self.faults.append(Fault(places.line_at(self.lines, path), message))

    def unread(self, read: set[places.Path]) -> frozenset[str]:
        return frozenset(
            str(table["id"])
            for name in ("wave", "question")
            for n, table in _dicts(self.data.get(name))
            if (name, n) not in read and "id" in table
        )


def _dicts(found: object) -> Iterator[tuple[int, dict[str, Any]]]:
    for n, each in enumerate(found if isinstance(found, list) else ()):
        if isinstance(each, dict):
            yield n, each


def _validated(shape: type[T], value: object) -> tuple[T | None, "list[ErrorDetails]"]:
    try:
        return shape.model_validate(value), []
    except ValidationError as error:
        return None, error.errors()


def meant(word: str, among: Mapping[str, object] | list[str] | tuple[str, ...]) -> str:
    """'; did you mean ...?' where something like the word is there, else what is there."""
    near = get_close_matches(word, among, n=1)
    if near:
        return f"; did you mean '{near[0]}'?"
    return f": write one of {', '.join(among)}." if among else "."


_KINDS_OF_VALUE = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "float_type": "a number",
    "date_type": "a date without quotes, as 2026-01-15",
    "dict_type": 'a text, or a text for each language as { sv = "..", fi = ".." }',
    "tuple_type": "a list in square brackets",
    "model_type": "a table",
    "no_text": "a text that is not empty and has no control characters",
    "too_short": "something: it is empty",
    "finite_number": "a finite number",
}

_WRITTEN = {
    WORD: "small letters, digits, - and _, beginning with a letter",
    CODE: "small letters, digits, - and _",
    NAME: "letters, digits, - and _",
    FRAME: "all, top:30 or answered:2025",
    LANGUAGE: "a language as 'sv', or with its country as 'sv-FI'",
}


def _said(shape: type[Table], fault: "ErrorDetails") -> str:
    """A fault as a sentence with its remedy."""
    key = ".".join(str(step) for step in fault["loc"]) or "this"
    if fault["type"] == "extra_forbidden":
        name, keys = str(fault["loc"][-1]), _keys(shape, fault)
        return f"no key is called '{name}'{meant(name, keys)}"
    if fault["type"] == "missing":
        return f"'{key}' must be there; {HELP}."
    if fault["type"] == "string_pattern_mismatch":
        rule = _WRITTEN[fault["ctx"]["pattern"]]
        return f"{key} is '{fault['input']}' and must be written so: {rule}."
    if fault["type"] == "literal_error":
        allowed = [word.strip("' ") for word in fault["ctx"]["expected"].split(" or ")]
        offered = [part.strip("' ") for word in allowed for part in word.split(",")]
        return f"{key} cannot be {fault['input']!r}{meant(str(fault['input']), offered)}"
    wanted = _KINDS_OF_VALUE.get(fault["type"])
    return f"{key} must be {wanted}." if wanted else f"{key}: {fault['msg']}; {HELP}."


def _keys(shape: type[Table], fault: "ErrorDetails") -> tuple[str, ...]:
    in_option = shape is not TopTable and len(fault["loc"]) > 1
    of = OptionTable if in_option or fault["loc"][0] == "lists" else shape
    return tuple(of.model_fields)
