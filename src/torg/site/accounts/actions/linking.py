"""Links that open a municipality's room: made, opened, taken back."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F

from torg.errors import UserError
from torg.site.accounts.actions.holding import check_unit
from torg.site.accounts.models import RoomLink
from torg.site.accounts.visiting import Visitor
from torg.site.answers.links import hash_of
from torg.site.audit.actions import COMMAND, note
from torg.site.opening import with_people
from torg.study import Study

LINK_DAYS = 90
MOST_DAYS = 366

_BYTES = 32


@with_people
def make_room_link(
    study: Study,
    country: str,
    unit: str,
    *,
    days: int = LINK_DAYS,
    visitor: Visitor = COMMAND,
    at: dt.datetime | None = None,
) -> str:
    """A link to a municipality's room: its token, which is known only now. Raises UserError."""
    at = at or dt.datetime.now(dt.UTC)
    check_unit(study, country, unit)
    if not 1 <= days <= MOST_DAYS:
        raise UserError(f"a link opens a room for 1 to {MOST_DAYS} days: choose among them.")
    token = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        link = RoomLink.objects.create(
            country=country, unit=unit, hash=hash_of(token), made=at, by=visitor.is_named,
            expires=at + dt.timedelta(days=days),
        )  # fmt: skip
        note(visitor, "made a link to a room", about=f"room link {link.pk}", country=country,
             unit=unit)  # fmt: skip
    return token


def opened_room(token: str, *, at: dt.datetime) -> RoomLink | None:
    """The link that the token is of; None where it opens nothing."""
    link = RoomLink.valid(at=at).filter(hash=hash_of(token)).first()
    if link is not None:
        RoomLink.objects.filter(pk=link.pk).update(used=at)
    return link


@with_people
def revoke_room_link(
    study: Study, number: int, *, visitor: Visitor = COMMAND, at: dt.datetime | None = None
) -> None:
    """Let a link open nothing any more; whoever came in by it is out. Raises UserError."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        link = RoomLink.objects.select_for_update().filter(pk=number).first()
        if link is None:
            raise UserError(f"there is no link with the number {number}: look at the list.")
        RoomLink.objects.filter(pk=number, revoked__isnull=True).update(revoked=at)
        note(visitor, "took a link to a room back", about=f"room link {link.pk}",
             country=link.country, unit=link.unit)  # fmt: skip


def drop_old_room_links(*, before: dt.datetime) -> int:
    """Forget links that opened nothing since that moment."""
    over = RoomLink.objects.filter(expires__lt=before) | RoomLink.objects.filter(
        revoked__lt=before, revoked__lte=F("expires")
    )
    return int(over.delete()[0])
