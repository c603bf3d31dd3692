"""Forms of this room: their fields, how what was sent is read, and the sentence for each fault."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from torg.experience import TAXONOMY
from torg.locale import LANGUAGES, message, own_name
from torg.site.experience.content import WENT, Content

MOST_LINKS = 5
_LONGEST_LINK = 300
_ADDRESS = re.compile(r"[^@\s<>\"',;:()]{1,64}@[^@\s<>\"',;:()]+\.[^@\s<>\"',;:()]{2,}")
_TAG = re.compile(r"\w{2,50}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

EMPTY = message("Write something here.")
LONG = message("This is longer than it may be: shorten it.")
CHOOSE = message("Choose one of the list.")
NUMBER = message("Write a whole number from 0 to 100,000.")
DAY = message("Write a day as year-month-day: 2026-03-01.")
BEFORE = message("It cannot end before it begins.")
LINK = message("Write whole addresses that begin with https://, one on each line, five at most.")
ADDRESS = message("Write an e-mail address, such as post@municipality.example.")
TAG = message("Write one word of letters and figures, without blanks.")
NO_NAMES = message("Write no names of persons.")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `kind` says how it is drawn and read."""

    name: str
    label: str
    kind: str = "line"
    help: str = ""
    needed: bool = False
    longest: int = 150
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """What was sent: values as they are kept, and the sentence for each field that is wrong."""

    values: Mapping[str, Any]
    wrong: Mapping[str, str]


class Wrong(ValueError):
    """A field that cannot be read so; its words are a marked sentence."""


_TONGUES = {name: own_name(name) for name in LANGUAGES}

EXPERIENCE = (
    Field(name="title", label=message("Title"), longest=120),
    Field(name="area", label=message("Area of use"), kind="choice", choices=TAXONOMY.areas),
    Field(name="group", label=message("Target group"), kind="choice", choices=TAXONOMY.groups),
    Field(name="channel", label=message("Channel"), kind="choice", choices=TAXONOMY.channels),
    Field(name="service", label=message("Service"), kind="choice", choices=TAXONOMY.services),
    Field(name="begins", label=message("It began on"), kind="day"),
    Field(
        name="ends", label=message("It ended on"), kind="day",
        help=message("Leave it empty while it goes on."),
    ),
    Field(
        name="hours", label=message("Working hours that it cost"), kind="number",
        help=message("All of it together, as well as you know."),
    ),
    Field(
        name="tried", label=message("What we tried"), kind="text", longest=3000, help=NO_NAMES
    ),
    Field(name="went", label=message("How it went"), kind="choice", choices=WENT),
    Field(
        name="happened", label=message("What happened, in our own words"), kind="text",
        longest=6000, help=NO_NAMES,
    ),
    Field(
        name="measures", label=message("What should be shown of the weeks before and after"),
        kind="several", choices=TAXONOMY.measures,
        help=message("Where nothing is chosen, the measures of the area are shown."),
    ),
    Field(
        name="links", label=message("Links"), kind="links", longest=2000,
        help=message("One on each line, five at most, each beginning with https://."),
    ),
    Field(
        name="contact", label=message("Whom others can write to"), kind="address",
        help=message("The address of a role, such as that of the registry; not of a person."),
    ),
    Field(
        name="contact_is_public", label=message("Everybody may see this address"), kind="tick",
        help=message("Otherwise only municipalities that are signed in see it."),
    ),
    Field(
        name="language", label=message("Language that it is written in"), kind="choice",
        choices=_TONGUES, needed=True,
    ),
)  # fmt: skip

REQUEST = (
    Field(name="title", label=message("What do you want to know?"), needed=True, longest=150),
    Field(
        name="text", label=message("Tell more"), kind="text", needed=True, longest=3000,
        help=NO_NAMES,
    ),
    Field(
        name="area", label=message("Area of use"), kind="choice", choices=TAXONOMY.areas,
        needed=True,
    ),
    Field(name="group", label=message("Target group"), kind="choice", choices=TAXONOMY.groups),
    Field(
        name="language", label=message("Language that it is written in"), kind="choice",
        choices=_TONGUES, needed=True,
    ),
)  # fmt: skip

