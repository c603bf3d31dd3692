"""Questions and thanks to those who published an experience, and their answers."""

import datetime as dt

from django.db import transaction

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.experience.actions.noticing import tell
from torg.site.experience.models import Remark
from torg.site.experience.permissions import (
    NotThere,
    can_answer,
    check_is_another,
    shown_experience,
)

MOST_OPEN = 5  # questions of one municipality to one experience that have no answer yet
ASK_LESS = message("Five of your questions wait for an answer here: let them be answered first.")


@transaction.atomic
def ask_question(visitor: Visitor, number: int, *, text: str) -> None:
    """Ask those who published an experience; they are told."""
    experience = shown_experience(number)
    check_is_another(visitor, experience)
    mine = Remark.objects.filter(
        experience=experience, country=visitor.country, unit=visitor.unit, kind="question"
    )
    if mine.filter(answered__isnull=True, hidden__isnull=True).count() >= MOST_OPEN:
        raise UserError(ASK_LESS)
    made = Remark.objects.create(
        experience=experience, kind="question", country=visitor.country, unit=visitor.unit,
        text=text, at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    tell(experience, "question", experience=experience)
    note(visitor, "asked a question", about=f"experience {number}", remark=made.pk)


@transaction.atomic
def give_thanks(visitor: Visitor, number: int) -> None:
    """Thank those who published an experience; each municipality thanks once."""
    experience = shown_experience(number)
    check_is_another(visitor, experience)
    _, is_new = Remark.objects.get_or_create(
        experience=experience, kind="thanks", country=visitor.country, unit=visitor.unit,
        defaults={"at": dt.datetime.now(dt.UTC)},
    )  # fmt: skip
    if is_new:
        tell(experience, "thanks", experience=experience)
        note(visitor, "gave thanks", about=f"experience {number}")


@transaction.atomic
def answer_question(visitor: Visitor, number: int, *, text: str) -> int:
    """Answer a question about the municipality's own experience; gives the experience's number."""
    found = (
        Remark.objects.select_related("experience")
        .filter(id=number, kind="question", hidden__isnull=True)
        .first()
    )
    if found is None or not can_answer(visitor, found):
        raise NotThere
    found.answer, found.answered = text, dt.datetime.now(dt.UTC)
    found.save(update_fields=("answer", "answered"))
    tell(found, "answer", experience=found.experience)
    note(visitor, "answered a question", about=f"experience {found.experience_id}", remark=number)
    return int(found.experience_id)
