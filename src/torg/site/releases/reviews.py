"""What municipalities say of their figures, in the shape in which one of the staff reviews it."""

from collections.abc import Mapping

from torg.errors import SurveyError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.releases.actions import (
    accept_correction,
    accept_statement,
    refuse_correction,
    refuse_statement,
)
from torg.site.releases.queries import waiting_corrections, waiting_statements
from torg.site.staff.waiting import Review, Waiting
from torg.study import Study

HOW = message(
    "A correction is a line of corrections.csv. To accept this one, write the line as the reason: "
    "platform, channel, post, field, value, with commas between."
)
_PARTS = ("platform", "channel", "post", "field", "value")


def _waiting_corrections() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit, title=each.measure,
            at=each.made, by=each.by,
            said=(
                (message("Release"), each.release),
                (message("It should be"), each.should_be),
                (message("Reason"), each.reason),
                *(((message("Evidence"), each.evidence),) if each.evidence else ()),
                (message("How to accept it"), HOW),
            ),
        )
        for each in waiting_corrections()
    ]  # fmt: skip


def _decide_correction(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str
) -> None:
    """Where it is accepted, the reason is the line that sets it right."""
    if not accepts:
        refuse_correction(study, visitor, number, reason=reason)
        return
    cells = [cell.strip() for cell in reason.split(",")]
    if len(cells) != len(_PARTS):
        raise SurveyError(HOW)
    accept_correction(study, visitor, number, **dict(zip(_PARTS, cells, strict=True)))


def _waiting_statements() -> list[Waiting]:
    return [
        Waiting(
            number=each.pk, country=each.country, unit=each.unit, title=each.release, at=each.made,
            by=each.by,
            said=((message("Language"), each.language), (message("Statement"), each.text)),
        )
        for each in waiting_statements()
    ]  # fmt: skip


def _decide_statement(
    study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str
) -> None:
    if accepts:
        accept_statement(study, visitor, number)
    else:
        refuse_statement(study, visitor, number, reason=reason)


REVIEWS: Mapping[str, Review] = {
    "corrections": Review(
        title=message("Corrections"), waiting=_waiting_corrections, decide=_decide_correction
    ),
    "replies": Review(
        title=message("Statements beside figures"), waiting=_waiting_statements,
        decide=_decide_statement,
    ),
}  # fmt: skip
