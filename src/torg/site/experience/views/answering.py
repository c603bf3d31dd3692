"""How a write ends: by a page that says what was done, or why not."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import UserError
from torg.locale import message
from torg.site.experience.observed import Spot, spot_of
from torg.site.experience.permissions import NotThere
from torg.site.pages import url_in
from torg.site.refusals import refused

DONE: Mapping[str, str] = {
    "saved": message("Saved. Only your municipality sees it."),
    "sent": message("Sent. You are told here when somebody has read it."),
    "taken": message("Taken back: it is a draft again."),
    "withdrawn": message("Withdrawn. The page says so, and shows its text no more."),
    "attached": message("The file was added."),
    "detached": message("The file was taken out."),
    "asked": message("Your question stands here now, and the municipality is told."),
    "thanked": message("Thank you was said, and the municipality is told."),
    "answered": message("Your answer stands here now."),
    "hidden": message("It is not shown any more."),
    "made": message("It stands here now, for everybody to read."),
    "linked": message("The experience is linked."),
    "changed": message("Changed."),
    "joined": message("Your municipality takes part now."),
    "left": message("Your municipality does not take part any more."),
}


def done_of(request: HttpRequest) -> str:
    """The sentence for what was just done; "" where nothing was."""
    return DONE.get(request.GET.get("done", ""), "")


def tried(request: HttpRequest, act: Callable[[], Any]) -> Any:  # noqa: ANN401
    """What an action gives; the page that says why not, where it refuses. Raises Http404."""
    try:
        return act()
    except NotThere as error:
        raise Http404 from error
    except UserError as error:
        return refused(request, str(error), status=409)


def on_to(request: HttpRequest, name: str, done: str = "", **parts: Any) -> HttpResponse:  # noqa: ANN401
    """Send to a page, with what was done."""
    query = f"?done={done}" if done else ""
    return HttpResponseRedirect(url_in(request.language, name, **parts) + query)


def there(act: Callable[[], Any]) -> Any:  # noqa: ANN401
    """What a query gives. Raises Http404 where it is not there, or not the visitor's."""
    try:
        return act()
    except NotThere as error:
        raise Http404 from error


def seen_by(request: HttpRequest) -> Any:  # noqa: ANN401 -- a Visitor
    """Who asks; a page that says so to somebody who is known is not kept by caches."""
    if request.visitor.role != "public":
        request.is_public = False
    return request.visitor


def who(request: HttpRequest) -> Callable[[Any], Spot]:
    """For a template: the municipality of a row with country and unit."""
    return lambda row: spot_of(row.country, row.unit, language=request.language)
