"""What an author does: begin, save, attach, send for review, take back, withdraw."""

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import Max, Sum

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import note
from torg.site.experience.actions.indexing import forget
from torg.site.experience.attaching import (
    MOST_FILES,
    MOST_KEPT,
    NO_ROOM,
    TOO_MANY,
    clean_name,
    media_of,
)
from torg.site.experience.content import Content
from torg.site.experience.models import Attachment, Experience, Version
from torg.site.experience.permissions import (
    check_can_change,
    check_can_send,
    check_is_shown,
    check_waits,
    own_experience,
)

MOST_DRAFTS = 50  # of one municipality that were never published
MANY = message("Your municipality has fifty drafts already: finish one of them first.")


@transaction.atomic
def begin_experience(visitor: Visitor, content: Content) -> int:
    """Begin a draft of the visitor's municipality; gives its number."""
    own = Experience.objects.filter(country=visitor.country, unit=visitor.unit)
    if own.filter(published__isnull=True).count() >= MOST_DRAFTS:
        raise UserError(MANY)
    made = Experience.objects.create(
        country=visitor.country, unit=visitor.unit, made=dt.datetime.now(dt.UTC)
    )
    _add_version(made, content)
    note(visitor, "began an experience", about=f"experience {made.pk}")
    return int(made.pk)


@transaction.atomic
def save_experience(visitor: Visitor, number: int, content: Content) -> int:
    """Keep what the author wrote as a new version, where it says something else; gives its number.

    Files stay as they are. Raises NotThere, or UserError while it waits for review.
    """
    experience = own_experience(visitor, number)
    check_can_change(experience)
    newest = newest_version(experience)
    content = content.with_files(Content.of(newest).files)
    if content == Content.of(newest):
        return int(newest.number)
    return _change(visitor, experience, content, "saved an experience")


@transaction.atomic
def attach_file(visitor: Visitor, number: int, *, name: str, content: bytes) -> int:
    """Add a file to a draft; gives the attachment's number. Raises UserError with the remedy."""
    experience = own_experience(visitor, number)
    check_can_change(experience)
    before = Content.of(newest_version(experience))
    if len(before.files) >= MOST_FILES:
        raise UserError(TOO_MANY)
    if _bytes_kept(visitor) + len(content) > MOST_KEPT:
        raise UserError(NO_ROOM)
    kept = Attachment.objects.create(
        experience=experience, name=clean_name(name), media=media_of(content),
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), content=content,
        added=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    _change(visitor, experience, before.with_files((*before.files, kept.pk)), "attached a file")
    return int(kept.pk)


def _bytes_kept(visitor: Visitor) -> int:
    """How much the municipality's files take, with those that only earlier versions have."""
    own = Attachment.objects.filter(
        experience__country=visitor.country, experience__unit=visitor.unit
    )
    return int(own.aggregate(bytes=Sum("size"))["bytes"] or 0)


@transaction.atomic
def detach_file(visitor: Visitor, number: int, attachment: int) -> None:
    """Take a file out of a draft; earlier versions keep it."""
    experience = own_experience(visitor, number)
    check_can_change(experience)
    before = Content.of(newest_version(experience))
    files = tuple(one for one in before.files if one != attachment)
    if files != before.files:
        _change(visitor, experience, before.with_files(files), "took a file out")


@transaction.atomic
def send_experience(visitor: Visitor, number: int) -> None:
    """Send the newest version for review."""
    experience = own_experience(visitor, number)
    check_can_send(experience, Content.of(newest_version(experience)))
    experience.state, experience.sent = "waiting", dt.datetime.now(dt.UTC)
    experience.save(update_fields=("state", "sent"))
    note(visitor, "sent an experience for review", about=f"experience {number}")


@transaction.atomic
def take_back_experience(visitor: Visitor, number: int) -> None:
    """Make what waits for review a draft again."""
    experience = own_experience(visitor, number)
    check_waits(experience)
    experience.state = "draft"
    experience.save(update_fields=("state",))
    note(visitor, "took an experience back from review", about=f"experience {number}")


@transaction.atomic
def withdraw_experience(visitor: Visitor, number: int) -> None:
    """Take the municipality's own experience off the public pages; its versions are kept."""
    experience = own_experience(visitor, number)
    check_is_shown(experience)
    take_off(experience)
    note(visitor, "withdrew an experience", about=f"experience {number}")


def take_off(experience: Experience, *, reason: str = "") -> None:
    """Let the experience not be shown or found any more."""
    experience.state, experience.shown, experience.reason = "withdrawn", None, reason
    experience.withdrawn = dt.datetime.now(dt.UTC)
    experience.save()
    forget("experience", experience.pk)


def newest_version(experience: Experience) -> Version:
    """What was written last."""
    return Version.objects.filter(experience=experience).latest("number")


def _change(visitor: Visitor, experience: Experience, content: Content, what: str) -> int:
    """A new version makes it a draft again; what is published stays shown until it is accepted."""
    version = _add_version(experience, content)
    experience.state = "draft"
    experience.save(update_fields=("state",))
    note(visitor, what, about=f"experience {experience.pk}", version=version.number)
    return int(version.number)


def _add_version(experience: Experience, content: Content) -> Version:
    last = Version.objects.filter(experience=experience).aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        experience=experience, number=last + 1, made=dt.datetime.now(dt.UTC), **content.columns
    )
