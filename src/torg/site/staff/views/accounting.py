"""Accounts and links to rooms: made, renewed, ended, taken back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from torg.errors import TorgError, UserError
from torg.locale import message
from torg.register import read_register
from torg.site.accounts.actions import (
    Made,
    add_account,
    drop_factor,
    end_account,
    grant_wish,
    link_account,
    make_room_link,
    revoke_room_link,
    turn_down_wish,
)
from torg.site.accounts.actions.holding import LINK_DAYS
from torg.site.accounts.forms import asked, number_said, said
from torg.site.accounts.letters import account_path, room_path, sent_account, sent_room
from torg.site.accounts.models import ROLES, Account
from torg.site.accounts.queries import links_newest_first, state_of, wishes_waiting, with_factor
from torg.site.answers.actions.addressing import checked_address
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.staff.telling import staff_page, told
from torg.site.whole_addresses import at_site

A_PAGE = 50

SENT = message("The link went out by letter.")
ENDED = message("The account has ended.")
FACTOR_GONE = message("The second factor is gone: another is set up with the next sign-in.")
TURNED_DOWN = message("The account is turned down.")
TAKEN_BACK = message("The link opens nothing any more.")


@door("analyst")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, those that are asked for, and a form to make one."""
    return _accounts_page(request)


@door("analyst", methods=("POST",))
def make_account(request: HttpRequest) -> HttpResponse:
    """Make an account; the link to set its password goes to its owner."""
    country, _, unit = said(request, "unit").partition(":")
    return _made(
        request,
        lambda: add_account(
            current_study(), said(request, "address", longest=300), role=said(request, "role"),
            country=country, unit=unit, name=said(request, "name", longest=200),
            language=said(request, "language", longest=5), visitor=request.visitor,
        ),
    )  # fmt: skip


@door("analyst", methods=("POST",))
def renew_link(request: HttpRequest) -> HttpResponse:
    """A new link to set the password of an account by."""
    number = number_said(request, "account")
    return _made(request, lambda: link_account(current_study(), number, visitor=request.visitor))


@door("analyst", methods=("POST",))
def decide_wish(request: HttpRequest) -> HttpResponse:
    """Make the account that a municipality asks for, or say no."""
    number = number_said(request, "wish")
    if said(request, "decision") == "grant":
        return _made(request, lambda: grant_wish(current_study(), request.visitor, number))
    return _done(
        request, TURNED_DOWN, lambda: turn_down_wish(current_study(), request.visitor, number)
    )


@door("analyst", methods=("POST",))
def end(request: HttpRequest) -> HttpResponse:
    """Let an account sign in no more."""
    number = number_said(request, "account")

    def act() -> None:
        if number == request.visitor.account:
            raise UserError("This is your own account: another analyst can end it.")
        end_account(current_study(), number, visitor=request.visitor)

    return _done(request, ENDED, act)


@door("analyst", methods=("POST",))
def take_factor(request: HttpRequest) -> HttpResponse:
    """Take away the second factor of who lost the telephone."""
    number = number_said(request, "account")
    return _done(
        request,
        FACTOR_GONE,
        lambda: drop_factor(current_study(), number, visitor=request.visitor),
    )


@door("analyst")
def links(request: HttpRequest) -> HttpResponse:
    """Links to rooms, and a form to make one."""
    return _links_page(request)


@door("analyst", methods=("POST",))
def make_link(request: HttpRequest) -> HttpResponse:
    """Make a link to a municipality's room: it goes out by letter, or is shown once."""
    study = current_study()
    country, _, unit = said(request, "unit").partition(":")
    days, to = number_said(request, "days"), said(request, "address", longest=300)
    try:
        to = to and checked_address(to, place="the address")
        token = make_room_link(study, country, unit, days=days, visitor=request.visitor)
    except TorgError as error:
        return _links_page(request, fault=error)
    link = at_site(request, room_path(token))
    until = str((dt.datetime.now(study.zone) + dt.timedelta(days=days)).date())
    is_sent = bool(to) and sent_room(
        study, to, language=request.language, unit=_name_of(country, unit), link=link, until=until
    )
    if is_sent:
        return told(request, SENT, "staff_links")
    return staff_page(request, "link", here="staff_links", link=link, whose=f"{country}:{unit}",
                      is_account=False)  # fmt: skip


@door("analyst", methods=("POST",))
def revoke_link(request: HttpRequest) -> HttpResponse:
    """Take a link back."""
    try:
        revoke_room_link(current_study(), number_said(request, "link"), visitor=request.visitor)
    except TorgError as error:
        return _links_page(request, fault=error)
    return told(request, TAKEN_BACK, "staff_links")


def _made(request: HttpRequest, make: Callable[[], Made]) -> HttpResponse:
    """What was made is told to its owner by letter, else shown to who made it, this once."""
    study = current_study()
    try:
        made = make()
    except TorgError as error:
        return _accounts_page(request, fault=error)
    link = at_site(request, account_path(made.token))
    if sent_account(study, made, link=link, days=LINK_DAYS):
        return told(request, SENT, "staff_accounts")
    return staff_page(
        request, "link", here="staff_accounts", link=link, whose=made.address, is_account=True
    )


def _done(request: HttpRequest, sentence: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except TorgError as error:
        return _accounts_page(request, fault=error)
    return told(request, sentence, "staff_accounts")


def _accounts_page(request: HttpRequest, *, fault: TorgError | None = None) -> HttpResponse:
    pages = Paginator(Account.objects.order_by("ended", "role", "address"), A_PAGE)
    return staff_page(
        request, "accounts", here="staff_accounts", fault=fault, wishes=wishes_waiting(),
        accounts=pages.get_page(asked(request, "page")), secured=with_factor(), roles=ROLES[::-1],
        places=_places(), own=request.visitor.account,
    )  # fmt: skip


def _links_page(request: HttpRequest, *, fault: TorgError | None = None) -> HttpResponse:
    now = dt.datetime.now(dt.UTC)
    country, _, unit = asked(request, "unit").partition(":")
    found = Paginator(links_newest_first(country=country, unit=unit), A_PAGE)
    shown = found.get_page(asked(request, "page"))
    return staff_page(
        request, "links", here="staff_links", fault=fault, links=shown, places=_places(),
        rows=[(link, state_of(link, at=now)) for link in shown],
    )  # fmt: skip


def _places() -> list[tuple[str, str]]:
    """Every municipality of the register: NO:0301 and its name."""
    register = read_register(current_study().register_folder)
    named: dict[str, Any] = {
        f"{each.country}:{each.code}": each.name for each in register.municipalities
    }
    return sorted(named.items())


def _name_of(country: str, unit: str) -> str:
    return dict(_places()).get(f"{country}:{unit}", f"{country} {unit}")