CAMPAIGN = (
    Field(name="title", label=message("Title"), needed=True, longest=120),
    Field(
        name="tag", label=message("Common tag"), kind="tag", needed=True,
        help=message("One word, the same in all posts; the sign # is not needed."),
    ),
    Field(name="begins", label=message("It begins on"), kind="day", needed=True),
    Field(name="ends", label=message("It ends on"), kind="day", needed=True),
    Field(
        name="text", label=message("What it is about, and how to take part"), kind="text",
        needed=True, longest=3000, help=NO_NAMES,
    ),
    Field(
        name="language", label=message("Language that it is written in"), kind="choice",
        choices=_TONGUES, needed=True,
    ),
)  # fmt: skip

QUESTION = (
    Field(
        name="text", label=message("Your question"), kind="text", needed=True, longest=1500,
        help=NO_NAMES,
    ),
)  # fmt: skip
ANSWER = (
    Field(
        name="text", label=message("Your answer"), kind="text", needed=True, longest=6000,
        help=NO_NAMES,
    ),
)  # fmt: skip
WHY = (Field(name="text", label=message("Why?"), kind="text", needed=True, longest=1500),)
AGENCY = (Field(name="name", label=message("Name of the agency or ministry"), needed=True),)


def read(fields: Sequence[Field], sent: Any) -> Filled:  # noqa: ANN401 -- Django's QueryDict
    """Read what was sent. What is wrong is kept as it was written, with a sentence."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for each in fields:
        written = sent.getlist(each.name)
        try:
            values[each.name] = _read_one(each, [_CONTROL.sub("", one) for one in written])
        except Wrong as fault:
            values[each.name], wrong[each.name] = written[0] if written else "", str(fault)
    if not wrong and _ends_too_early(values):
        wrong["ends"] = BEFORE
    return Filled(values, wrong)


def content_of(filled: Filled) -> Content:
    """What an author's form says."""
    return Content(**filled.values)


def written(content: Content) -> Mapping[str, Any]:
    """An author's content as its form shows it."""
    return {each.name: getattr(content, each.name) for each in EXPERIENCE}


def _read_one(each: Field, written: Sequence[str]) -> Any:  # noqa: ANN401 -- as the kind says
    value = written[0].strip().replace("\r\n", "\n") if written else ""
    if each.needed and not value:
        raise Wrong(CHOOSE if each.kind == "choice" else EMPTY)
    if len(value) > each.longest:
        raise Wrong(LONG)
    return _READERS[each.kind](each, value, written)


def _choice(each: Field, value: str) -> str:
    if value and value not in each.choices:
        raise Wrong(CHOOSE)
    return value


def _number(value: str) -> int | None:
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or int(value) > 100_000:
        raise Wrong(NUMBER)
    return int(value)


def _day(value: str) -> dt.date | None:
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        raise Wrong(DAY) from None
    if not 2000 <= day.year <= 2100:
        raise Wrong(DAY)
    return day


def _links(value: str) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(line.strip() for line in value.split("\n") if line.strip()))
    if len(lines) > MOST_LINKS or not all(map(is_safe_link, lines)):
        raise Wrong(LINK)
    return lines


def is_safe_link(text: str) -> bool:
    """Whether it is a whole https address of a named host, without a user or blanks in it."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_plain = not re.search(r"[\s\"'<>\\`]", text) and "@" not in parts.netloc
    return parts.scheme == "https" and "." in host and is_plain and len(text) <= _LONGEST_LINK


def _address(value: str) -> str:
    if value and not _ADDRESS.fullmatch(value):
        raise Wrong(ADDRESS)
    return value


def _tag(value: str) -> str:
    tag = value.removeprefix("#")
    if not _TAG.fullmatch(tag):
        raise Wrong(TAG)
    return tag


def _several(each: Field, written: Sequence[str]) -> tuple[str, ...]:
    if not set(written) <= set(each.choices):
        raise Wrong(CHOOSE)
    return tuple(name for name in each.choices if name in written)


def _ends_too_early(values: Mapping[str, Any]) -> bool:
    begins, ends = values.get("begins"), values.get("ends")
    return bool(begins and ends and ends < begins)


_READERS: Mapping[str, Callable[[Field, str, Sequence[str]], Any]] = {
    "line": lambda each, value, written: " ".join(value.split()),
    "text": lambda each, value, written: value,
    "choice": lambda each, value, written: _choice(each, value),
    "several": lambda each, value, written: _several(each, written),
    "number": lambda each, value, written: _number(value),
    "day": lambda each, value, written: _day(value),
    "links": lambda each, value, written: _links(value),
    "address": lambda each, value, written: _address(value),
    "tag": lambda each, value, written: _tag(value),
    "tick": lambda each, value, written: bool(value),
}
