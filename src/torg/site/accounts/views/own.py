"""What somebody may change of their own account: the password, the second factor."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.locale import message
from torg.site.accounts.actions import change_password, set_password
from torg.site.accounts.factors import (
    device_for,
    drop_devices,
    has_factor,
    new_recovery_codes,
    recovery_codes_left,
)
from torg.site.accounts.forms import said, secret_said
from torg.site.accounts.models import Account, AccountLink
from torg.site.accounts.passwords import LEAST, faults_of, fits
from torg.site.accounts.trying import forget_tries, noted_try
from torg.site.accounts.views.signing import PASSWORD_SAVED, WRONG_CODE
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import View, door
from torg.site.pages import page, url_in
from torg.site.refusals import refused, sign_in_first, too_often

SET_PASSWORD = "torg_set_password"  # noqa: S105 -- in the session: the number of the link

WRONG_OLD = message("That is not your password.")
NOT_SAME = message("The two are not the same: write the new password twice.")
LINK_IS_OVER = message(
    "This link opens nothing: it was used, or is too old. Ask who made your account for a new one."
)


@door("everybody", methods=("GET", "POST"))
def account(request: HttpRequest) -> HttpResponse:
    """The account's own page; the form to change the password is on it."""
    request.is_public = False
    own = _own(request)
    if own is None:
        return sign_in_first(request)
    if request.method != "POST":
        return _account_page(request, own)
    one = noted_try("account", own.address, at=dt.datetime.now(dt.UTC))
    if one is None:
        return too_often(request)
    wrong = {} if fits(secret_said(request, "old"), own) else {"old": [WRONG_OLD]}
    wrong |= _wrong_password(request, own)
    if wrong:
        return _account_page(request, own, wrong=wrong)
    forget_tries(one)
    change_password(own, secret_said(request, "password"))
    update_session_auth_hash(request, own)
    return HttpResponseRedirect(url_in(request.language, "account") + "?done=password")


def _with_code(view: Callable[[HttpRequest, Account], HttpResponse]) -> View:
    """Let in who has signed in, and whose form brings a code that is right."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        own = _own(request)
        if own is None:
            return sign_in_first(request)
        refusal = _factor_refusal(request, own)
        return view(request, own) if refusal is None else refusal

    return door("everybody", methods=("POST",))(opened)


@_with_code
def renew_codes(request: HttpRequest, own: Account) -> HttpResponse:
    """Fresh recovery codes, for who has the factor at hand."""
    with transaction.atomic():
        note(request.visitor, "made new recovery codes", about=f"account {own.pk}")
        codes = new_recovery_codes(own)
    where_to = url_in(request.language, "account")
    return page(request, "accounts/recovery_codes.html.jinja", codes=codes, where_to=where_to)


@_with_code
def change_factor(request: HttpRequest, own: Account) -> HttpResponse:
    """Take the second factor away; the staff set up another at once, to be let in again."""
    with transaction.atomic():
        drop_devices(own)
        note(request.visitor, "took the own second factor away", about=f"account {own.pk}")
    name = "sign_in" if own.is_staff else "account"
    return HttpResponseRedirect(url_in(request.language, name))


@door("everybody", methods=("GET", "POST"))
def choose_password(request: HttpRequest) -> HttpResponse:
    """The page behind the link of a letter: set the password."""
    request.is_public = False
    number = request.session.get(SET_PASSWORD)
    link = _open_link(number)
    if link is None:
        return refused(request, LINK_IS_OVER, status=403)
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        wrong = _wrong_password(request, link.account)
        if not wrong:
            return _chosen(request, link)
    return page(
        request, "accounts/choose_password.html.jinja", status=422 if wrong else 200,
        address=link.account.address, wrong=wrong, least=LEAST,
    )  # fmt: skip


def _chosen(request: HttpRequest, link: AccountLink) -> HttpResponse:
    done = set_password(current_study(), link.pk, secret_said(request, "password"))
    if done is None:
        return refused(request, LINK_IS_OVER, status=403)
    request.session.flush()
    request.session[PASSWORD_SAVED] = link.account.pk
    return HttpResponseRedirect(url_in(request.language, "sign_in"))


def _own(request: HttpRequest) -> Account | None:
    number = request.visitor.account
    return None if number is None else Account.objects.get(pk=number)


def _open_link(number: int | None) -> AccountLink | None:
    found = AccountLink.objects.select_related("account").filter(
        id=number or 0, used__isnull=True, expires__gt=dt.datetime.now(dt.UTC),
        account__ended__isnull=True,
    )  # fmt: skip
    return found.first()


def _wrong_password(request: HttpRequest, own: Account) -> dict[str, list[str]]:
    password, again = secret_said(request, "password"), secret_said(request, "again")
    faults = list(faults_of(password, own))
    if faults:
        return {"password": faults}
    return {} if password == again else {"again": [NOT_SAME]}


def _factor_refusal(request: HttpRequest, own: Account) -> HttpResponse | None:
    """None where the code that came with the form is right."""
    one = noted_try("code", str(own.pk), at=dt.datetime.now(dt.UTC))
    if one is None:
        return too_often(request)
    if device_for(own, said(request, "code", longest=40)) is None:
        return _account_page(request, own, wrong={"code": [WRONG_CODE]})
    forget_tries(one)
    return None


def _account_page(
    request: HttpRequest, own: Account, *, wrong: dict[str, list[str]] | None = None
) -> HttpResponse:
    return page(
        request, "accounts/account.html.jinja", status=422 if wrong else 200, own=own,
        wrong=wrong or {}, has_factor=has_factor(own), codes_left=recovery_codes_left(own),
        least=LEAST, is_done=request.GET.get("done") == "password",
    )  # fmt: skip
