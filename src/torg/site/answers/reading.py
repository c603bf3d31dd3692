"""What was sent from a question's page, read: values for its items, or why it cannot be one.

A field is called as its item, and `alone` are the boxes that stand for all of them: "don't know",
and "none of these".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from torg.locale import message
from torg.survey.questionnaire import (
    DONT_KNOW,
    LONGEST_TEXT,
    NO,
    YES,
    Item,
    Question,
    items_of,
)

ALONE, NONE = "alone", "none"

Typed = Mapping[str, Sequence[str]]  # the name of a field -> what was sent under it
Values = Mapping[str, str | None]

BOTH = message("You answered, and also ticked the box that says otherwise: take one of them away.")
NOT_OFFERED = message("Choose one of the answers that are offered.")
NO_NUMBER = message("This is no number: write it with digits, as 12 or 12.5.")
THOUSANDS = message("Write the number without a point or comma between the thousands, as 1200.")
TOO_LITTLE = message("This is too little: the least is %(low)s.")
TOO_MUCH = message("This is too much: the most is %(high)s.")
TOO_LONG = message("This is too long: %(most)s characters are the most, and it has %(n)s.")
NO_TEXT = message("This holds a character that is no text: take it out.")

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_PERHAPS_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}([.,][0-9]{3})+")


@dataclass(frozen=True)
class Wrong:
    """Why something cannot be an answer: a sentence, and what stands in it."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a page says, None for an item that it leaves without answer; or what is wrong."""

    values: Values = field(default_factory=dict)
    wrong: Mapping[str, Wrong] = field(default_factory=dict)


def read(question: Question, typed: Typed, *, known: Mapping[str, str], is_whole: bool) -> Read:
    """Read the page of a question.

    `known` is what was answered before. `is_whole`: the respondent has left the page, so a box
    that stands empty beside a ticked one says no; before that it may still be ticked.
    """
    return _READERS[question.kind](_Page(question, typed, known, is_whole))


def typed_of(question: Question, values: Mapping[str, str]) -> Typed:
    """What a page would hold that says these values."""
    items = items_of(question)
    said = {item.id: (values[item.id],) for item in items if item.id in values}
    if question.is_ticked or question.kind == "number":
        return said | _alone(question, items, values)
    return said


def offers_none(question: Question) -> bool:
    """Whether the page needs a box "none of these": nothing else says so."""
    return question.is_ticked and not any(each.id == NONE for each in question.options)


def _alone(
    question: Question, items: Sequence[Item], values: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    said = {values.get(item.id) for item in items}
    if said == {DONT_KNOW}:
        return {ALONE: (DONT_KNOW,)}
    return {ALONE: (NONE,)} if said == {NO} and offers_none(question) else {}


@dataclass(frozen=True)
class _Page:
    """A question, and what was sent for it."""

    question: Question
    typed: Typed
    known: Mapping[str, str]
    is_whole: bool

    @property
    def items(self) -> tuple[Item, ...]:
        return items_of(self.question)

    @property
    def alone(self) -> tuple[str, ...]:
        allowed = {DONT_KNOW: self.question.allows_dont_know, NONE: offers_none(self.question)}
        return tuple(each for each in self.typed.get(ALONE, ()) if allowed.get(each))

    def of(self, name: str) -> str:
        """The one thing that was sent under a name; "" where nothing was."""
        return next(iter(self.typed.get(name, ())), "")


def _chosen(page: _Page) -> Read:
    """One answer of several, or none yet: what was chosen before is not taken back so."""
    (item,) = page.items
    code = page.of(item.id)
    if not code:
        return Read()
    return Read(values={item.id: code}) if code in item.codes else _at(item.id, Wrong(NOT_OFFERED))


def _ticked(page: _Page) -> Read:
    """Boxes: those that are ticked say yes."""
    ticked = {item.id for item in page.items if page.of(item.id)}
    if page.alone and (ticked or len(page.alone) > 1):
        return _at(page.question.id, Wrong(BOTH))
    if page.alone:
        code = DONT_KNOW if page.alone == (DONT_KNOW,) else NO
        return Read(values={item.id: code for item in page.items})
    return Read(
        values={
            item.id: YES if item.id in ticked else _empty(item, page, has_ticked=bool(ticked))
            for item in page.items
            if item.id in ticked or page.is_whole or item.id in page.known
        }
    )


def _empty(item: Item, page: _Page, *, has_ticked: bool) -> str | None:
    """What an empty box says: no beside a ticked one, else nothing."""
    return NO if has_ticked and (page.is_whole or item.id in page.known) else None


def _cells(page: _Page) -> Read:
    """A matrix: boxes, or an answer to choose in each cell; a cell left blank has none."""
    if page.question.is_ticked:
        return _ticked(page)
    sent = {item: page.of(item.id) for item in page.items}
    wrong = {
        item.id: Wrong(NOT_OFFERED)
        for item, code in sent.items()
        if code and code not in item.codes
    }
    return Read(values={item.id: code or None for item, code in sent.items()}, wrong=wrong)


def _number(page: _Page) -> Read:
    (item,) = page.items
    text = re.sub(r"\s", "", page.of(item.id)).replace("−", "-")
    if page.alone:
        return _at(item.id, Wrong(BOTH)) if text else Read(values={item.id: DONT_KNOW})
    if not text:
        return Read(values={item.id: None})
    value = text.replace(",", ".")
    wrong = _wrong_number(page.question, text, value)
    return _at(item.id, wrong) if wrong else Read(values={item.id: value})


def _wrong_number(question: Question, text: str, value: str) -> Wrong | None:
    if _PERHAPS_THOUSANDS.fullmatch(text):  # 1.200 is a thousand in one country, one in another
        return Wrong(THOUSANDS)
    if not _DECIMAL.fullmatch(value):
        return Wrong(NO_NUMBER)
    if question.low is not None and float(value) < question.low:
        return Wrong(TOO_LITTLE, {"low": written_out(question.low)})
    if question.high is not None and float(value) > question.high:
        return Wrong(TOO_MUCH, {"high": written_out(question.high)})
    return None


def written_out(number: float) -> str:
    """A number in digits, as it is typed: without an exponent, or signs between the thousands."""
    return f"{number:.15g}"


def _text(page: _Page) -> Read:
    (item,) = page.items
    text = page.of(item.id).replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        return _at(item.id, Wrong(TOO_LONG, {"most": LONGEST_TEXT, "n": len(text)}))
    return _at(item.id, Wrong(NO_TEXT)) if "\0" in text else Read(values={item.id: text or None})


def _at(name: str, wrong: Wrong) -> Read:
    return Read(wrong={name: wrong})


_READERS: Mapping[str, Callable[[_Page], Read]] = {
    "one": _chosen,
    "planned": _chosen,
    "scale": _chosen,
    "many": _ticked,
    "matrix": _cells,
    "number": _number,
    "text": _text,
}
