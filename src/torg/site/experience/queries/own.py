"""A municipality's own: its drafts, what waits, what it was told. Looked up only within its own."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.experience.content import Content
from torg.site.experience.models import Experience, Notice, Version
from torg.site.experience.observed import Key, key_of
from torg.site.experience.permissions import NotThere

STATES = {
    "draft": message("Draft"),
    "waiting": message("Waits for review"),
    "returned": message("Returned with a remark"),
    "published": message("Published"),
    "withdrawn": message("Withdrawn"),
}
NOTICES = {
    "accepted": message("Your experience was published."),
    "returned": message("Your experience came back with a remark."),
    "withdrawn": message("Your experience was taken off the public pages."),
    "question": message("Another municipality has a question about your experience."),
    "thanks": message("Another municipality says thank you for your experience."),
    "answer": message("Your question was answered."),
    "answered": message("Somebody answered your request for knowledge."),
}


@dataclass(frozen=True, kw_only=True)
class OwnExperience:
    """One of the municipality's own, in its newest version."""

    number: int
    country: str
    unit: str
    state: str
    version: int
    changed: dt.datetime
    sent: dt.datetime | None
    reason: str
    is_shown: bool
    content: Content

    @property
    def place(self) -> Key:
        """What the municipality's page is called: NO-0301."""
        return key_of(self.country, self.unit)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice: its sentence, and the number of the experience or request that it is about."""

    sentence: str
    at: dt.datetime
    is_new: bool
    experience: int | None
    request: int | None
    leads_to_own: bool  # to the draft, not to the published page


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A version that was kept."""

    number: int
    made: dt.datetime
    content: Content


def own_experiences(visitor: Visitor) -> list[OwnExperience]:
    """All of the municipality's own, the newest first."""
    rows = Experience.objects.filter(country=visitor.country, unit=visitor.unit).order_by("-id")
    return [_own(row) for row in rows]


def own_draft(visitor: Visitor, number: int) -> OwnExperience:
    """One of the municipality's own. Raises NotThere for any other."""
    row = Experience.objects.filter(
        id=number, country=visitor.country, unit=visitor.unit
    ).first()  # fmt: skip
    if row is None:
        raise NotThere
    return _own(row)


def waiting_experiences() -> list[OwnExperience]:
    """What waits for review, the oldest first: for the staff."""
    rows = Experience.objects.filter(state="waiting").order_by("sent", "id")
    return [_own(row) for row in rows]


def versions_of(visitor: Visitor, number: int) -> list[Earlier]:
    """Every version that was kept of one's own, the newest first."""
    own_draft(visitor, number)
    rows = Version.objects.filter(experience_id=number).order_by("-number")
    return [Earlier(number=row.number, made=row.made, content=Content.of(row)) for row in rows]


def notices_of(country: str, unit: str, *, limit: int = 30) -> list[Told]:
    """What the municipality was told, the newest first."""
    rows = Notice.objects.filter(country=country, unit=unit).order_by("-at", "-id")[:limit]
    return [
        Told(
            sentence=NOTICES[row.kind], at=row.at, is_new=row.seen is None,
            experience=row.experience_id, request=row.request_id,
            leads_to_own=row.kind in {"returned", "withdrawn"},
        )
        for row in rows
    ]  # fmt: skip


def _own(row: Any) -> OwnExperience:  # noqa: ANN401 -- Django's, untyped
    newest = Version.objects.filter(experience=row).latest("number")
    return OwnExperience(
        number=row.pk, country=row.country, unit=row.unit, state=row.state, version=newest.number,
        changed=newest.made, sent=row.sent, reason=row.reason, is_shown=row.shown_id is not None,
        content=Content.of(newest),
    )  # fmt: skip
