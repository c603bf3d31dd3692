"""What a respondent does behind the personal link: open, answer, submit, refuse, pass on.

Each answer is a transaction of its own: when the function returns, the answer is on the disk.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from torg.errors import SurveyError
from torg.site.answers.actions.addressing import (
    check_is_in_frame,
    checked_address,
    take_back,
)
from torg.site.answers.inviting import make_invitation
from torg.site.answers.links import hash_of
from torg.site.answers.models import Answer, Contact, Event, Form, FrameUnit, Invitation, Link
from torg.site.answers.permissions import (
    check_can_answer,
    check_can_lie_together,
    check_can_open,
    check_can_pass_on,
)
from torg.site.answers.queries import given_in
from torg.site.answers.sending import note_taken
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import (
    Item,
    Question,
    Questionnaire,
    fault_of,
    is_shown,
    items_of,
)

SITTING = dt.timedelta(minutes=30)  # opened again within it is no new opening


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One form as it stands."""

    form: int
    country: str
    unit: str
    name: str
    kind: str
    values: Mapping[str, str]  # item -> what counts now
    submitted: dt.datetime | None
    refused: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a personal link opens: one form, or an observer's many."""

    respondent: str
    wave: str
    language: str
    forms: tuple[Filled, ...]


@with_people
def open_link(
    study: Study, questionnaire: Questionnaire, token: str, *, at: dt.datetime | None = None
) -> Opened:
    """What the link opens. Raises SurveyError, always in the same words, where it is nothing."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        found = Link.objects.select_related("respondent").filter(hash=hash_of(token)).first()
        waves = {wave.id: wave for wave in questionnaire.waves}
        wave = waves.get(found.respondent.wave) if found else None
        link = check_can_open(found, wave=wave, day=at.astimezone(study.zone).date())
        forms = list(
            link.respondent.form_set.select_related("unit").order_by("unit__country", "unit__unit")
        )
        _note_opening(link, forms, at)
    respondent = link.respondent
    return Opened(
        respondent=respondent.code,
        wave=respondent.wave,
        language=respondent.language,
        forms=tuple(_filled(form) for form in forms),
    )


@with_people
def save_answer(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    item: str,
    value: str,
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Keep an answer; what was said before stays below it. Gives the moment that it bears.

    Raises SurveyError where the wave does not ask the item of this unit, the value cannot be an
    answer to it, or the respondent may not answer any more.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        _require_value(_asked(questionnaire, filling.unit, item), value)
        return _add(filling, {item: value}, how="given", at=at)


@with_people
def confirm(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    values: Mapping[str, str],
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Keep facts that were filled in beforehand, as the respondent confirms them.

    `values` are item -> value. Raises as `save_answer` does; then none is kept.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        for item, value in values.items():
            _require_value(_asked(questionnaire, filling.unit, item), value)
        return _add(filling, values, how="confirmed", at=at)


@with_people
def take_back_answer(
    study: Study,
    questionnaire: Questionnaire,
    form: int,
    *,
    item: str,
    at: dt.datetime | None = None,
) -> dt.datetime:
    """Leave an item without an answer again; what was said before stays below it."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        _asked(questionnaire, filling.unit, item)
        return _add(filling, {item: None}, how="given", at=at)


@with_people
def submit(
    study: Study, questionnaire: Questionnaire, form: int, *, at: dt.datetime | None = None
) -> None:
    """Send the form in; until the wave closes it can be changed and sent in again.

    Raises SurveyError where a question that must be answered is not.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        missing = _unanswered(questionnaire, filling)
        if missing:
            raise SurveyError(
                f"{len(missing)} questions must be answered before the form is sent in: "
                f"{', '.join(question.id for question in missing)}."
            )
        filling.submitted, filling.refused = at, None
        filling.save()
        _note(filling, "submitted", at)


@with_people
def refuse(
    study: Study, questionnaire: Questionnaire, form: int, *, at: dt.datetime | None = None
) -> None:
    """Say no: no reminder comes. Answers that were given stay as they are."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        filling.refused, filling.submitted = at, None
        filling.save()
        _note(filling, "refused", at)


