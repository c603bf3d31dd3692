"""How a form ends: sent in, refused, or passed on to somebody else."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from torg.errors import SurveyError
from torg.site.accounts.visiting import Visitor
from torg.site.answers.actions.addressing import check_is_in_frame, checked_address, take_back
from torg.site.answers.actions.filling import Said, answerable, note_event, unanswered
from torg.site.answers.inviting import make_invitation
from torg.site.answers.models import COLLEAGUE, Contact, Form, Invitation
from torg.site.answers.permissions import check_can_pass_on
from torg.site.audit.actions import note
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import Question, Questionnaire


class Unanswered(SurveyError):
    """Questions that must be answered are not, so the form cannot be sent in."""

    def __init__(self, missing: Sequence[Question]) -> None:
        super().__init__(
            f"{len(missing)} questions must be answered before the form is sent in: "
            f"{', '.join(question.id for question in missing)}."
        )


@with_people
def submit(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    link: int | None = None,
    by: Visitor | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Send the form in; until the wave closes it can be changed and sent in again.

    Sent in twice with nothing new between, it was sent in once. Raises Unanswered where a
    question that must be answered is not.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at, link=link)
        said = Said.of(filling)
        missing = unanswered(questionnaire, filling.unit, said.values)
        if missing:
            raise Unanswered(missing)
        if said.is_sent_in:
            return
        filling.submitted, filling.refused = said.moment_of_sending(at), None
        filling.save(update_fields=("submitted", "refused"))
        _note(filling, "submitted", "sent answers in", by, filling.submitted)


@with_people
def refuse(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    link: int | None = None,
    by: Visitor | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Say no: no reminder comes. Answers that were given stay as they are."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at, link=link)
        if filling.refused:
            return
        filling.refused, filling.submitted = at, None
        filling.save(update_fields=("submitted", "refused"))
        _note(filling, "refused", "said no to the survey", by, at)


@with_people
def note_refusal(
    study: Study, *, wave: str, country: str, unit: str, at: dt.datetime | None = None
) -> int:
    """Note that a unit said no by letter or on the telephone. Gives how many forms that closes.

    Raises SurveyError where the wave does not ask that unit.
    """
    at = at or dt.datetime.now(dt.UTC)
    check_is_in_frame(wave, country, unit)
    with transaction.atomic():
        forms = Form.objects.select_for_update(of=("self",)).filter(
            unit__wave=wave, unit__country=country, unit__unit=unit,
            submitted__isnull=True, refused__isnull=True,
        )  # fmt: skip
        closed = list(forms.order_by("id"))
        for filling in closed:
            filling.refused = at
            filling.save()
            note_event(filling, "refused", at)
    return len(closed)


@with_people
def pass_on(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    address: str,
    name: str = "",
    keep: bool = False,
    link: int | None = None,
    by: Visitor | None = None,
    at: dt.datetime | None = None,
) -> str:
    """Name a colleague who shall answer; a letter with a link of its own goes out with `invite`.

    The old link is taken back, unless `keep`: then both answer. Gives the new respondent. Raises
    SurveyError for an address that is none or is asked already, and where too many were named.
    """
    at = at or dt.datetime.now(dt.UTC)
    fresh = checked_address(address, place="the colleague's address")
    with transaction.atomic(durable=True):
        filling = answerable(study, questionnaire, form, at, link=link)
        before = Invitation.objects.filter(respondent=filling.respondent_id).first()
        if before is None:
            raise SurveyError("Nobody was invited to this form, so it cannot be passed on.")
        check_can_pass_on(before)
        contact = _colleague(filling, fresh, name, at)
        made = make_invitation(
            contact, [filling.unit], filling.unit.wave, at, passed_on_from=before
        )
        _note(filling, "passed_on", "passed the survey on", by, at)
        if not keep:
            take_back(before, at=at, kind="revoked")
    return str(made.respondent.code)


def _note(filling: Form, kind: str, what: str, by: Visitor | None, at: dt.datetime) -> None:
    note_event(filling, kind, at)
    if by is not None:
        unit = filling.unit
        note(by, what, about=f"form {filling.pk}", country=unit.country, unit=unit.unit)


def _colleague(filling: Form, address: str, name: str, at: dt.datetime) -> Contact:
    unit, before = filling.unit, filling.respondent
    in_unit = Contact.objects.filter(country=unit.country, unit=unit.unit)
    if in_unit.filter(address__iexact=address).exists():
        raise SurveyError(f"Somebody at that address is asked for {unit.name} already.")
    plain = "".join(sign for sign in name if sign.isprintable()).strip()  # no NUL, no second line
    return Contact.objects.create(
        country=unit.country, unit=unit.unit, address=address, name=plain,
        role=COLLEAGUE, language=before.language, added=at,
    )  # fmt: skip
