"""One of a municipality asks for an account, and the staff say yes or no."""

import datetime as dt

from django.db import transaction

from torg.errors import UserError
from torg.site.accounts.actions.holding import Made, add_account
from torg.site.accounts.models import AccountWish
from torg.site.accounts.visiting import Visitor
from torg.site.answers.actions.addressing import checked_address
from torg.site.audit.actions import note
from torg.site.opening import with_people
from torg.study import Study

MOST_OPEN = 10  # wishes of one municipality that wait


@with_people
def wish_for_account(
    study: Study,
    visitor: Visitor,
    address: str,
    *,
    name: str = "",
    language: str = "",
    at: dt.datetime | None = None,
) -> AccountWish:
    """Ask the staff for an account in the visitor's own municipality. Raises UserError."""
    fresh = checked_address(address, place="the address")
    with transaction.atomic():
        waiting = AccountWish.objects.filter(
            country=visitor.country, unit=visitor.unit, decided__isnull=True
        )
        same = waiting.filter(address__iexact=fresh).first()
        if same is not None:
            return same
        if waiting.count() >= MOST_OPEN:
            raise UserError(f"{MOST_OPEN} accounts are asked for already: wait for the answer.")
        wish = AccountWish.objects.create(
            country=visitor.country, unit=visitor.unit, address=fresh, name=name.strip(),
            language=language or study.languages[0], at=at or dt.datetime.now(dt.UTC),
            by=visitor.is_named,
        )  # fmt: skip
        note(visitor, "asked for an account", about=f"wish {wish.pk}")
    return wish


@with_people
def grant_wish(
    study: Study, visitor: Visitor, number: int, *, at: dt.datetime | None = None
) -> Made:
    """Make the account that was asked for. Raises UserError."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        wish = _decided(visitor, number, granted=True, at=at)
        return add_account(
            study, wish.address, role="municipality", country=wish.country, unit=wish.unit,
            name=wish.name, language=wish.language, visitor=visitor, at=at,
        )  # fmt: skip


@with_people
def turn_down_wish(
    study: Study, visitor: Visitor, number: int, *, at: dt.datetime | None = None
) -> None:
    """Say no; name and address of who was named are kept no longer. Raises UserError."""
    with transaction.atomic():
        wish = _decided(visitor, number, granted=False, at=at or dt.datetime.now(dt.UTC))
        AccountWish.objects.filter(pk=wish.pk).update(address="", name="")


def _decided(visitor: Visitor, number: int, *, granted: bool, at: dt.datetime) -> AccountWish:
    wish = AccountWish.objects.select_for_update().filter(pk=number, decided__isnull=True).first()
    if wish is None:
        raise UserError("Nobody waits for that account any more.")
    AccountWish.objects.filter(pk=number).update(decided=at, granted=granted)
    what = "granted an account" if granted else "turned an account down"
    note(visitor, what, about=f"wish {number}", country=wish.country, unit=wish.unit)
    return wish