@with_people
def note_refusal(
    study: Study, *, wave: str, country: str, unit: str, at: dt.datetime | None = None
) -> int:
    """Note that a unit said no by letter or on the telephone. Gives how many forms that closes.

    Raises SurveyError where the wave does not ask that unit.
    """
    at = at or dt.datetime.now(dt.UTC)
    check_is_in_frame(wave, country, unit)
    with transaction.atomic(durable=True):
        forms = Form.objects.select_for_update(of=("self",)).filter(
            unit__wave=wave, unit__country=country, unit__unit=unit,
            submitted__isnull=True, refused__isnull=True,
        )  # fmt: skip
        closed = list(forms.order_by("id"))
        for filling in closed:
            filling.refused = at
            filling.save()
            _note(filling, "refused", at)
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
    at: dt.datetime | None = None,
) -> str:
    """Name a colleague who shall answer; a letter with a link of its own goes out with `invite`.

    The old link is taken back, unless `keep`: then both answer. Gives the new respondent. Raises
    SurveyError for an address that is none or is asked already, and where too many were named.
    """
    at = at or dt.datetime.now(dt.UTC)
    fresh = checked_address(address, place="the colleague's address")
    with transaction.atomic(durable=True):
        filling = _answerable(study, questionnaire, form, at)
        before = Invitation.objects.filter(respondent=filling.respondent_id).first()
        if before is None:
            raise SurveyError("Nobody was invited to this form, so it cannot be passed on.")
        check_can_pass_on(before)
        contact = _colleague(filling, fresh, name, at)
        made = make_invitation(
            contact, [filling.unit], filling.unit.wave, at, passed_on_from=before
        )
        _note(filling, "passed_on", at)
        if not keep:
            take_back(before, at=at, kind="revoked")
    return str(made.respondent.code)


def _note_opening(link: Link, forms: list[Form], at: dt.datetime) -> None:
    """A letter whose link was opened has arrived, whatever else was known of it."""
    letter = getattr(link, "letter", None)
    if letter is not None and letter.state == "unsure":
        note_taken(letter, letter.invitation, at=at)
    Form.objects.filter(id__in=[form.id for form in forms], opened__isnull=True).update(opened=at)
    lately = Event.objects.filter(
        respondent=link.respondent, kind="opened", at__gt=at - SITTING, at__lte=at
    )
    if not lately.exists():
        Event.objects.create(respondent=link.respondent, kind="opened", at=at)


def _filled(form: Form) -> Filled:
    return Filled(
        form=form.id,
        country=form.unit.country,
        unit=form.unit.unit,
        name=form.unit.name,
        kind=form.unit.kind,
        values=given_in(form.id),
        submitted=form.submitted,
        refused=form.refused,
    )


def _answerable(study: Study, questionnaire: Questionnaire, form: int, at: dt.datetime) -> Form:
    """The form, held until the transaction ends. Raises SurveyError where it may not be filled."""
    filling = Form.objects.select_for_update(of=("self",)).select_related("unit").get(id=form)
    wave = questionnaire.wave(filling.unit.wave)
    check_can_answer(filling, wave=wave, day=at.astimezone(study.zone).date())
    check_can_lie_together(study, simulated=False)
    return filling


def _asked(questionnaire: Questionnaire, unit: FrameUnit, item: str) -> Item:
    found = questionnaire.items.get(item)
    if found is None or not _is_asked(found.question, unit):
        raise SurveyError(f"'{item}' is not asked of {unit.name} in wave '{unit.wave}'.")
    return found


def _is_asked(question: Question, unit: FrameUnit) -> bool:
    is_of_kind = unit.kind not in {"municipality", "county"} or unit.kind in question.units
    return question.is_asked_in(unit.wave) and is_of_kind


def _require_value(item: Item, value: str) -> None:
    fault = fault_of(item, value)
    if fault:
        raise SurveyError(f"{item.id}: {fault}")


def _add(
    filling: Form, values: Mapping[str, str | None], *, how: str, at: dt.datetime
) -> dt.datetime:
    """Add answers above all that were given in the form, even where the clock was set back."""
    last = Answer.objects.filter(form=filling).order_by("-at").values_list("at", flat=True).first()
    moment = max(at, last + dt.timedelta(microseconds=1)) if last else at
    Answer.objects.bulk_create(
        Answer(form=filling, item=item, value=value, at=moment, how=how)
        for item, value in values.items()
    )
    return moment


def _unanswered(questionnaire: Questionnaire, filling: Form) -> list[Question]:
    given = given_in(filling.id)
    return [
        question
        for question in questionnaire.asked_in(filling.unit.wave)
        if question.required
        and _is_asked(question, filling.unit)
        and is_shown(question, given)
        and not any(item.id in given for item in items_of(question))
    ]


def _note(filling: Form, kind: str, at: dt.datetime) -> None:
    Event.objects.create(respondent_id=filling.respondent_id, form=filling, kind=kind, at=at)


def _colleague(filling: Form, address: str, name: str, at: dt.datetime) -> Contact:
    unit, before = filling.unit, filling.respondent
    in_unit = Contact.objects.filter(country=unit.country, unit=unit.unit)
    if in_unit.filter(address__iexact=address).exists():
        raise SurveyError(f"Somebody at that address is asked for {unit.name} already.")
    return Contact.objects.create(
        country=unit.country, unit=unit.unit, address=address, name=name.strip(),
        role="colleague", language=before.language, added=at,
    )  # fmt: skip
