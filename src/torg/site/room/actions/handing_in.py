"""A municipality hands a file in, and answers what only it can know."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from torg.errors import SurveyError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.opening import with_people
from torg.site.room.asking import checked_answers
from torg.site.room.models import OPEN, HandIn
from torg.site.room.permissions import check_is_own
from torg.site.room.queries import bytes_kept
from torg.site.room.uploading import Arrived, most_kept
from torg.site.work.actions import ask_for
from torg.study import Study

MOST_OPEN = 100  # files of one municipality that something can still come of

AGAIN = message("You have handed in the same file already, and it is still being looked at.")
TOO_MANY = message(
    "Too many of your files wait already: withdraw some, or wait until they were looked at."
)
TOO_MUCH = message(
    "Your files take up all the room that there is for one municipality: withdraw some, those that "
    "were refused too, or wait until they were looked at."
)


@with_people
def hand_in(study: Study, visitor: Visitor, arrived: Arrived) -> HandIn:
    """Note a file that came in, and let it be read.

    Raises SurveyError where the same file is being looked at already, or too many are, or too much.
    """
    try:
        with transaction.atomic():
            _require_room(study, visitor, arrived)
            return _noted(visitor, arrived)
    except IntegrityError:
        raise SurveyError(AGAIN) from None


def _require_room(study: Study, visitor: Visitor, arrived: Arrived) -> None:
    """Raise SurveyError where the municipality's files would be too many, or too large together.

    With PostgreSQL two calls at once do not see each other's, and may go over it by one of them.
    """
    open_ones = HandIn.objects.filter(country=visitor.country, unit=visitor.unit, state__in=OPEN)
    if open_ones.count() >= MOST_OPEN:
        raise SurveyError(TOO_MANY)
    if bytes_kept(visitor.country, visitor.unit) + arrived.size > most_kept(study):
        raise SurveyError(TOO_MUCH)


def _noted(visitor: Visitor, arrived: Arrived) -> HandIn:
    made = HandIn.objects.create(
        country=visitor.country, unit=visitor.unit, name=arrived.name, place=arrived.place,
        size=arrived.size, sha256=arrived.sha256, by=visitor.is_named,
        made=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    note(
        visitor, "handed in a file", about=f"hand-in {made.pk}",
        sha256=arrived.sha256, bytes=arrived.size,
    )  # fmt: skip
    return let_it_be_read(made, by=visitor.is_named)


def let_it_be_read(handin: HandIn, *, by: str) -> HandIn:
    """Put the reading of a file on the queue.

    Who hands in many keeps nobody waiting with them: what is not of rooms is done first, and of two
    municipalities the file of the one with fewer that wait.
    """
    handin.state, handin.rows, handin.question = "reading", None, ""
    own = HandIn.objects.filter(country=handin.country, unit=handin.unit, state="reading")
    behind = 1 + own.exclude(pk=handin.pk).count()
    handin.job = ask_for("read a hand-in", by=by, behind=behind, number=handin.pk).pk
    handin.save()
    return handin


@with_people
def answer_question(
    study: Study,
    visitor: Visitor,
    number: int,
    answers: Mapping[str, str],
) -> HandIn:
    """Say what the file does not, and let it be read again.

    Raises SurveyError where it is not the visitor's, asks nothing, or an answer cannot be.
    """
    with transaction.atomic():
        handin = HandIn.objects.select_for_update().filter(id=number).first()
        found = check_is_own(handin, visitor, states=("asked",))
        found.answers = {**found.answers, **checked_answers(answers)}
        note(visitor, "answered what a file asks", about=f"hand-in {number}", answers=found.answers)
        return let_it_be_read(found, by=visitor.is_named)
