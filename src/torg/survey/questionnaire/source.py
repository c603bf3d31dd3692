"""questionnaire.toml as it is written: its tables one by one, each with its place in the file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import ValidationError

from torg.errors import SurveyError
from torg.survey.questionnaire import lines as places
from torg.survey.questionnaire.saying import said
from torg.survey.questionnaire.shape import QuestionTable, Table, TopTable, WaveTable

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

T = TypeVar("T", bound=Table)


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
    unread: frozenset[str] = frozenset()  # keys, and ids of tables, that have faults
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
        data, lines = tomllib.loads(text), places.lines_of(text)
    except tomllib.TOMLDecodeError as error:
        return _unreadable(_syntax_fault(str(error), text))
    except ValueError:  # Python's own bound on the digits of a whole number
        return _unreadable(Fault(1, "a number has more digits than can be read: mend it."))
    except RecursionError:
        return _unreadable(Fault(1, "brackets lie in brackets too deep to be read: mend them."))
    return _Reading(data, lines).source()


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
        self.unread: set[str] = set()

    def source(self) -> Source:
        waves, questions = self.tables("wave", WaveTable), self.tables("question", QuestionTable)
        top = self.top()
        faults, unread = tuple(self.faults), frozenset(self.unread)
        return Source(self.lines, top, waves, questions, faults, unread)

    def top(self) -> TopTable:
        """The keys above the first table, without those that have faults."""
        data = {**self.data, "wave": (), "question": ()}
        top = self.checked(TopTable, data, ())
        if top is None:
            fit = {key for key in data if _validated(TopTable, {key: data[key]})[0] is not None}
            self.unread |= set(data) - fit
            top = TopTable.model_validate({key: data[key] for key in fit})
        return top

    def tables(self, name: str, shape: type[T]) -> tuple[Placed[T], ...]:
        found = self.data.get(name, [])
        if not isinstance(found, list):
            self.fault((name,), f"write [[{name}]] with two brackets, once for each {name}.")
            self.unread.add(name)
            return ()
        checked = [(self.checked(shape, each, (name, n)), n) for n, each in enumerate(found)]
        self.unread |= {_id(found[n], name) for table, n in checked if table is None}
        return tuple(Placed(table, (name, n)) for table, n in checked if table is not None)

    def checked(self, shape: type[T], value: object, path: places.Path) -> T | None:
        table, faults = _validated(shape, value)
        for fault in faults:
            within = _written(value, fault["loc"])
            self.fault((*path, *within), said(shape, fault, within))
        return table

    def fault(self, path: places.Path, message: str) -> None:
        self.faults.append(Fault(places.line_at(self.lines, path), message))


def _id(table: object, name: str) -> str:
    return str(table.get("id", name)) if isinstance(table, dict) else name


def _written(value: object, steps: tuple[str | int, ...]) -> places.Path:
    """The steps to a fault as they are in the file, without those that only our tables have.

    A step by number into a table of options is a step to the option of that number.
    """
    path: list[str | int] = []
    for each in steps:
        step = list(value)[each] if isinstance(value, dict) and isinstance(each, int) else each
        part = _part(value, step)
        if part is not None or (isinstance(value, dict) and step not in _OURS):
            path.append(step)
            value = part
    return tuple(path)


_OURS = ("options", "text", "[key]")


def _part(value: object, step: str | int) -> object:
    """What stands there; TOML has no value that is none."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _validated(shape: type[T], value: object) -> tuple[T | None, "list[ErrorDetails]"]:
    try:
        return shape.model_validate(value), []
    except ValidationError as error:
        return None, [each for each in error.errors() if not _is_echo(each, error.errors())]


def _is_echo(fault: "ErrorDetails", others: "list[ErrorDetails]") -> bool:
    """Whether a list is called too short only because what stands in it has faults of its own."""
    at = fault["loc"]
    inner = (each for each in others if len(each["loc"]) > len(at))
    return fault["type"] == "too_short" and any(each["loc"][: len(at)] == at for each in inner)
