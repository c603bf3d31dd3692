"""Whether a question is asked of somebody, after what was answered before it."""

import re
from collections.abc import Mapping

from torg.survey.questionnaire.model import Condition, Question

_WRITTEN = re.compile(r"\s*([^\s=|]+)\s*=\s*([^\s=|]+(?:\s*\|\s*[^\s=|]+)*)\s*")


def is_shown(question: Question, given: Mapping[str, str | None]) -> bool:
    """Whether the question is asked after these answers, given as item id -> value.

    Where the question of its condition was itself not asked, an answer that was left behind there
    counts for nothing.
    """
    condition = question.shown_if
    while condition is not None:
        if given.get(condition.item) not in condition.codes:
            return False
        condition = condition.above
    return True


def parsed(written: str) -> Condition | None:
    """`item = code|code` as a condition; None where it is not written so."""
    found = _WRITTEN.fullmatch(written)
    if not found:
        return None
    item, codes = found.groups()
    return Condition(item, tuple(code.strip() for code in codes.split("|")))
