"""Accept a file, refuse it, or take it back."""

import datetime as dt

from django.db import transaction

from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.deciding import checked_reason, ended
from torg.site.opening import with_people
from torg.site.room.models import HandIn
from torg.site.room.permissions import check_is_at, check_is_own
from torg.site.room.places import delete_upload
from torg.site.work.actions import ask_for
from torg.site.work.models import Job
from torg.study import Study


@with_people
def accept_file(study: Study, visitor: Visitor, number: int) -> HandIn:
    """Let a file that was understood go into the archive. Raises SurveyError where none waits.

    One that was accepted before, and whose work ended badly, is accepted anew.
    """
    with transaction.atomic():
        found = HandIn.objects.select_for_update().filter(id=number).first()
        states = ("waiting", "accepted") if is_stuck(found) else ("waiting",)
        return begin_taking(check_is_at(found, states=states), visitor)


def is_stuck(handin: HandIn | None) -> bool:
    """Whether the work that was asked for on a file has ended badly, so that nobody is at it."""
    return handin is not None and Job.objects.filter(id=handin.job, state="failed").exists()


def begin_taking(handin: HandIn, visitor: Visitor) -> HandIn:
    """Note that the file is accepted, and ask for the work; within the caller's transaction."""
    handin.state, handin.decided = "accepted", dt.datetime.now(dt.UTC)
    handin.decided_by = visitor.is_named
    handin.job = ask_for("take a hand-in", by=visitor.is_named, number=handin.pk).pk
    handin.save()
    note(
        visitor, "accepted a file", about=f"hand-in {handin.pk}",
        country=handin.country, unit=handin.unit,
    )  # fmt: skip
    return handin


@with_people
def refuse_file(study: Study, visitor: Visitor, number: int, *, reason: str) -> HandIn:
    """Refuse a file, with the reason that its owner reads; the upload is deleted after some time.

    Raises SurveyError where none waits, or no reason is given.
    """
    _ = study
    with transaction.atomic():
        found = HandIn.objects.select_for_update().filter(id=number).first()
        handin = check_is_at(found, states=("waiting", "asked"))
        handin.why = checked_reason(reason)
        return ended(
            handin, visitor, "refused", "refused a file", called="hand-in", reason=handin.why
        )


@with_people
def withdraw_file(study: Study, visitor: Visitor, number: int) -> HandIn:
    """Take a file back that has not been accepted; the upload is deleted at once.

    Raises SurveyError where it is not the visitor's, or decided.
    """
    with transaction.atomic():
        found = HandIn.objects.select_for_update().filter(id=number).first()
        handin = check_is_own(found, visitor, states=("reading", "asked", "waiting", "refused"))
        place, handin.place = handin.place, ""
        transaction.on_commit(lambda: delete_upload(study, place))
        return ended(handin, visitor, "withdrawn", "withdrew a file", called="hand-in")
