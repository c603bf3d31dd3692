"""Links of letters: they open, and leave the address bar at once."""

import datetime as dt

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.locale import message
from torg.site.accounts.actions import opened_room
from torg.site.accounts.forms import number_said
from torg.site.accounts.models import AccountLink, RoomLink
from torg.site.accounts.views.own import LINK_IS_OVER, SET_PASSWORD
from torg.site.accounts.visiting import ROOM_LINK, Visitor
from torg.site.answers.links import hash_of
from torg.site.doors import door
from torg.site.languages import language_wanted
from torg.site.limits import limited
from torg.site.naming import name_of
from torg.site.pages import page, url_in
from torg.site.refusals import refused

ASKED = "torg_other_room"  # in the session: the number of the room link that waits for a yes

OPENS_NOTHING = message(
    "This link opens nothing: it is not whole, is too old, or was taken back. Take the link of the "
    "newest letter, or write to those who sent it."
)


@limited("30/m", scope="room link", methods=("GET",))
@door("everybody")
def open_room(request: HttpRequest, token: str) -> HttpResponse:
    """Let who has the link into the municipality's room; who is in another is asked first."""
    request.is_public = False
    request.language = language_wanted(request)
    link = opened_room(token, at=dt.datetime.now(dt.UTC))
    if link is None:
        return refused(request, OPENS_NOTHING, status=404)
    if _is_elsewhere(request.visitor, link):
        request.session[ASKED] = link.pk
        return _elsewhere(url_in(request.language, "change_room"))
    return _elsewhere(_let_in(request, link))


@door("everybody", methods=("GET", "POST"))
def change_room(request: HttpRequest) -> HttpResponse:
    """Ask whether another room is to be opened: a link may be sent to lure somebody into it.

    Without the question whoever follows it would go on working, for another municipality.
    """
    request.is_public = False
    valid = RoomLink.valid(at=dt.datetime.now(dt.UTC))
    link = valid.filter(pk=request.session.get(ASKED)).first()
    if link is None:
        return refused(request, OPENS_NOTHING, status=403)
    if request.method == "POST" and number_said(request, "link") == link.pk:
        return HttpResponseRedirect(_let_in(request, link))
    whose = name_of(link.country, link.unit, language=request.language)
    return page(request, "accounts/change_room.html.jinja", link=link.pk, whose=whose)


def _let_in(request: HttpRequest, link: RoomLink) -> str:
    """Open the room in this session, in which nobody else speaks any longer; its address."""
    if _is_elsewhere(request.visitor, link):
        logout(request)
    else:
        request.session.cycle_key()  # whoever knew the session before does not know this one
    request.session.pop(ASKED, None)
    request.session[ROOM_LINK] = link.pk
    return url_in(request.language, "room")


def _is_elsewhere(visitor: Visitor, link: RoomLink) -> bool:
    """Whether somebody is known in this session who has nothing to do with the link's room."""
    is_known = visitor.account is not None or bool(visitor.unit)
    return is_known and (visitor.country, visitor.unit) != (link.country, link.unit)


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
