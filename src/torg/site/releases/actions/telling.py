"""Letters that tell each municipality of the release in preview, with a link to its room.

A letter is noted as begun before the mail server is told of it: who dies in between leaves one of
which nobody knows whether it arrived, and it is not sent again.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from django.db import transaction

from torg.errors import MailError, SurveyError
from torg.locale import message
from torg.mail import Post, letter_to
from torg.register import Register, read_register
from torg.site.accounts.actions.linking import LINK_DAYS, make_room_link
from torg.site.accounts.letters import room_path
from torg.site.accounts.visiting import Visitor
from torg.site.alone import alone
from torg.site.answers.letter import words_for
from torg.site.answers.models import Contact
from torg.site.answers.sending import posted_by
from torg.site.audit.actions import COMMAND, note
from torg.site.opening import with_people
from torg.site.releases.models import Notice, Publication
from torg.site.whole_addresses import address_on_site
from torg.study import Study

SUBJECT = message("%(site)s: your figures, before everybody sees them")
LETTER = message(
    "Good day,\n\n"
    "new figures of “%(site)s” are ready. Everybody sees them on %(day)s. Until then %(unit)s sees "
    "its own page, can say what is wrong, and can write what is to stand beside its figures:\n\n"
    "%(link)s\n\n"
    "Whoever has this link can speak for your municipality: please pass it on only to colleagues "
    "who are to do so."
)
NOT_IN_PREVIEW = message("This release is not in preview: there is nothing to tell of.")
NO_ADDRESS = message(
    "study.toml does not say where the site is, or where letters come from: add address under "
    "[site], and from under [mail]."
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """How many letters went which way."""

    taken: int = 0
    refused: int = 0  # nobody has that address
    later: int = 0  # goes out with the next call
    unsure: int = 0  # perhaps it arrived, perhaps not: not sent again
    municipalities: int = 0  # with a letter that was taken, now or before
    without: int = 0  # municipalities of the register without an address to write to


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """What would go out: to how many, and one letter."""

    letters: int
    municipalities: int
    without: int
    subject: str
    text: str


@with_people
def preview_of_announcement(
    study: Study, release: str, *, language: str = "", at: dt.datetime | None = None
) -> Announcement:
    """What `announce_preview` would send; nothing is. Raises SurveyError where it could not."""
    at = at or dt.datetime.now(dt.UTC)
    publication = _require_preview(study, release, at)
    register = _register_on(study, at)
    contacts = _to_tell(release, register)
    units = {(each.country, each.unit) for each in contacts}
    first = contacts[0] if contacts else None
    subject, text = _words(
        study, publication, unit=_name(register, study, first), link="https://…",
        language=language or (first.language if first else study.languages[0]),
    )  # fmt: skip
    return Announcement(
        letters=len(contacts), municipalities=len(units), without=_without(register),
        subject=subject, text=text,
    )  # fmt: skip


@with_people
def announce_preview(
    study: Study,
    release: str,
    *,
    visitor: Visitor = COMMAND,
    post: Post | None = None,
    at: dt.datetime | None = None,
) -> Told:
    """Tell the survey's contacts of each municipality of the release in preview, once.

    Raises SurveyError where the release is not in preview or study.toml does not say enough;
    MailError where the mail server takes nothing more.
    """
    at = at or dt.datetime.now(dt.UTC)
    publication = _require_preview(study, release, at)
    register = _register_on(study, at)
    counts: Counter[str] = Counter()
    with alone("announcing"), posted_by(study, post) as sending:
        Notice.objects.filter(release=release, state="sending").update(state="unsure")
        for contact in _to_tell(release, register):
            how = _told(study, publication, contact, register, visitor, sending, at)
            counts.update([how] if how else [])
    note(visitor, "told of a preview", about=release, letters=dict(counts))
    return _result(release, register, counts)


def _told(
    study: Study,
    publication: Publication,
    contact: Contact,
    register: Register,
    visitor: Visitor,
    sending: Post,
    at: dt.datetime,
) -> str | None:
    """Write and send one letter; how it went. None: its contact was erased or ended meanwhile."""
    with transaction.atomic():
        if not _written_to().select_for_update().filter(id=contact.pk).first():
            return None
        notice, _ = Notice.objects.update_or_create(
            release=publication.release, contact=contact,
            defaults={"country": contact.country, "unit": contact.unit, "state": "sending",
                      "begun": at},
        )  # fmt: skip
        letter = _letter(study, publication, contact, register, visitor, at)
    try:
        how = sending(letter).how
    except MailError:
        Notice.objects.filter(id=notice.pk).update(state="later")
        raise
    Notice.objects.filter(id=notice.pk).update(state=how)
    return how


def _letter(
    study: Study,
    publication: Publication,
    contact: Contact,
    register: Register,
    visitor: Visitor,
    at: dt.datetime,
) -> EmailMessage:
    days = min(LINK_DAYS, max(1, (publication.public_from - at).days + 14))
    token = make_room_link(study, contact.country, contact.unit, days=days, visitor=visitor, at=at)
    subject, text = _words(
        study, publication, unit=_name(register, study, contact),
        link=address_on_site(study, room_path(token)), language=contact.language,
    )  # fmt: skip
    return letter_to([contact.address], sender=study.mail.sender, subject=subject, text=text + "\n")


def _words(
    study: Study, publication: Publication, *, unit: str, link: str, language: str
) -> tuple[str, str]:
    words = words_for(language)
    day = words.date(publication.public_from.astimezone(study.zone).date())
    subject = words.say(SUBJECT, site=study.title)
    return subject, words.say(LETTER, site=study.title, day=day, unit=unit, link=link)


def _name(register: Register, study: Study, contact: Contact | None) -> str:
    if contact is None:
        return "…"
    found = register.municipality(contact.country, contact.unit)
    languages = (contact.language.split("-")[0], *study.languages)
    return found.name(languages=languages) if found else contact.unit


def _to_tell(release: str, register: Register) -> list[Contact]:
    """The addresses of municipalities that are still written to and were not told, in order."""
    told = Notice.objects.filter(release=release).exclude(state="later")
    contacts = _written_to().exclude(id__in=told.filter(contact__isnull=False).values("contact"))
    known = _units(register)
    found = [each for each in contacts if (each.country, each.unit) in known]
    return sorted(found, key=lambda each: (each.country, each.unit, each.pk))


def _units(register: Register) -> set[tuple[str, str]]:
    return {(each.country, each.code) for each in register.municipalities}


def _without(register: Register) -> int:
    return len(_units(register) - set(_written_to().values_list("country", "unit")))


def _written_to() -> Any:  # noqa: ANN401 -- Django's, untyped
    """The addresses that letters still go to."""
    return Contact.objects.filter(bounced__isnull=True, ended__isnull=True)


def _register_on(study: Study, at: dt.datetime) -> Register:
    """The register as it holds at the moment: one that will end one day is there until then."""
    return read_register(study.register_folder).as_of(at.astimezone(study.zone).date())


def _result(release: str, register: Register, counts: Counter[str]) -> Told:
    sent = Notice.objects.filter(release=release)
    taken = sent.filter(state="taken").values_list("country", "unit").distinct()
    return Told(
        taken=counts["taken"], refused=counts["refused"], later=counts["later"],
        unsure=sent.filter(state="unsure").count(), municipalities=len(set(taken)),
        without=_without(register),
    )  # fmt: skip


def _require_preview(study: Study, release: str, at: dt.datetime) -> Publication:
    if study.site.address is None or not study.mail.sender:
        raise SurveyError(NO_ADDRESS)
    found = Publication.objects.filter(
        release=release, offered__lte=at, public_from__gt=at, withdrawn__isnull=True
    ).first()
    if found is None:
        raise SurveyError(NOT_IN_PREVIEW)
    return found
