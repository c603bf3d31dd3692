"""Letters that did not arrive, as mail servers report them."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from torg.site.answers.models import Letter
from torg.site.answers.reports import Report, read_reports
from torg.site.answers.sending import note_bounce
from torg.site.opening import with_people
from torg.study import Study


@dataclass(frozen=True, kw_only=True)
class Bounces:
    """What reports of failed delivery told."""

    marked: int = 0  # letters that did not arrive
    known: int = 0  # were marked before
    delayed: int = 0  # are still tried by the servers
    other: int = 0  # no report of a failure, or none that says of which letter


@with_people
def bounced(study: Study, paths: Sequence[Path], *, at: dt.datetime | None = None) -> Bounces:
    """Mark the letters that did not arrive, from .eml, mbox and maildir files of reports.

    Nothing more is sent to those addresses; `replace` names another. The same file twice changes
    nothing. Raises SurveyError where a path is not there.
    """
    at = at or dt.datetime.now(dt.UTC)
    counts = Counter(_taken_in(report, at) for report in read_reports(paths))
    return Bounces(**counts)


@transaction.atomic
def _taken_in(report: Report, at: dt.datetime) -> str:
    if report.is_delay:
        return "delayed"
    letter = _letter_of(report) if report.is_failure else None
    if letter is None:
        return "other"
    if letter.state in {"bounced", "refused"}:
        return "known"
    note_bounce(letter, letter.invitation, at=at, state="bounced")
    return "marked"


def _letter_of(report: Report) -> Letter | None:
    """The letter with that id; where the report gives none, the last to that address."""
    letters = Letter.objects.select_related("invitation__respondent").order_by("-begun", "-id")
    if report.message_id:
        return letters.filter(message_id=report.message_id).first()
    if report.address:
        found = letters.filter(invitation__respondent__contact__address__iexact=report.address)
        return found.exclude(state="later").first()
    return None
