"""Who may do what in a room: everything is a municipality's own, and nobody else's."""

from typing import TypeVar

from torg.errors import SurveyError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.room.models import HandIn, Proposal

Owned = TypeVar("Owned", HandIn, Proposal)

NOT_THERE = message("There is no such thing in your room.")
TOO_LATE = message("That has been decided meanwhile: nothing was changed.")

BY_ROOM_LINK = message(
    "To agree, come by the link to your room or sign in: the survey's link may have been passed on."
)


def check_can_agree(visitor: Visitor) -> None:
    """Raise SurveyError for who came by the survey's link: colleagues are named by anybody's."""
    if not can_agree(visitor):
        raise SurveyError(BY_ROOM_LINK)


def can_agree(visitor: Visitor) -> bool:
    """Whether the visitor may say for the municipality that figures are shown, or no longer."""
    return visitor.respondent is None


def check_is_own(thing: Owned | None, visitor: Visitor, *, states: tuple[str, ...]) -> Owned:
    """Raise SurveyError unless it is of the visitor's municipality, and in one of the states."""
    if thing is None or not is_own(thing, visitor):
        raise SurveyError(NOT_THERE)
    return check_is_at(thing, states=states)


def check_is_at(thing: Owned | None, *, states: tuple[str, ...]) -> Owned:
    """Raise SurveyError unless it is there, and in one of the states."""
    if thing is None:
        raise SurveyError(NOT_THERE)
    if thing.state not in states:
        raise SurveyError(TOO_LATE)
    return thing


def is_own(thing: HandIn | Proposal, visitor: Visitor) -> bool:
    """Whether it is of the visitor's municipality."""
    return bool(visitor.unit) and (thing.country, thing.unit) == (visitor.country, visitor.unit)
