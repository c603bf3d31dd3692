"""What only a file's owner can know: the fields in which it is asked, and answers that can be."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import available_timezones

from torg.collect import anchor_of, channel_of
from torg.errors import SurveyError, TorgError
from torg.locale import message


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One field of the form: what is asked, and what can be answered."""

    name: str  # of the answer, as an import takes it
    label: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()  # value, label; none: it is written
    is_yes: bool = False  # a box to tick
    example: str = ""


_ASKED: Mapping[str, Asked] = {
    "timezone": Asked(
        name="timezone",
        label=message("In which time zone are the file's times?"),
        help=message("Compare the time of one post in the file with the time on the page."),
        example="Europe/Oslo",
    ),
    "zone-is-sure": Asked(
        name="zone_is_sure",
        label=message("The time zone is right, although most posts would lie in the night."),
        is_yes=True,
    ),
    "dates": Asked(
        name="dates",
        label=message("In the file's dates, does the month or the day come first?"),
        choices=(
            ("month-first", message("The month: 03/14/2024")),
            ("day-first", message("The day: 14/03/2024")),
        ),
    ),
    "decimal": Asked(
        name="decimal",
        label=message("How does the file write the sign between whole numbers and decimals?"),
        choices=(
            ("comma", message("With a comma: 1.234 is one thousand two hundred and thirty-four")),
            ("point", message("With a point: 1,234 is one thousand two hundred and thirty-four")),
        ),
    ),
    "exported-at": Asked(
        name="exported_at",
        label=message("When was the file exported?"),
        help=message("With day, hour and offset from UTC."),
        example="2024-05-13T12:00:00+02:00",
    ),
    "channel": Asked(
        name="channel",
        label=message("Which of your channels is the file of?"),
        help=message("The address of the page, as the browser shows it."),
        example="https://www.facebook.com/name",
    ),
    "anchor": Asked(
        name="anchors",
        label=message("How many followers did the channel have at the ends of the stretch?"),
        help=message("Two readings or more, with a blank between: the day and the number."),
        example="2025-07-31=5203 2025-08-31=5321",
    ),
}

LABELS: Mapping[str, str] = {each.name: each.label for each in _ASKED.values()}

_FLAG = re.compile(r"--([a-z-]+)")
_SENTENCE_END = re.compile(r"(?<=[.?])\s+|(?<=:)\s+(?=in which)")
WRONG = message("This answer cannot be read: write it as in the example.")


def fields_of(question: str) -> tuple[Asked, ...]:
    """The fields in which a question can be answered: those that it names, in their order."""
    named = dict.fromkeys(_FLAG.findall(question))
    return tuple(_ASKED[name] for name in named if name in _ASKED)


def without_flags(question: str) -> str:
    """The question without what is only for the command line."""
    kept = [part for part in _SENTENCE_END.split(question) if "--" not in part]
    return " ".join(kept)


def checked_answers(answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that can be; raises SurveyError with a sentence where one cannot."""
    known = {each.name: each for each in _ASKED.values()}
    said = {name: text.strip() for name, text in answers.items() if name in known and text.strip()}
    for name, text in said.items():
        if not _can_be(known[name], text):
            raise SurveyError(WRONG)
    return said


def _can_be(asked: Asked, text: str) -> bool:
    if asked.choices:
        return text in dict(asked.choices)
    try:
        return len(text) <= _LONGEST and _CHECKS[asked.name](text)
    except (TorgError, ValueError):
        return False


_LONGEST = 500  # characters of an answer

_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "timezone": lambda text: text in available_timezones(),
    "zone_is_sure": lambda text: text == "yes",
    "exported_at": lambda text: dt.datetime.fromisoformat(text).tzinfo is not None,
    "channel": lambda text: bool(channel_of(text)),
    "anchors": lambda text: all(map(anchor_of, text.split())),
}
