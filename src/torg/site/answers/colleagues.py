"""Who else of the same municipality is asked, and how far they came: roles, never names."""

import datetime as dt
from dataclasses import dataclass

from torg.site.answers.models import COLLEAGUE, Form
from torg.site.answers.queries import given_in
from torg.site.answers.sitting import Sitting
from torg.survey.questionnaire import items_of, text_in


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Another respondent about the same unit."""

    role: str  # as the list of addresses has it; "" where nobody said it
    opened: dt.datetime | None
    submitted: dt.datetime | None
    refused: dt.datetime | None
    answered: tuple[str, ...]  # the questions, as they are asked


def colleagues_of(sitting: Sitting) -> tuple[Colleague, ...]:
    """The others, without those whose invitation was taken back before they said anything."""
    forms = (
        Form.objects.filter(unit=sitting.form.unit_id)
        .exclude(id=sitting.form.id)
        .select_related("respondent__invitation")
        .order_by("id")
    )
    found = [(form, _answered(sitting, form)) for form in forms]
    return tuple(
        Colleague(
            role=_role(form), opened=form.opened, submitted=form.submitted,
            refused=form.refused, answered=answered,
        )
        for form, answered in found
        if answered or not _is_taken_back(form)
    )  # fmt: skip


def _answered(sitting: Sitting, form: Form) -> tuple[str, ...]:
    given = given_in(form.id)
    return tuple(
        text_in(question.texts, sitting.asked_in)
        for question in sitting.course.every
        if any(item.id in given for item in items_of(question))
    )


def _role(form: Form) -> str:
    return "" if form.respondent.role == COLLEAGUE else str(form.respondent.role)


def _is_taken_back(form: Form) -> bool:
    invitation = getattr(form.respondent, "invitation", None)
    return invitation is not None and invitation.revoked is not None
