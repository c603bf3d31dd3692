"""Open a personal link: look what it leads to, and note that somebody has.

Programs of mail servers fetch the links of letters before anybody reads them. So looking notes
nothing; `open_link` notes it, and so does the first thing that a respondent sends from a page.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from torg.site.answers.links import hash_of
from torg.site.answers.models import Event, Form, Link
from torg.site.answers.permissions import check_can_open, wave_named
from torg.site.answers.queries import given_in
from torg.site.answers.sending import note_taken
from torg.site.opening import with_people
from torg.study import Study
from torg.survey.questionnaire import Questionnaire

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

    link: int = field(compare=False)  # another letter's opens the same
    respondent: str
    wave: str
    language: str
    forms: tuple[Filled, ...]


@with_people
def open_link(
    study: Study, questionnaire: Questionnaire, token: str, *, at: dt.datetime | None = None
) -> Opened:
    """What the link opens, and that it was opened is noted.

    Raises LinkRefused, always in the same words, where it is nothing.
    """
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        link = _found(study, questionnaire, token, at)
        _note_opening(link, at)
        return _opened(link)


@with_people
def look_behind(
    study: Study, questionnaire: Questionnaire, token: str, *, at: dt.datetime | None = None
) -> Opened:
    """What the link opens; nothing is noted. Raises as `open_link` does."""
    return _opened(_found(study, questionnaire, token, at or dt.datetime.now(dt.UTC)))


@with_people
def note_opening(study: Study, link: int, *, at: dt.datetime | None = None) -> None:
    """Note that a person, and no program, has opened the link of that number."""
    with transaction.atomic(durable=True):
        found = Link.objects.select_related("respondent").get(id=link)
        _note_opening(found, at or dt.datetime.now(dt.UTC))


def _found(study: Study, questionnaire: Questionnaire, token: str, at: dt.datetime) -> Link:
    found = Link.objects.select_related("respondent").filter(hash=hash_of(token)).first()
    wave = wave_named(questionnaire, found.respondent.wave) if found else None
    return check_can_open(found, wave=wave, day=at.astimezone(study.zone).date())


def _note_opening(link: Link, at: dt.datetime) -> None:
    """A letter whose link was opened has arrived, whatever else was known of it."""
    letter = getattr(link, "letter", None)
    if letter is not None and letter.state == "unsure":
        note_taken(letter, letter.invitation, at=at)
    link.respondent.form_set.filter(opened__isnull=True).update(opened=at)
    lately = Event.objects.filter(
        respondent=link.respondent, kind="opened", at__gt=at - SITTING, at__lte=at
    )
    if not lately.exists():
        Event.objects.create(respondent=link.respondent, kind="opened", at=at)


def _opened(link: Link) -> Opened:
    respondent = link.respondent
    forms = respondent.form_set.select_related("unit").order_by("unit__country", "unit__unit")
    return Opened(
        link=link.id,
        respondent=respondent.code,
        wave=respondent.wave,
        language=respondent.language,
        forms=tuple(_filled(form) for form in forms),
    )


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
