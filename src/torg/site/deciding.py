"""What is handed in is decided: accepted, refused with a reason, or taken back by its owner."""

import datetime as dt
from typing import Any, TypeVar

from torg.errors import SurveyError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note

Decided = TypeVar("Decided", bound=Any)  # a row with state, decided, decided_by, country and unit

LEAST_REASON, LONGEST_REASON = 3, 2000  # characters
NO_REASON = message("Say why: those whom it concerns read it.")


def ended(
    thing: Decided,
    visitor: Visitor,
    state: str,
    what: str,
    *,
    called: str,
    **detail: object,
) -> Decided:
    """Note on the row, and in the log, what became of it; within the caller's transaction."""
    thing.state, thing.decided = state, dt.datetime.now(dt.UTC)
    thing.decided_by = visitor.is_named
    thing.save()
    note(
        visitor, what, about=f"{called} {thing.pk}", country=thing.country, unit=thing.unit,
        **detail,
    )  # fmt: skip
    return thing


def checked_reason(reason: str) -> str:
    """The reason, in one form. Raises SurveyError where there is none."""
    said = " ".join(reason.split())
    if len(said) < LEAST_REASON:
        raise SurveyError(NO_REASON)
    return said[:LONGEST_REASON]
