"""Pages of the staff: the frame that they share, and what was done on the page before."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import TorgError
from torg.locale import message, translate
from torg.site.audit.words import named
from torg.site.doors import Door, can_open
from torg.site.pages import page, url_in

_TOLD = "torg_told"  # in the session: a sentence, and what it speaks of

# The rooms in their row: a sentence, the address' name, and who goes in.
ROOMS: tuple[tuple[str, str, Door], ...] = (
    (message("Overview"), "staff", "reader"),
    (message("Survey"), "staff_survey", "reader"),
    (message("Releases"), "staff_releases", "reader"),
    (message("Review"), "staff_reviews", "reader"),
    (message("Work"), "staff_jobs", "reader"),
    (message("Accounts"), "staff_accounts", "analyst"),
    (message("Links to rooms"), "staff_links", "analyst"),
    (message("Persons"), "staff_persons", "analyst"),
    (message("Log"), "staff_log", "reader"),
)


def staff_page(
    request: HttpRequest,
    template: str,
    *,
    here: str,
    fault: TorgError | str | None = None,
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """A page of the staff. `fault` says, in one sentence, why what was asked for was not done."""
    told = request.session.pop(_TOLD, None)
    said = translate(request.language).say(told[0], **told[1]) if told else ""
    rooms = [(text, name) for text, name, door in ROOMS if can_open(request.visitor, door)]
    is_refused = bool(fault) and request.method == "POST"  # who only looks asked for nothing wrong
    return page(
        request, f"staff/{template}.html.jinja", status=422 if is_refused else 200, here=here,
        told=said, is_refused=is_refused,
        fault=str(fault) if fault else "", staff_rooms=rooms,
        may_review=can_open(request.visitor, "editor"),
        may_run=can_open(request.visitor, "analyst"),
        named=named, **values,
    )  # fmt: skip


def told(
    request: HttpRequest, sentence: str, name: str, *, says: dict[str, Any] | None = None,
    query: str = "", **parts: Any,  # noqa: ANN401
) -> HttpResponse:  # fmt: skip
    """Go to a page, which then says that it was done."""
    request.session[_TOLD] = [sentence, says or {}]
    address = url_in(request.language, name, **parts)
    return HttpResponseRedirect(address + (f"?{query}" if query else ""))
