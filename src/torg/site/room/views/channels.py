"""A municipality's channels in the register, and what it says of them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.locale import message
from torg.register import Scope
from torg.site.accounts.forms import said
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.limits import limited
from torg.site.room.actions import propose_channel, withdraw_proposal
from torg.site.room.channels import Said
from torg.site.room.framing import nothing, room_page, sent, to
from torg.site.room.models import PROPOSALS, Proposal
from torg.site.room.queries import OwnChannel, own_channels, proposals_of

SCOPES: Mapping[Scope, str] = {
    "municipality": message("The whole municipality"),
    "service": message("A service, such as a library or a school"),
    "person": message("A person in an official role, such as the mayor"),
    "campaign": message("A campaign"),
}
PLATFORMS = (
    "facebook", "instagram", "bluesky", "mastodon", "youtube", "threads", "linkedin", "tiktok", "x",
    "rss",
)  # fmt: skip

NO_DAY = message("This is no day: write it as 2024-01-31.")
NO_ADDRESS = message("Write the address of the page, as the browser shows it.")
NO_SCOPE = message("Say for whom the channel speaks.")

_DAYS = ("valid_from", "valid_to", "declared")
_TEXTS = ("platform", "meant", "address", "owner_name", "remark")


@door("municipality")
def channels(request: HttpRequest) -> HttpResponse:
    """The channels as the register has them, and what was said of them."""
    who = request.visitor
    return room_page(
        request, "channels",
        channels=own_channels(current_study(), who.country, who.unit),
        proposals=proposals_of(who.country, who.unit),
        scopes=SCOPES,
    )  # fmt: skip


@limited("60/m", scope="propose a channel")
@door("municipality", methods=("GET", "POST"))
def say(request: HttpRequest, kind: str) -> HttpResponse:
    """The form for one thing that can be said of a channel."""
    if kind not in PROPOSALS:
        return nothing(request)
    own = _meant(request)
    if kind != "add" and own is None:
        return nothing(request)
    if request.method != "POST":
        return _form(request, kind, own, _values(own))
    values = {name: said(request, name) for name in (*_TEXTS, *_DAYS, "scope")}
    wrong = _wrong(kind, values)
    if wrong:
        return _form(request, kind, own, values, wrong)
    return sent(
        request,
        lambda: propose_channel(current_study(), request.visitor, _said(kind, values)),
        where_to=to(request, "room_channels", done="proposed"),
        again=lambda found: _form(request, kind, own, values, found),
        field="address" if kind in {"add", "change"} else "form",
    )


@door("municipality", methods=("POST",))
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said."""
    who = request.visitor
    if not Proposal.objects.filter(country=who.country, unit=who.unit, id=number).exists():
        return nothing(request)
    return sent(
        request,
        lambda: withdraw_proposal(current_study(), who, number),
        where_to=to(request, "room_channels", done="withdrawn"),
        again=lambda _wrong: channels(request),
    )


def _form(
    request: HttpRequest,
    kind: str,
    own: OwnChannel | None,
    values: Mapping[str, Any],
    wrong: Mapping[str, str] | None = None,
) -> HttpResponse:
    return room_page(
        request, "channel", wrong=wrong, kind=kind, own=own, values=values,
        scopes=list(SCOPES.items()), platforms=PLATFORMS,
    )  # fmt: skip


def _meant(request: HttpRequest) -> OwnChannel | None:
    """The channel that the call is about, of the visitor's own."""
    asked = request.POST if request.method == "POST" else request.GET
    named = (asked.get("platform", ""), asked.get("meant", ""))
    who = request.visitor
    own = own_channels(current_study(), who.country, who.unit)
    return next((o for o in own if (o.channel.platform, o.called) == named), None)


def _values(own: OwnChannel | None) -> dict[str, str]:
    """What the form shows at first: the channel as the register has it."""
    if own is None:
        return {**dict.fromkeys((*_TEXTS, *_DAYS), ""), "scope": "municipality"}
    shown = {name: getattr(own.channel, name, "") for name in (*_TEXTS, *_DAYS, "scope")}
    return {**{name: str(value or "") for name, value in shown.items()}, "meant": own.called}


def _wrong(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    found = {name: NO_DAY for name in _DAYS if values[name] and _day(values[name]) is None}
    if kind in {"add", "change"} and not values["address"]:
        found["address"] = NO_ADDRESS
    if kind in {"add", "change"} and values["scope"] not in SCOPES:
        found["scope"] = NO_SCOPE
    return found


def _said(kind: str, values: Mapping[str, str]) -> Said:
    return Said(
        kind=kind,
        scope=_SCOPE_OF.get(values["scope"], "municipality"),
        valid_from=_day(values["valid_from"]),
        valid_to=_day(values["valid_to"]),
        declared=_day(values["declared"]),
        platform=values["platform"],
        meant=values["meant"],
        address=values["address"],
        owner_name=values["owner_name"],
        remark=values["remark"],
    )


_SCOPE_OF: Mapping[str, Scope] = {name: name for name in SCOPES}


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
