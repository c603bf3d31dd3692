"""Who may do what with experience, requests and campaigns. `check_x` raises, `can_x` says.

What is not one's own is not there: the sentence is that of an address without a page.
"""

from typing import Any

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.experience.content import Content
from torg.site.experience.models import Experience, Remark

NOT_THERE = message("It is not there, or not yours.")
WAITS = message("It waits for review: take it back before you change it.")
NOT_WAITING = message("It does not wait for review any more: somebody has decided, or taken it back.")  # fmt: skip  # noqa: E501
NOT_SHOWN = message("It is not published.")
LACKS = message("Something is lacking yet: fill in what is marked, and send it again.")
OWN = message("This is your own: questions and thanks are for others.")
STAFF_ONLY = message("Only those who edit the study may do that.")


class NotThere(UserError):
    """No such row, or not the visitor's own."""

    def __init__(self) -> None:
        super().__init__(NOT_THERE)


def own_experience(visitor: Visitor, number: int) -> Experience:
    """The municipality's own experience, locked for a write. Raises NotThere."""
    return _only(
        Experience.objects.select_for_update().filter(
            id=number, country=visitor.country, unit=visitor.unit
        )
    )


def shown_experience(number: int) -> Experience:
    """A published experience. Raises NotThere."""
    return _only(Experience.objects.filter(id=number, shown__isnull=False))


def _only(rows: Any) -> Any:  # noqa: ANN401 -- Django's, untyped
    found = rows.first()
    if found is None:
        raise NotThere
    return found


def check_can_change(experience: Experience) -> None:
    """Raise UserError while somebody reviews it."""
    if experience.state == "waiting":
        raise UserError(WAITS)


def check_can_send(experience: Experience, content: Content) -> None:
    """Raise UserError unless it is whole, and not sent already."""
    check_can_change(experience)
    if content.lacking:
        raise UserError(LACKS)


def check_waits(experience: Experience) -> None:
    """Raise UserError unless it waits for review."""
    if experience.state != "waiting":
        raise UserError(NOT_WAITING)


def check_is_shown(experience: Experience) -> None:
    """Raise UserError unless it is published."""
    if experience.shown_id is None:
        raise UserError(NOT_SHOWN)


def check_is_another(visitor: Visitor, experience: Experience) -> None:
    """Raise UserError where the municipality is the author itself."""
    if is_own(visitor, experience):
        raise UserError(OWN)


def check_can_edit(visitor: Visitor) -> None:
    """Raise UserError unless the visitor is one of the staff that edit."""
    if not can_edit(visitor):
        raise UserError(STAFF_ONLY)


def can_edit(visitor: Visitor) -> bool:
    """Whether the visitor is one of the staff that edit."""
    return visitor.role in {"editor", "analyst"}


def is_own(visitor: Visitor, row: Any) -> bool:  # noqa: ANN401 -- any row with country and unit
    """Whether the row is of the visitor's municipality."""
    return bool(visitor.unit) and (row.country, row.unit) == (visitor.country, visitor.unit)


def can_answer(visitor: Visitor, remark: Remark) -> bool:
    """Whether the visitor's municipality is the one that is asked."""
    return is_own(visitor, remark.experience)
