"""Whether a value can be an answer to an item, and whether a question is asked of a unit."""

import math
from collections.abc import Mapping

from torg.survey.questionnaire import DONT_KNOW, Item, Question


def fault_of(item: Item, value: str) -> str | None:
    """Why `value` cannot be an answer to the item, or None where it can."""
    question = item.question
    if question.kind == "text" or (value == DONT_KNOW and question.allows_dont_know):
        return None
    if question.kind == "number":
        return _fault_of_number(question, value)
    return None if value in item.codes else f"not one of {', '.join(item.codes)}"


def _fault_of_number(question: Question, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "not a number"
    low = -math.inf if question.low is None else question.low
    high = math.inf if question.high is None else question.high
    return None if math.isfinite(number) and low <= number <= high else "out of bounds"


def is_shown(question: Question, given: Mapping[str, str]) -> bool:
    """Whether the question's condition is met by what was answered before."""
    condition = question.shown_if
    return condition is None or given.get(condition.item) in condition.codes
