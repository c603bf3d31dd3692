"""What the staff do with experience: accept, return with a remark, withdraw, hide remarks."""

import datetime as dt

from django.db import transaction

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.experience.actions.hiding import hide
from torg.site.experience.actions.indexing import index_version
from torg.site.experience.actions.noticing import tell
from torg.site.experience.actions.writing import newest_version, take_off
from torg.site.experience.models import Experience, Remark
from torg.site.experience.permissions import NotThere, check_can_edit, check_is_shown, check_waits

SAY_WHY = message("Say why: the municipality reads it.")


@transaction.atomic
def accept_experience(visitor: Visitor, number: int) -> None:
    """Publish the version that waits, in place of the one shown before."""
    experience = _for_staff(visitor, number)
    check_waits(experience)
    now = dt.datetime.now(dt.UTC)
    version = newest_version(experience)
    experience.state, experience.shown, experience.reason = "published", version, ""
    experience.published, experience.withdrawn = experience.published or now, None
    experience.save()
    index_version(version)
    tell(experience, "accepted", experience=experience)
    _note(visitor, "accepted an experience", experience, version=version.number)


@transaction.atomic
def return_experience(visitor: Visitor, number: int, *, remark: str) -> None:
    """Give the version that waits back to its author, with a remark."""
    experience = _for_staff(visitor, number)
    check_waits(experience)
    experience.state, experience.reason = "returned", _why(remark)
    experience.save(update_fields=("state", "reason"))
    tell(experience, "returned", experience=experience)
    _note(visitor, "returned an experience", experience)


@transaction.atomic
def withdraw_by_staff(visitor: Visitor, number: int, *, reason: str) -> None:
    """Take a municipality's experience off the public pages, and tell it why."""
    experience = _for_staff(visitor, number)
    check_is_shown(experience)
    take_off(experience, reason=_why(reason))
    tell(experience, "withdrawn", experience=experience)
    _note(visitor, "withdrew an experience", experience)


@transaction.atomic
def hide_remark(visitor: Visitor, number: int) -> int:
    """Take a question or thanks off the public pages; gives the experience's number."""
    found = hide(visitor, Remark, number)
    note(visitor, "hid a remark", about=f"experience {found.experience_id}", remark=number)
    return int(found.experience_id)


def _for_staff(visitor: Visitor, number: int) -> Experience:
    check_can_edit(visitor)
    found = Experience.objects.select_for_update().filter(id=number).first()
    if found is None:
        raise NotThere
    return found


def _why(remark: str) -> str:
    if not remark.strip():
        raise UserError(SAY_WHY)
    return remark.strip()


def _note(visitor: Visitor, what: str, experience: Experience, **detail: int) -> None:
    note(
        visitor, what, about=f"experience {experience.pk}", country=experience.country,
        unit=experience.unit, **detail,
    )  # fmt: skip
