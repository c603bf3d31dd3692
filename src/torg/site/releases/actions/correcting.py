"""Say that a figure is wrong; what is accepted becomes a line of corrections.csv."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from torg.errors import SurveyError
from torg.locale import message
from torg.measure import DEFINITIONS
from torg.site.accounts.visiting import Visitor
from torg.site.alone import alone
from torg.site.audit.actions import note
from torg.site.deciding import checked_reason, ended
from torg.site.opening import with_people
from torg.site.releases.corrections import append, check_line
from torg.site.releases.models import Objection
from torg.site.releases.queries import in_question
from torg.study import Study

MOST_WAITING = 50  # of one municipality
LONGEST = 2000  # characters of a reason, and of the evidence
LONGEST_VALUE = 200

NOT_NOW = message("No release is open for corrections now.")
NO_MEASURE = message("Say which figure is wrong.")
NO_VALUE = message("Say what the figure should be.")
NO_REASON = message("Say why the figure is wrong.")
TOO_LONG = message("One of the texts is too long: shorten it.")
TOO_MANY = message("Too many of your corrections wait already: wait until they were looked at.")
NOT_THERE = message("There is no such correction of yours, or it has been decided meanwhile.")


@with_people
def propose_correction(
    study: Study,
    visitor: Visitor,
    *,
    measure: str,
    should_be: str,
    reason: str,
    evidence: str = "",
    at: dt.datetime | None = None,
) -> Objection:
    """Say that a figure of one's own is wrong in the newest release. Raises SurveyError."""
    _ = study
    at = at or dt.datetime.now(dt.UTC)
    texts = {
        "should_be": should_be.strip(), "reason": reason.strip(), "evidence": evidence.strip(),
    }  # fmt: skip
    _require_all(measure, texts)
    with transaction.atomic():
        publication = in_question(at=at)
        if publication is None:
            raise SurveyError(NOT_NOW)
        where = {"country": visitor.country, "unit": visitor.unit}
        if Objection.objects.filter(**where, state="waiting").count() >= MOST_WAITING:
            raise SurveyError(TOO_MANY)
        made = Objection.objects.create(
            release=publication.release, **where, measure=measure, **texts,
            by=visitor.is_named, made=at,
        )  # fmt: skip
        note(visitor, "proposed a correction", about=f"correction {made.pk}", measure=measure)
    return made


def _require_all(measure: str, texts: Mapping[str, str]) -> None:
    if measure not in DEFINITIONS:
        raise SurveyError(NO_MEASURE)
    if not texts["should_be"]:
        raise SurveyError(NO_VALUE)
    if not texts["reason"]:
        raise SurveyError(NO_REASON)
    if len(texts["should_be"]) > LONGEST_VALUE or max(map(len, texts.values())) > LONGEST:
        raise SurveyError(TOO_LONG)


@with_people
def withdraw_correction(study: Study, visitor: Visitor, number: int) -> Objection:
    """Take a correction back that still waits. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _waiting(number)
        if (found.country, found.unit) != (visitor.country, visitor.unit):
            raise SurveyError(NOT_THERE)
        return ended(found, visitor, "withdrawn", "withdrew a correction", called="correction")


@with_people
def accept_correction(
    study: Study,
    visitor: Visitor,
    number: int,
    *,
    platform: str,
    channel: str,
    field: str,
    post: str = "",
    value: str = "",
) -> Objection:
    """Add the line that sets it right to corrections.csv; it counts from the next run on.

    `channel` is one of the municipality's own. Raises SurveyError or MeasureError where the line
    could not be applied, before anything is written.
    """
    with alone("corrections", patience=20), transaction.atomic():
        found = _waiting(number)
        line = {
            "platform": platform.strip().lower(), "channel": channel.strip(),
            "post": post.strip(), "field": field, "value": value.strip(),
            "who": f"{found.country} {found.unit}, correction {found.pk}",
            "when": found.made.astimezone(study.zone).date().isoformat(),
            "why": " ".join(found.reason.split()),
        }  # fmt: skip
        check_line(study, line, country=found.country, unit=found.unit)
        found.line = line
        done = ended(
            found, visitor, "accepted", "accepted a correction", called="correction", line=line
        )
        append(study, line)
        return done


@with_people
def refuse_correction(study: Study, visitor: Visitor, number: int, *, reason: str) -> Objection:
    """Refuse a correction, with the reason that its author reads. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _waiting(number)
        found.why = checked_reason(reason)
        return ended(
            found, visitor, "refused", "refused a correction", called="correction", reason=found.why
        )


def _waiting(number: int) -> Objection:
    found = Objection.objects.select_for_update().filter(id=number, state="waiting").first()
    if found is None:
        raise SurveyError(NOT_THERE)
    return found
