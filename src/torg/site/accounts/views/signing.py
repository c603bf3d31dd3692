"""Sign in, with a second factor for the staff; sign out."""

import datetime as dt

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.locale import message
from torg.site.accounts import sessions
from torg.site.accounts.factors import (
    begun_factor,
    confirm_factor,
    device_for,
    drawing_of,
    has_factor,
    new_recovery_codes,
    secret_in_text,
)
from torg.site.accounts.forms import home_of, own_path, said, secret_said
from torg.site.accounts.models import Account, Try
from torg.site.accounts.passwords import fits
from torg.site.accounts.trying import forget_tries, noted_try
from torg.site.accounts.visiting import visitor_for
from torg.site.answers.actions.addressing import as_kept
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.limits import came_from
from torg.site.pages import page, url_in
from torg.site.refusals import refused, too_often

# The same for an unknown address, a wrong password, and an account that has ended.
WRONG = message("Address and password do not belong together. Try again, or ask who runs the site.")
WRONG_CODE = message(
    "The code does not fit, was used already, or came too soon. Wait for the next one."
)
PASSWORD_SAVED = "torg_password_saved_of"  # noqa: S105 -- in the session: whose, by the number

TOO_LATE = message("That took too long: sign in again.")


@door("everybody", methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in at."""
    request.is_public = False
    where_to = own_path(request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        number = request.session.get(PASSWORD_SAVED)
        saved = Account.objects.filter(pk=number, ended__isnull=True).first() if number else None
        address = saved.address if saved else ""
        return _form(request, where_to=where_to, address=address, is_saved=saved is not None)
    address = as_kept(said(request, "address", longest=300))
    now = dt.datetime.now(dt.UTC)
    tries = _tries(request, address, now)
    if tries is None:
        return too_often(request)
    account = Account.objects.filter(address__iexact=address).first()
    if not fits(secret_said(request, "password"), account):
        return _form(request, where_to=where_to, address=address, wrong=WRONG)
    forget_tries(*tries)
    return _admitted(request, account, where_to)


def _form(
    request: HttpRequest,
    *,
    where_to: str,
    address: str = "",
    wrong: str = "",
    is_saved: bool = False,
) -> HttpResponse:
    return page(
        request, "accounts/sign_in.html.jinja", status=422 if wrong else 200, where_to=where_to,
        address=address, wrong={"address": wrong} if wrong else {}, is_saved=is_saved,
    )  # fmt: skip


def _tries(request: HttpRequest, address: str, now: dt.datetime) -> tuple[Try, Try] | None:
    """None where there were too many.

    Who has to wait is not counted at the account: else one alone would shut out everybody.
    """
    here = noted_try("address", came_from(request), at=now)
    meant = noted_try("account", address, at=now) if here is not None else None
    return None if here is None or meant is None else (here, meant)


def _admitted(request: HttpRequest, account: Account, where_to: str) -> HttpResponse:
    """The password was right: on to the second factor, which the staff must have."""
    request.session.pop(PASSWORD_SAVED, None)
    where_to = where_to or home_of(account, request.language)
    if not account.is_staff and not has_factor(account):
        return _signed_in(request, account, where_to)
    sessions.begin(request, account, where_to=where_to)
    name = "second_factor" if has_factor(account) else "set_up_factor"
    return HttpResponseRedirect(url_in(request.language, name))


def _signed_in(
    request: HttpRequest, account: Account, where_to: str, device: object | None = None
) -> HttpResponse:
    sessions.finish(request, account, device)
    note(visitor_for(account), "signed in")
    return HttpResponseRedirect(where_to)


@door("everybody", methods=("GET", "POST"))
def second_factor(request: HttpRequest) -> HttpResponse:
    """The page that asks for a code, of the app or from paper."""
    request.is_public = False
    waits = sessions.pending(request)
    if waits is None:
        return _too_late(request)
    account, where_to = waits
    if not has_factor(account):
        return HttpResponseRedirect(url_in(request.language, "set_up_factor"))
    if request.method != "POST":
        return page(request, "accounts/second_factor.html.jinja", wrong={})
    one = noted_try("code", str(account.pk), at=dt.datetime.now(dt.UTC))
    if one is None:
        return too_often(request)
    device = device_for(account, said(request, "code", longest=40))
    if device is None:
        wrong = {"code": WRONG_CODE}
        return page(request, "accounts/second_factor.html.jinja", status=422, wrong=wrong)
    forget_tries(one)
    return _signed_in(request, account, where_to, device)


@door("everybody", methods=("GET", "POST"))
def set_up_factor(request: HttpRequest) -> HttpResponse:
    """The page to set a second factor up: in the middle of signing in, or when signed in."""
    request.is_public = False
    waits = sessions.pending(request)
    is_signed_in = waits is None and request.visitor.account is not None
    if waits is None and not is_signed_in:
        return _too_late(request)
    account = Account.objects.get(pk=request.visitor.account) if waits is None else waits[0]
    if has_factor(account):  # it is changed on the account's own page, by who has it
        name = "account" if is_signed_in else "second_factor"
        return HttpResponseRedirect(url_in(request.language, name))
    where_to = url_in(request.language, "account") if waits is None else waits[1]
    return _set_up(request, account, where_to)


def _set_up(request: HttpRequest, account: Account, where_to: str) -> HttpResponse:
    device = begun_factor(account)
    wrong = {}
    if request.method == "POST":
        one = noted_try("code", str(account.pk), at=dt.datetime.now(dt.UTC))
        if one is None:
            return too_often(request)
        if confirm_factor(account, device, said(request, "code", longest=40)):
            forget_tries(one)
            return _is_set_up(request, account, device, where_to)
        wrong = {"code": WRONG_CODE}
    return page(
        request, "accounts/set_up_factor.html.jinja", status=422 if wrong else 200, wrong=wrong,
        drawing=drawing_of(device, issuer=current_study().title), secret=secret_in_text(device),
        is_needed=account.is_staff,
    )  # fmt: skip


def _is_set_up(
    request: HttpRequest, account: Account, device: object, where_to: str
) -> HttpResponse:
    sessions.finish(request, account, device)
    request.visitor = visitor_for(account)  # whose page this is, from here on
    codes = new_recovery_codes(account)
    return page(request, "accounts/recovery_codes.html.jinja", codes=codes, where_to=where_to)


@door("everybody", methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, whoever's it is."""
    logout(request)
    return HttpResponseRedirect(url_in(request.language, "front"))


def _too_late(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return refused(request, TOO_LATE, status=403)
    return HttpResponseRedirect(url_in(request.language, "sign_in"))
