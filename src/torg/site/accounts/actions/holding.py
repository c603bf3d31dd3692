"""Accounts: made by the staff, given a password by their owner, ended."""

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.db import transaction

from torg.errors import UserError
from torg.register import read_register
from torg.site.accounts.factors import drop_begun_factor, drop_devices
from torg.site.accounts.models import ROLES, Account, AccountLink
from torg.site.accounts.passwords import hashed
from torg.site.accounts.visiting import Visitor, visitor_for
from torg.site.answers.actions.addressing import checked_address
from torg.site.answers.links import hash_of
from torg.site.answers.models import FrameUnit
from torg.site.audit.actions import COMMAND, note
from torg.site.opening import with_people
from torg.study import Study

LINK_DAYS = 7  # that a link to set a password opens

_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Made:
    """An account, and the link to set its password: the token is known only now."""

    account: int
    address: str
    language: str
    token: str


@with_people
def add_account(
    study: Study,
    address: str,
    *,
    role: str,
    country: str = "",
    unit: str = "",
    name: str = "",
    language: str = "",
    visitor: Visitor = COMMAND,
    at: dt.datetime | None = None,
) -> Made:
    """Make an account, without a password: its owner sets one by the link.

    Raises UserError where the address has one already, the role is none, or one of a municipality
    does not say which.
    """
    at = at or dt.datetime.now(dt.UTC)
    fresh = checked_address(address, place="the address")
    _check_role(study, role, country, unit)
    with transaction.atomic():
        if Account.objects.filter(address__iexact=fresh).exists():
            raise UserError("That address has an account already: make it a new link instead.")
        account = Account(
            address=fresh, name=name.strip(), role=role, country=country, unit=unit,
            language=language or study.languages[0], made=at,
        )  # fmt: skip
        account.set_unusable_password()
        account.save()
        note(visitor, "made an account", about=f"account {account.pk}", country=country, unit=unit,
             role=role)  # fmt: skip
        return _linked(account, at)


@with_people
def link_account(
    study: Study, number: int, *, visitor: Visitor = COMMAND, at: dt.datetime | None = None
) -> Made:
    """A new link to set the password by; those before open nothing more. Raises UserError."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        account = _active(number)
        _use_up_links(account, at)
        note(visitor, "made a link to set a password", about=f"account {account.pk}",
             country=account.country, unit=account.unit)  # fmt: skip
        return _linked(account, at)


@with_people
def end_account(
    study: Study, number: int, *, visitor: Visitor = COMMAND, at: dt.datetime | None = None
) -> None:
    """Let the account sign in no more, from now on. Raises UserError where nobody would be left."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        check_analyst_is_left([number])
        account = _active(number)
        account.ended = at
        account.set_unusable_password()
        account.save()
        _use_up_links(account, at)
        drop_devices(account)
        note(visitor, "ended an account", about=f"account {account.pk}",
             country=account.country, unit=account.unit)  # fmt: skip


@with_people
def drop_factor(study: Study, number: int, *, visitor: Visitor = COMMAND) -> None:
    """Take the second factor away, where a telephone was lost; the staff set up another."""
    with transaction.atomic():
        account = _active(number)
        drop_devices(account)
        note(visitor, "took a second factor away", about=f"account {account.pk}",
             country=account.country, unit=account.unit)  # fmt: skip


@with_people
def set_password(
    study: Study, link: int, password: str, *, at: dt.datetime | None = None
) -> Account | None:
    """Set the password by a link, once; None where the link opens nothing any more."""
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        found = AccountLink.objects.select_for_update().filter(
            id=link, used__isnull=True, expires__gt=at, account__ended__isnull=True
        )
        one = found.first()
        if one is None:
            return None
        account = Account.objects.get(pk=one.account_id)
        change_password(account, password, what="set a password by a link")
    return account


def change_password(account: Account, password: str, *, what: str = "changed a password") -> None:
    """Change it; every session of the account but the one that asks ends with it.

    Links to set another open nothing more, and a second factor that was begun is begun anew: who
    knew the password before may have seen either.
    """
    with transaction.atomic():
        account.password = hashed(password)
        account.save(update_fields=("password",))
        _use_up_links(account, dt.datetime.now(dt.UTC))
        drop_begun_factor(account)
        note(visitor_for(account), what, about=f"account {account.pk}")


def drop_old_links(*, at: dt.datetime) -> int:
    """Forget links that open nothing any more, and sessions that are over."""
    Session.objects.filter(expire_date__lte=at).delete()
    return int(AccountLink.objects.filter(expires__lte=at).delete()[0])


def check_analyst_is_left(leaving: Collection[int]) -> None:
    """Raise UserError where no analyst would be left without those accounts.

    All are held until the transaction ends: two who end each other wait, one for the other.
    """
    analysts = Account.objects.select_for_update().filter(role="analyst", ended__isnull=True)
    there = set(analysts.order_by("pk").values_list("pk", flat=True))
    if there & set(leaving) and there <= set(leaving):
        raise UserError("This is the last analyst: make another first.")


def check_unit(study: Study, country: str, unit: str) -> None:
    """Raise UserError where neither the register nor a frame knows the unit."""
    register = read_register(study.register_folder)
    known = {(each.country, each.code) for each in register.municipalities}
    if (country, unit) not in known and not FrameUnit.objects.filter(
        country=country, unit=unit
    ).exists():
        raise UserError(
            f"{country}:{unit} is in no register and no frame: write it as NO:0301, as they do."
        )


def _check_role(study: Study, role: str, country: str, unit: str) -> None:
    if role not in ROLES:
        raise UserError(f"no role is called '{role}': there are {', '.join(ROLES)}.")
    if role == "municipality":
        check_unit(study, country, unit)
    elif country or unit:
        raise UserError("only an account of the role 'municipality' names one: leave it out.")


def _active(number: int) -> Account:
    account = Account.objects.select_for_update().filter(pk=number, ended__isnull=True).first()
    if account is None:
        raise UserError("There is no such account, or it has ended.")
    return account


def _linked(account: Account, at: dt.datetime) -> Made:
    token = secrets.token_urlsafe(_BYTES)
    AccountLink.objects.create(
        account=account, hash=hash_of(token), made=at,
        expires=at + dt.timedelta(days=LINK_DAYS),
    )  # fmt: skip
    return Made(account=account.pk, address=account.address, language=account.language, token=token)


def _use_up_links(account: Account, at: dt.datetime) -> None:
    AccountLink.objects.filter(account=account, used__isnull=True).update(used=at)
