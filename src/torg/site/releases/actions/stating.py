"""Say something beside one's own figures; the staff looks only for abuse and for persons."""

import datetime as dt

from django.db import transaction

from torg.errors import SurveyError
from torg.locale import LANGUAGES, message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.deciding import checked_reason, ended
from torg.site.opening import with_people
from torg.site.releases.models import Statement
from torg.site.releases.queries import in_question
from torg.study import Study

LONGEST = 1500  # characters

NOT_NOW = message("No release is open for statements now.")
EMPTY = message("Write what is to stand beside your figures.")
TOO_LONG = message("The statement is too long: shorten it to 1,500 characters.")
NO_LANGUAGE = message("Say in which language the statement is.")
NOT_THERE = message("There is no such statement of yours, or it has been decided meanwhile.")


@with_people
def state(
    study: Study, visitor: Visitor, *, text: str, language: str, at: dt.datetime | None = None
) -> Statement:
    """Hand in a statement to the newest release; one that still waits is replaced.

    Raises SurveyError where no release is open for it, or the text cannot be.
    """
    _ = study
    at = at or dt.datetime.now(dt.UTC)
    said = _checked(text, language)
    with transaction.atomic():
        publication = in_question(at=at)
        if publication is None:
            raise SurveyError(NOT_NOW)
        where = {
            "release": publication.release, "country": visitor.country, "unit": visitor.unit,
        }  # fmt: skip
        Statement.objects.filter(**where, state="waiting").update(state="withdrawn", decided=at)
        made = Statement.objects.create(
            **where, text=said, language=language, by=visitor.is_named, made=at
        )
        note(visitor, "wrote a statement", about=f"statement {made.pk}")
    return made


def _checked(text: str, language: str) -> str:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    said = "\n".join(lines)
    if not said:
        raise SurveyError(EMPTY)
    if len(said) > LONGEST:
        raise SurveyError(TOO_LONG)
    if language not in LANGUAGES:
        raise SurveyError(NO_LANGUAGE)
    return said


@with_people
def withdraw_statement(study: Study, visitor: Visitor, number: int) -> Statement:
    """Take a statement back, also one that stands on the page already. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _at(number, ("waiting", "accepted"))
        if (found.country, found.unit) != (visitor.country, visitor.unit):
            raise SurveyError(NOT_THERE)
        return ended(found, visitor, "withdrawn", "withdrew a statement", called="statement")


@with_people
def accept_statement(study: Study, visitor: Visitor, number: int) -> Statement:
    """Let a statement stand beside the figures, in place of an earlier one. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _at(number, ("waiting",))
        Statement.objects.filter(
            release=found.release, country=found.country, unit=found.unit, state="accepted"
        ).update(state="withdrawn", decided=dt.datetime.now(dt.UTC))
        return ended(found, visitor, "accepted", "accepted a statement", called="statement")


@with_people
def refuse_statement(study: Study, visitor: Visitor, number: int, *, reason: str) -> Statement:
    """Refuse a statement, with the reason that its author reads. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _at(number, ("waiting",))
        found.why = checked_reason(reason)
        return ended(found, visitor, "refused", "refused a statement", called="statement")


def _at(number: int, states: tuple[str, ...]) -> Statement:
    found = Statement.objects.select_for_update().filter(id=number, state__in=states).first()
    if found is None:
        raise SurveyError(NOT_THERE)
    return found
