"""Send letters so that none is lost and none goes out twice, and say what is not known.

A letter is noted as begun before the mail server is told of it, and as taken after it said so. Who
dies in between leaves a letter that is begun: the next to send calls it unsure.
"""

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import partial
from typing import Any

from django.db import transaction

from torg.errors import MailError, SurveyError
from torg.mail import MAIL_PASSWORD, Delivery, Post, letter_to, posting
from torg.site.answers.letter import Addressed, subject_of, text_of, words_for
from torg.site.answers.links import address_of, new_link
from torg.site.answers.models import Contact, Event, Invitation, Letter
from torg.study import Study
from torg.survey.questionnaire import Questionnaire, Wave
from torg.tokens import secret_named

_EVENTS = {"invitation": "sent", "reminder": "reminded"}


@dataclass(frozen=True, kw_only=True)
class Went:
    """How many letters went which way."""

    taken: int = 0
    refused: int = 0  # nobody has that address: nothing more is sent there
    later: int = 0  # goes out with the next call
    unsure: int = 0  # of all letters of the wave: perhaps they arrived, perhaps not


@dataclass(frozen=True)
class Written:
    """A letter's words."""

    subject: str
    text: str


def require_ready(study: Study) -> None:
    """Raise SurveyError unless study.toml says who asks, from where, and where people answer."""
    address_of(study, "")
    if not study.survey.contact or "@" not in study.survey.contact:
        raise SurveyError(
            "study.toml does not say who asks: add contact = "
            '"The Association of Towns, survey@example.no" under [survey].'
        )
    if not study.mail.sender:
        raise SurveyError(
            'study.toml does not say where letters come from: add from = "survey@example.no" '
            "under [mail]."
        )


@contextmanager
def posted_by(study: Study, post: Post | None) -> Iterator[Post]:
    """The function that hands letters over: the one given, or the mail server's."""
    if post is not None:
        yield post
        return
    with posting(study.mail, password=secret_named(MAIL_PASSWORD)) as own:
        yield own


def send(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    kind: str,
    listed: Callable[[], Any],
    *,
    post: Post,
    at: dt.datetime,
) -> Went:
    """Send a letter to each invitation that is `listed`; the caller holds others off.

    It is asked for anew before each letter: who was taken back, erased, or has answered since the
    first went out gets none. Raises MailError where the mail server takes nothing more, with how
    many went out.
    """
    counts: Counter[str] = Counter()
    Letter.objects.filter(state="sending").update(state="unsure")
    numbers = [each.id for each in listed()]
    for number in numbers:
        begun = _begun(study, questionnaire, wave, kind, partial(_still, listed, number), at)
        if begun is None:
            continue
        letter, message = begun
        try:
            delivery = post(message)
        except MailError as error:
            _end(letter, Delivery("later"), at)
            raise _cut_short(error, counts["taken"], len(numbers)) from None
        _end(letter, delivery, at)
        counts[delivery.how] += 1
    unsure = Letter.objects.filter(state="unsure", invitation__respondent__wave=wave.id).count()
    return Went(
        taken=counts["taken"], refused=counts["refused"], later=counts["later"], unsure=unsure
    )


def _cut_short(error: MailError, taken: int, of: int) -> MailError:
    return MailError(
        f"{taken} of {of} letters went out, then {error} Then call again for the rest."
    )


def _still(listed: Callable[[], Any], number: int) -> Invitation | None:
    """The invitation, if it is listed yet; held, so that who takes it back finds its new link."""
    Invitation.objects.select_for_update().get(id=number)
    found: Invitation | None = listed().filter(id=number).first()
    return found


@transaction.atomic
def _begun(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    kind: str,
    still: Callable[[], Invitation | None],
    at: dt.datetime,
) -> tuple[Letter, EmailMessage] | None:
    """Note that a letter goes out, with a link of its own, and write it; None where none is to."""
    invitation = still()
    if invitation is None:
        return None
    respondent = invitation.respondent
    link, token = new_link(respondent, at=at)
    written = written_for(
        study, questionnaire, wave, kind, token=token, language=respondent.language,
        unit=_name_of(invitation),
    )  # fmt: skip
    message = _message(study, respondent.contact, written, language=respondent.language, at=at)
    letter = Letter.objects.create(
        invitation=invitation, kind=kind, state="sending", link=link,
        message_id=message["Message-ID"], begun=at,
    )  # fmt: skip
    return letter, message


@transaction.atomic
def _end(letter: Letter, delivery: Delivery, at: dt.datetime) -> None:
    """Note how it went."""
    letter.state, letter.code = delivery.how, delivery.code or None
    letter.save()
    invitation = Invitation.objects.get(id=letter.invitation_id)
    if delivery.how == "taken":
        note_taken(letter, invitation, at=at)
    if delivery.how == "refused":
        note_bounce(letter, invitation, at=at, state="refused")
    if delivery.how in {"later", "refused"}:  # nobody has read its link
        letter.link.revoked = at
        letter.link.save()


def note_taken(letter: Letter, invitation: Invitation, *, at: dt.datetime) -> None:
    """The letter is with the recipient's server, or was even read."""
    letter.state = "taken"
    letter.save(update_fields=("state", "code"))
    invitation.sent = invitation.sent or at
    invitation.save(update_fields=("sent",))  # it may have been taken back since it was read
    Event.objects.create(respondent=invitation.respondent, kind=_EVENTS[letter.kind], at=at)


def note_bounce(letter: Letter, invitation: Invitation, *, at: dt.datetime, state: str) -> None:
    """No letter reaches that address: nothing more is sent there."""
    letter.state = state
    letter.save(update_fields=("state", "code"))
    invitation.bounced = invitation.bounced or at
    invitation.save(update_fields=("bounced",))
    Contact.objects.filter(id=invitation.respondent.contact_id).update(bounced=at)
    Event.objects.create(respondent=invitation.respondent, kind="bounced", at=at)


def written_for(
    study: Study,
    questionnaire: Questionnaire,
    wave: Wave,
    kind: str,
    *,
    token: str,
    unit: str,
    language: str,
) -> Written:
    """The words of one letter."""
    addressed = Addressed(
        unit=unit,
        language=language,
        link=address_of(study, token),
        asks=str(study.survey.contact),
    )
    return Written(
        subject_of(questionnaire, wave, addressed, kind=kind),
        text_of(questionnaire, wave, addressed, kind=kind),
    )


def _message(
    study: Study, contact: Contact, written: Written, *, language: str, at: dt.datetime
) -> EmailMessage:
    sender = str(study.mail.sender)
    message = letter_to(
        [contact.address], sender=sender, subject=written.subject, text=written.text
    )
    message["Reply-To"] = _answers_go_to(study)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # no answer of an absence comes back (RFC 3834)
    message["Content-Language"] = words_for(language).language
    return message


def _answers_go_to(study: Study) -> str:
    """The address in what study.toml says of who asks: "The Towns, survey@example.no"."""
    words = re.split(r"[\s,;<>()]+", str(study.survey.contact))
    return next(word for word in words if "@" in word)


def _name_of(invitation: Invitation) -> str:
    """The unit's name; of an observer, who has many, the first in order."""
    forms = invitation.respondent.form_set.select_related("unit")
    return str(forms.order_by("unit__country", "unit__unit").first().unit.name)
