"""Whether figures made of a municipality's own exports may be shown: its word on each channel."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from torg.site.current import current_study
from torg.site.doors import door
from torg.site.limits import limited
from torg.site.room.actions import agree_to_publish, take_back_agreement
from torg.site.room.framing import room_page, sent, to
from torg.site.room.permissions import can_agree
from torg.site.room.queries import own_channels

_ACTS = {"agree": agree_to_publish, "withdraw": take_back_agreement}


@limited("60/m", scope="agree")
@door("municipality", methods=("GET", "POST"))
def agreement(request: HttpRequest) -> HttpResponse:
    """The page, and the word that is given or taken back on it."""
    if request.method != "POST":
        return _page(request)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        return _page(request)
    platform, _, channel = request.POST.get("channel", "").partition(":")
    return sent(
        request,
        lambda: act(current_study(), request.visitor, platform=platform, channel=channel),
        where_to=to(request, "room_agreement", done=request.POST["act"]),
        again=lambda wrong: _page(request, wrong),
    )


def _page(request: HttpRequest, wrong: Mapping[str, str] | None = None) -> HttpResponse:
    who = request.visitor
    own = own_channels(current_study(), who.country, who.unit)
    return room_page(
        request, "agreement", wrong=wrong, may_agree=can_agree(who),
        channels=[each for each in own if each.channel.valid_to is None],
    )  # fmt: skip
