"""A person's data: all that is kept about a mail address, given out or forgotten on request."""

import datetime as dt
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from django.db import transaction

from torg.site.accounts.actions.holding import check_analyst_is_left
from torg.site.accounts.models import Account, AccountWish
from torg.site.accounts.visiting import Visitor
from torg.site.answers.actions.addressing import as_kept, erase
from torg.site.answers.models import Contact, Event, Invitation
from torg.site.audit.actions import COMMAND, note
from torg.site.audit.models import Entry
from torg.site.opening import with_people
from torg.site.work.keeping import make_nameless
from torg.study import Study

# Of other rooms that keep an address or a name: a function of the address that gives rows fit for
# JSON, and one that erases it and gives in how many places.
FOUND: Mapping[str, str] = {"experiences": "torg.site.experience.persons.found_of"}
FORGOTTEN: Mapping[str, str] = {"experiences": "torg.site.experience.persons.erase"}


@with_people
def export_person(study: Study, address: str, *, visitor: Visitor = COMMAND) -> dict[str, Any]:
    """All that is kept about an address, fit for JSON; answers are the municipality's, not its."""
    address = as_kept(address)
    found = {
        "study": study.id,
        "address": address,
        "contacts": [_contact(each) for each in _contacts(address)],
        "accounts": [_account(each) for each in _accounts(address)],
        "wishes_for_accounts": [_wish(each) for each in _wishes(address)],
        **{what: _named(function)(address) for what, function in FOUND.items()},
    }
    note(visitor, "gave out what is kept of a person")
    return found


@with_people
def forget_person(
    study: Study, address: str, *, visitor: Visitor = COMMAND, at: dt.datetime | None = None
) -> Mapping[str, int]:
    """Forget a name and address wherever they are kept: in how many places, by kind.

    Links open nothing more, an account ends and becomes a number. What was done stays in the log
    under that number. Raises UserError for the last analyst, who would shut everybody out, and
    SurveyError where another program keeps an address from leaving the file.
    """
    at, address = at or dt.datetime.now(dt.UTC), as_kept(address)
    with transaction.atomic():
        accounts = list(_accounts(address))
        check_analyst_is_left([account.pk for account in accounts])
        for account in accounts:
            make_nameless(account, at=at)
        wishes = _wishes(address).update(address="", name="")
        others = {what: _named(function)(address) for what, function in FORGOTTEN.items()}
        numbers = [f"account {account.pk}" for account in accounts]
        note(visitor, "forgot a person", about=", ".join(numbers))
    contacts = erase(study, address=address, at=at)
    return {"contacts": contacts, "accounts": len(accounts), "wishes": wishes, **others}


def _contacts(address: str) -> Any:  # noqa: ANN401 -- Django's, untyped
    return Contact.objects.filter(address__iexact=address).order_by("id")


def _accounts(address: str) -> Any:  # noqa: ANN401
    return Account.objects.filter(address__iexact=address).order_by("id")


def _wishes(address: str) -> Any:  # noqa: ANN401
    return AccountWish.objects.filter(address__iexact=address).order_by("id")


def _contact(contact: Contact) -> dict[str, Any]:
    invitations = Invitation.objects.filter(respondent__contact=contact).order_by("id")
    return {
        **_fields(contact, "country", "unit", "address", "name", "role", "language"),
        **_moments(contact, "added", "bounced", "ended"),
        "invitations": [_invitation(each) for each in invitations],
    }


def _invitation(invitation: Invitation) -> dict[str, Any]:
    events = Event.objects.filter(respondent=invitation.respondent).order_by("at", "id")
    return {
        "wave": invitation.respondent.wave,
        "state": invitation.state,
        **_moments(invitation, "made", "sent", "bounced", "revoked"),
        "events": [{"kind": each.kind, "at": each.at.isoformat()} for each in events],
    }


def _account(account: Account) -> dict[str, Any]:
    entries = Entry.objects.filter(who=f"account {account.pk}").order_by("at", "id")
    return {
        "number": account.pk,
        **_fields(account, "address", "name", "role", "country", "unit", "language"),
        **_moments(account, "made", "last_login", "ended"),
        "log": [
            {"at": each.at.isoformat(), **_fields(each, "what", "about", "detail")}
            for each in entries
        ],
    }


def _wish(wish: AccountWish) -> dict[str, Any]:
    return {
        **_fields(wish, "country", "unit", "address", "name", "language", "granted"),
        **_moments(wish, "at", "decided"),
    }


def _fields(row: Any, *names: str) -> dict[str, Any]:  # noqa: ANN401
    return {name: getattr(row, name) for name in names}


def _moments(row: Any, *names: str) -> dict[str, str | None]:  # noqa: ANN401
    moments = {name: getattr(row, name) for name in names}
    return {name: at.isoformat() if at else None for name, at in moments.items()}


def _named(name: str) -> Callable[[str], Any]:
    module, _, function = name.rpartition(".")
    found: Callable[[str], Any] = getattr(import_module(module), function)
    return found
