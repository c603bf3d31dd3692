"""Campaigns: which there are, who takes part, and the joint curve."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.experience import actions, drawing, forms, queries
from torg.site.experience.observed import latest, spots
from torg.site.experience.permissions import can_edit
from torg.site.experience.views.answering import carried_out, done_of, seen_by, there, who
from torg.site.limits import limited
from torg.site.pages import page


@door("everybody")
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns."""
    visitor = seen_by(request)
    return page(
        request, "experience/campaigns.html.jinja",
        rows=queries.public_campaigns(), who=who(request), done=done_of(request),
        may_begin=visitor.role == "municipality" and bool(visitor.unit),
    )  # fmt: skip


@door("everybody")
def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """One campaign with its joint curve."""
    visitor = seen_by(request)
    found = there(lambda: queries.public_campaign(number))
    weeks = queries.curve_of(found, language=request.language)
    return page(
        request, "experience/campaign.html.jinja",
        found=found, weeks=weeks, curve=drawing.curve_of(weeks), release=latest(),
        places=spots(request.language), who=who(request), done=done_of(request),
        may_join=visitor.role == "municipality" and bool(visitor.unit),
        takes_part=queries.takes_part(visitor, number), can_edit=can_edit(visitor),
        size=(drawing.WIDTH, drawing.HEIGHT),
    )  # fmt: skip


@limited("20/h", scope="campaigns")
@door("municipality", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a campaign."""
    if request.method != "POST":
        return _form(request, {"language": request.language}, {})
    filled = forms.read(forms.CAMPAIGN, request.POST)
    if filled.wrong:
        return _form(request, filled.values, filled.wrong)
    return carried_out(
        request, lambda: actions.begin_campaign(request.visitor, **filled.values),
        to="experience_campaign", word="made",
        again=lambda wrong: _form(request, filled.values, wrong),
    )  # fmt: skip


_STEPS: Mapping[str, tuple[Callable[..., None], str]] = {
    "join": (actions.join_campaign, "joined"),
    "leave": (actions.leave_campaign, "left"),
}


@door("municipality", methods=("POST",))
def step(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Join or leave."""
    act, word = _STEPS[what]
    return carried_out(
        request, lambda: act(request.visitor, number),
        to="experience_campaign", word=word, number=number,
    )  # fmt: skip


@door("editor", methods=("POST",))
def hide(request: HttpRequest, number: int) -> HttpResponse:
    """Take a campaign off."""
    return carried_out(
        request, lambda: actions.hide_campaign(request.visitor, number),
        to="experience_campaigns", word="hidden",
    )  # fmt: skip


def _form(
    request: HttpRequest, values: Mapping[str, Any], wrong: Mapping[str, str]
) -> HttpResponse:
    return page(
        request, "experience/begin_campaign.html.jinja", status=422 if wrong else 200,
        fields=forms.CAMPAIGN, values=values, wrong=wrong,
    )  # fmt: skip
