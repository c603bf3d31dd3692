"""What may stand in questionnaire.toml: its tables and keys; their texts are the reference.

Each table is looked at by itself, so that a fault in one hides none in another.
"""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
)
from pydantic_core import PydanticCustomError

from torg.survey.questionnaire.model import Disclosure, Kind, Mode, UnitKind

# Besides control characters, what XML cannot hold.
_UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")

EVERY = "*"  # stands for every language: a text that is the same in all, as a product's name

LONGEST_ID = 50  # files are named after ids, and file systems stop at 255 signs
WORD = r"^[a-z][a-z0-9_-]*$"
CODE = r"^[a-z0-9][a-z0-9_-]*$"
NAME = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
FRAME = r"^(all|top:[1-9]\d{0,4}|answered:[A-Za-z0-9][A-Za-z0-9_-]*)$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z]{2})?$"


def _texts(value: object) -> object:
    return {EVERY: value} if isinstance(value, str) else value


def _options(value: object) -> object:
    """A list's name, a table `id = text`, or an array of options, in one form."""
    if isinstance(value, str):
        return {"named": value}
    if isinstance(value, dict):
        return {"options": [{"id": id_, "text": text} for id_, text in value.items()]}
    return {"options": value}


def _date(value: object) -> object:
    """Only a date as TOML writes it: not a moment, and not a text."""
    return value if type(value) is dt.date else str(value)


def _readable(text: str) -> str:
    """What can be shown, printed and stored: no control characters but ends of lines and tabs."""
    if not text.strip() or _UNREADABLE.search(text):
        raise PydanticCustomError("no_text", "no text")
    return text


Text = Annotated[StrictStr, AfterValidator(_readable)]
Texts = Annotated[dict[str, Text], BeforeValidator(_texts), Field(min_length=1)]
Day = Annotated[dt.date, Field(strict=True), BeforeValidator(_date)]
Number = Annotated[float, Field(strict=True)]


class Table(BaseModel):
    """A table of questionnaire.toml: frozen, and without a key that nobody knows."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False
    )


class OptionTable(Table):
    """One of the answers that are offered, or one row or column of a matrix."""

    id: Annotated[StrictStr, Field(pattern=CODE, max_length=LONGEST_ID)]
    """What is stored: small letters, digits, - and _; never changed once somebody has answered."""
    text: Texts
    """What the respondent reads."""


class Offered(Table):
    """Options written out, or the name of a list of them."""

    named: StrictStr | None = None
    options: tuple[OptionTable, ...] = ()


Options = Annotated[Offered, BeforeValidator(_options)]


class WaveTable(Table):
    """One edition of the survey."""

    id: Annotated[StrictStr, Field(pattern=NAME, max_length=LONGEST_ID)]
    """What the edition is called in every table: `"2026"`."""
    opens: Day
    """The first day on which it can be answered: `2026-01-15`, without quotes."""
    closes: Day
    """The last day."""
    frame_date: Day | None = None
    """The day whose municipalities are asked; without it, the day on which the wave opens."""
    frame: Annotated[StrictStr, Field(pattern=FRAME)] = "all"
    """Of the units of that day, `all`; the best thirty of the study's ranking, as `top:30`; or
    those that answered an earlier wave, as `answered:2025`."""
    mode: Mode = "questionnaire"
    """`questionnaire`: the units answer; `observation`: observers look and score."""
    title: Texts | None = None
    """What the edition is called where people read it."""


class QuestionTable(Table):
    """A question. Its id stays over the waves: that makes the trend."""

    id: Annotated[StrictStr, Field(pattern=WORD, max_length=LONGEST_ID)]
    """Small letters, digits, - and _, beginning with a letter."""
    kind: Kind
    """`one` of the options, `many` of them, `planned` (yes, planned, no), a `scale`, a `number`,
    a `text`, or a `matrix` of rows and columns."""
    text: Texts
    """What is asked, in each language of the questionnaire."""
    help: Texts | None = None
    """What stands below it in small letters."""
    options: Options | None = None
    """What is offered: `[{ id = "a", text = { .. } }, ..]`, or the name of one of the `[lists]`.
    Of a matrix, what is offered in each cell; without them a cell is ticked or not."""
    rows: Options | None = None
    """Of a matrix; written as `options` are."""
    columns: Options | None = None
    """Of a matrix; written as `options` are."""
    dont_know: StrictBool = False
    """Whether "don't know" is offered too; it is an answer, and counted as one."""
    shown_if: StrictStr | None = None
    """Asked only where an earlier item was answered so: `"channels.facebook = yes"`; several codes
    as `"leader = yes|planned"`."""
    disclosure: Disclosure = "aggregate"
    """`public`: a fact that anybody may see of each unit; `aggregate`: shown for groups only."""
    waves: tuple[StrictStr, ...] = ()
    """The waves that ask it; without them all do. Not asked is not no."""
    units: Annotated[tuple[UnitKind, ...], Field(min_length=1)] = ("municipality", "county")
    """Who is asked: `municipality`, `county`, or both."""
    prefill: StrictStr | None = None
    """What of the register is filled in beforehand, to be confirmed: `"channel:facebook"` (yes
    where the register has one, and nothing where it has none), `"channel"` (of a `many` whose
    options are platforms), `"population"` (of a `number`)."""
    required: StrictBool = False
    """Whether the form is incomplete without it."""
    low: Number | None = None
    """The least that a number can be."""
    high: Number | None = None
    """The most that a number can be."""
    break_at: tuple[StrictStr, ...] = ()
    """Waves from which on its wording no longer compares with before."""


class TopTable(Table):
    """What stands above the first table."""

    ready: StrictStr | None = None
    """The name of a ready questionnaire to begin with. Own waves take the place of its waves, and a
    new one asks all its questions that a wave of the same mode asked; own questions come after its
    questions, or take the place of the one with their id."""
    id: Annotated[StrictStr, Field(pattern=NAME, max_length=LONGEST_ID)] | None = None
    """What the questionnaire is called in files; the ready one's where there is one."""
    title: Texts | None = None
    """What it is called where people read it."""
    introduction: Texts | None = None
    """What stands before the first question."""
    languages: tuple[Annotated[StrictStr, Field(pattern=LANGUAGE)], ...] | None = None
    """In which every text must be there: `["sv-FI", "fi"]`. A text in `sv` serves `sv-FI` too."""
    lists: dict[Annotated[str, Field(pattern=CODE, max_length=LONGEST_ID)], Options] = {}
    """Options that several questions share: `[lists.platforms]` with lines `facebook = "Facebook"`
    or `other = { sv = "annan", fi = "muu" }`."""
    wave: tuple[Any, ...] = ()
    """The waves, each a table `[[wave]]`."""
    question: tuple[Any, ...] = ()
    """The questions, each a table `[[question]]`, in the order in which they are asked."""
