"""Whether a value can be an answer to an item, and if not, why."""

import re

from torg.survey.questionnaire.model import DONT_KNOW, Item

LONGEST_TEXT = 10_000  # characters: some four pages, more than any answer and less than a mistake

_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
_WITH_COMMA = re.compile(r"-?\d[\d ]*,\d+")


def fault_of(item: Item, value: str) -> str | None:
    """Why `value` cannot be an answer to the item, with the remedy; None where it can.

    A code as it is offered, a number in decimal form ("12.5"), or a text. A blank is no answer.
    """
    if not value.strip():
        return "a blank is no answer: leave it out."
    if value == DONT_KNOW and item.question.allows_dont_know:
        return None
    if item.is_number:
        return _fault_of_number(item, value)
    if item.codes:
        return _fault_of_code(item, value)
    return _fault_of_text(value)


def _fault_of_code(item: Item, value: str) -> str | None:
    if value in item.codes:
        return None
    return f"'{_short(value)}' is not among the answers: {', '.join(item.codes)}."


def _fault_of_number(item: Item, value: str) -> str | None:
    if _WITH_COMMA.fullmatch(value):
        return f"'{_short(value)}' has a comma: write {value.replace(',', '.').replace(' ', '')}."
    if not _DECIMAL.fullmatch(value):
        return f"'{_short(value)}' is no number: write digits, with a point before decimals."
    low, high = item.question.low, item.question.high
    if low is not None and float(value) < low:
        return f"{value} is too little: the least is {low:g}."
    if high is not None and float(value) > high:
        return f"{value} is too much: the most is {high:g}."
    return None


def _fault_of_text(value: str) -> str | None:
    if len(value) > LONGEST_TEXT:
        return f"this is {len(value)} characters long: {LONGEST_TEXT} are the most, so shorten it."
    if "\0" in value:
        return "this holds a character that is no text: take it out."
    return None


def _short(value: str) -> str:
    return value if len(value) <= 40 else f"{value[:39]}…"
