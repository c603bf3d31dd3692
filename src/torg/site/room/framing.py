"""What every page of a room shows: whose room it is, and the faults of a form that was sent."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import TorgError
from torg.report import terms
from torg.site.audit.words import named
from torg.site.naming import name_of
from torg.site.pages import page, url_in
from torg.site.refusals import not_there

UNFIT = 422  # what was sent cannot be


def room_page(
    request: HttpRequest,
    template: str,
    /,
    *,
    wrong: Mapping[str, str] | None = None,
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """A page of the visitor's room; `wrong` is a sentence for each field that is not right."""
    visitor = request.visitor
    whose = name_of(visitor.country, visitor.unit, language=request.language)
    return page(
        request, f"room/{template}.html.jinja", status=UNFIT if wrong else 200,
        **{**_WORDS, "whose": whose, "wrong": wrong or {}, "done": request.GET.get("done", ""),
           **values},
    )  # fmt: skip


# What pages of a room call: names of platforms and of things, days and moments out of JSON.
_WORDS: Mapping[str, Callable[[str], Any]] = {
    "named": named,
    "platform": lambda code: terms.PLATFORMS.get(code, code),
    "day": lambda text: dt.date.fromisoformat(text) if text else None,
    "instant": dt.datetime.fromisoformat,
}


def sent(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    where_to: str,
    again: Callable[[Mapping[str, str]], HttpResponse],
    field: str = "form",
) -> HttpResponse:
    """Do what a form asks for and go on; where that cannot be, the form again with the sentence."""
    try:
        act()
    except TorgError as error:
        return again({field: str(error)})
    return HttpResponseRedirect(where_to)


def to(request: HttpRequest, name: str, *, done: str = "", **parts: Any) -> str:  # noqa: ANN401
    """The address of a page of the room, which then says what was done."""
    address = url_in(request.language, name, **parts)
    return f"{address}?done={done}" if done else address


def nothing(request: HttpRequest) -> HttpResponse:
    """What is not there, or is another's."""
    return not_there(request)
