"""The pages that say no: each in one sentence, with what to do."""

import math
import sys

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from torg.errors import Unreachable
from torg.locale import message
from torg.site.languages import language_of, language_wanted
from torg.site.pages import bare_page, page, url_in

NOT_THERE = message("There is no page at this address.")
NOT_FOR_YOU = message("This page is not for you: it belongs to others.")
STALE = message("The page was too old to be sent: go back, load it anew, and send it again.")
TOO_OFTEN = message("That was too often in a short time: wait a few minutes, and try again.")
FAULT = message("Something went wrong on our side. Nothing that you had saved is lost.")
SIGN_IN = message("Sign in first, or open the link of the letter that you got.")


def refused(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    """A page that says why not, and the way home.

    It speaks the language of the address, and where that has none, the reader's.
    """
    request.language = language_of(request.path_info) or language_wanted(request)
    return page(request, "refused.html.jinja", status=status, sentence=sentence)


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Who is not known yet is shown where to sign in; the address asked for is kept."""
    if request.method not in {"GET", "HEAD"}:
        return refused(request, SIGN_IN, status=403)
    back = urlencode({"next": request.get_full_path()})
    return page(
        request, "refused.html.jinja", status=403, sentence=SIGN_IN,
        way_in=f"{url_in(request.language, 'sign_in')}?{back}",
    )  # fmt: skip


def not_for_you(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Who is known, and may not."""
    return refused(request, NOT_FOR_YOU, status=403)


def too_often(request: HttpRequest, *, wait: float | None = None) -> HttpResponse:
    """Who asks too often; `wait` is in how many seconds the next call is answered."""
    response = refused(request, TOO_OFTEN, status=429)
    if wait is not None:
        response["Retry-After"] = str(math.ceil(wait))
    return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: an old page, or another site's."""
    return refused(request, STALE, status=403)


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such address."""
    return refused(request, NOT_THERE, status=404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A call under another name than the site's, or one that no form sends.

    It may come before it is known who asks.
    """
    return bare_page(request, "fault.html.jinja", status=400, sentence=NOT_THERE)


def fault(request: HttpRequest) -> HttpResponse:
    """A fault of ours; what it was is in the log.

    The page asks neither who is there nor which releases there are: what went wrong may be that
    the database is away.
    """
    status = 503 if isinstance(sys.exc_info()[1], _AWAY) else 500
    return bare_page(request, "fault.html.jinja", status=status, sentence=FAULT)


_AWAY = (DatabaseError, Unreachable)
