"""Links of letters: they open, and leave the address bar at once."""

import datetime as dt

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.locale import message
from torg.site.accounts.actions import opened_room
from torg.site.accounts.forms import is_there
from torg.site.accounts.models import AccountLink
from torg.site.accounts.views.own import LINK_IS_OVER, SET_PASSWORD
from torg.site.accounts.visiting import ROOM_LINK
from torg.site.answers.links import hash_of
from torg.site.doors import door
from torg.site.languages import language_wanted
from torg.site.limits import limited
from torg.site.pages import url_in
from torg.site.refusals import refused

OPENS_NOTHING = message(
    "This link opens nothing: it is not whole, is too old, or was taken back. Take the link of the "
    "newest letter, or write to those who sent it."
)


@limited("30/m", scope="room link", methods=("GET",))
@door("everybody")
def open_room(request: HttpRequest, token: str) -> HttpResponse:
    """Let who has the link into the municipality's room."""
    request.is_public = False
    request.language = language_wanted(request)
    link = opened_room(token, at=dt.datetime.now(dt.UTC))
    if link is None:
        return refused(request, OPENS_NOTHING, status=404)
    if request.user.is_authenticated:  # whose account it was no longer speaks here
        logout(request)
    request.session.cycle_key()
    request.session[ROOM_LINK] = link.pk
    return _elsewhere(url_in(request.language, "room" if is_there("room") else "front"))


@limited("30/m", scope="account link", methods=("GET",))
@door("everybody")
def open_account_link(request: HttpRequest, token: str) -> HttpResponse:
    """Lead who has the link to where a password is set; only setting one uses the link up."""
    request.is_public = False
    request.language = language_wanted(request)
    found = AccountLink.objects.filter(
        hash=hash_of(token), used__isnull=True, expires__gt=dt.datetime.now(dt.UTC)
    ).first()
    if found is None:
        return refused(request, LINK_IS_OVER, status=404)
    logout(request)
    request.session[SET_PASSWORD] = found.pk
    return _elsewhere(url_in(request.language, "choose_password"))


def _elsewhere(address: str) -> HttpResponse:
    """A redirect that tells nobody where it came from, and that nobody keeps."""
    response = HttpResponseRedirect(address)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
