"""Invite and remind: letters that go out once each, and are told of as they went."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from torg.errors import SurveyError
from torg.mail import Post
from torg.site.alone import alone
from torg.site.answers.inviting import make_invitation
from torg.site.answers.models import Contact, FrameUnit, Invitation, Letter, Respondent
from torg.site.answers.permissions import is_open
from torg.site.answers.sending import Went, posted_by, require_ready, send, written_for
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import Questionnaire, Wave

_NO_TOKEN = "PERSONAL-LINK"  # noqa: S105 -- stands in a preview, and opens nothing

DAYS_BETWEEN = 7  # between a letter and the next: less is felt as pressing


@dataclass(frozen=True, kw_only=True)
class Invited:
    """How a round of letters went."""

    letters: Went
    without_address: tuple[tuple[str, str], ...] = ()  # units of the frame: country and unit


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would go out: how many letters, and the first of them without its address."""

    letters: int
    subject: str
    text: str


@with_people
def invite(
    study: Study,
    questionnaire: Questionnaire,
    *,
    wave: str,
    again: bool = False,
    post: Post | None = None,
    at: dt.datetime | None = None,
) -> Invited:
    """Write to every address of the frame's units that was not written to yet in this wave.

    What could not be sent before is tried again. A letter of which it is not known whether it
    arrived is left alone and counted, unless `again` says that it may arrive twice. Raises
    SurveyError where the wave is not open or has no frame or study.toml does not say enough, and
    MailError where the mail server takes nothing; what went out until then is kept.
    """
    at = at or dt.datetime.now(dt.UTC)
    edition = _open_wave(study, questionnaire, wave, at)
    require_ready(study)
    with alone("letters"), posted_by(study, post) as hand:
        with transaction.atomic():
            for contact, unit in _uninvited(wave):
                make_invitation(contact, [unit], wave, at)
        went = send(
            study, questionnaire, edition, "invitation", lambda: _waiting(wave, again=again),
            post=hand, at=at,
        )  # fmt: skip
    return Invited(letters=went, without_address=_without_address(wave))


@with_people
def remind(
    study: Study,
    questionnaire: Questionnaire,
    *,
    wave: str,
    after_days: int = DAYS_BETWEEN,
    post: Post | None = None,
    at: dt.datetime | None = None,
) -> Invited:
    """Write once more to those who have neither submitted nor refused.

    Not to whom no letter reaches, whose invitation was taken back, or who had one within the last
    `after_days` days. Raises as `invite` does.
    """
    at = at or dt.datetime.now(dt.UTC)
    edition = _open_wave(study, questionnaire, wave, at)
    require_ready(study)
    before = at - dt.timedelta(days=after_days)
    with alone("letters"), posted_by(study, post) as hand:
        went = send(
            study, questionnaire, edition, "reminder", lambda: _unanswered(wave, before),
            post=hand, at=at,
        )  # fmt: skip
    return Invited(letters=went)


@with_people
def preview_letter(
    study: Study,
    questionnaire: Questionnaire,
    *,
    wave: str,
    kind: str = "invitation",
    at: dt.datetime | None = None,
) -> Preview | None:
    """The first letter that would go out, and how many; nothing is sent or kept. None: no letter.

    In place of a personal link it says where one would stand.
    """
    require_ready(study)
    edition = _wave(questionnaire, wave)
    before = (at or dt.datetime.now(dt.UTC)) - dt.timedelta(days=DAYS_BETWEEN)
    written = list(_waiting(wave) if kind == "invitation" else _unanswered(wave, before))
    unwritten = _uninvited(wave) if kind == "invitation" else []
    if not written and not unwritten:
        return None
    contact, unit = _named(written[0]) if written else unwritten[0]
    letter = written_for(
        study, questionnaire, edition, kind, token=_NO_TOKEN, unit=unit.name,
        language=contact.language,
    )  # fmt: skip
    return Preview(letters=len(written) + len(unwritten), subject=letter.subject, text=letter.text)


def _open_wave(study: Study, questionnaire: Questionnaire, wave: str, at: dt.datetime) -> Wave:
    """The wave. Raises SurveyError where it is none, is not open, or has no frame."""
    edition = _wave(questionnaire, wave)
    if not is_open(edition, day=at.astimezone(study.zone).date()):
        raise SurveyError(
            f"wave '{wave}' takes answers from {edition.opens} to {edition.closes}: no letter goes "
            "out that leads to a closed door. Mend the dates in questionnaire.toml, or wait."
        )
    if not FrameUnit.objects.filter(wave=wave).exists():
        raise SurveyError(f"wave '{wave}' has no frame yet: draw it first.")
    return edition


def _wave(questionnaire: Questionnaire, wave: str) -> Wave:
    if wave not in {each.id for each in questionnaire.waves}:
        known = ", ".join(each.id for each in questionnaire.waves)
        raise SurveyError(f"no wave is called '{wave}': questionnaire.toml has {known}.")
    return questionnaire.wave(wave)


def _uninvited(wave: str) -> list[tuple[Contact, FrameUnit]]:
    """Contacts of the frame's units that were not asked in this wave, by unit."""
    units = {(unit.country, unit.unit): unit for unit in FrameUnit.objects.filter(wave=wave)}
    asked = Respondent.objects.filter(wave=wave, contact=OuterRef("pk"))
    contacts = (
        Contact.objects.filter(ended__isnull=True, bounced__isnull=True)
        .exclude(Exists(asked))
        .order_by("country", "unit", "id")
    )
    return [
        (contact, units[contact.country, contact.unit])
        for contact in contacts
        if (contact.country, contact.unit) in units
    ]


def _without_address(wave: str) -> tuple[tuple[str, str], ...]:
    """The frame's units of which nobody is asked: no address, or none that works."""
    asked = Invitation.objects.filter(
        respondent__form__unit=OuterRef("pk"), revoked__isnull=True, bounced__isnull=True
    )
    units = FrameUnit.objects.filter(wave=wave).exclude(Exists(asked))
    return tuple(units.order_by("country", "unit").values_list("country", "unit"))


def _reachable(wave: str) -> Any:  # noqa: ANN401 -- Django's, untyped
    return (
        Invitation.objects.filter(
            respondent__wave=wave,
            revoked__isnull=True,
            bounced__isnull=True,
            respondent__contact__isnull=False,
        )
        .select_related("respondent__contact")
        .order_by("respondent__contact__country", "respondent__contact__unit", "id")
    )


def _waiting(wave: str, *, again: bool = False) -> Any:  # noqa: ANN401 -- Django's, untyped
    """Invitations without a letter that was taken; by unit."""
    perhaps = Letter.objects.filter(invitation=OuterRef("pk"), state="unsure")
    waiting = _reachable(wave).filter(sent__isnull=True)
    return waiting if again else waiting.exclude(Exists(perhaps))


def _unanswered(wave: str, before: dt.datetime) -> Any:  # noqa: ANN401 -- Django's, untyped
    """Invitations whose last letter is older than that, with a form that is still open."""
    is_open_form = Q(respondent__form__submitted__isnull=True) & Q(
        respondent__form__refused__isnull=True
    )
    went_out = Q(letter__state__in=("taken", "unsure", "sending"))
    asked = (
        _reachable(wave).filter(is_open_form).annotate(last=Max("letter__begun", filter=went_out))
    )
    return asked.filter(last__isnull=False, last__lte=before)


def _named(invitation: Invitation) -> tuple[Contact, FrameUnit]:
    return invitation.respondent.contact, invitation.respondent.form_set.first().unit
