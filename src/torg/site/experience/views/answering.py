"""How a write ends: by a page that says what was done, or why not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import UserError
from torg.locale import message
from torg.site.experience.forms import Field, read
from torg.site.experience.observed import Spot, spot_of
from torg.site.experience.permissions import NotThere
from torg.site.pages import page, url_in
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


def carried_out(
    request: HttpRequest,
    act: Callable[[], Any],
    *,
    to: str,
    word: str,
    number: int | None = None,
    again: Callable[[Mapping[str, str]], HttpResponse] | None = None,
    field: str = "form",
) -> HttpResponse:
    """Do what is asked for and go to the page that says so: of `number`, else of what it gives.

    Where it is refused, `again` shows the form with what was written and the sentence at `field`;
    what is no form has a page that says why not. Raises Http404.
    """
    try:
        made = act()
    except NotThere as error:
        raise Http404 from error
    except UserError as error:
        if again is not None:
            return again({field: str(error)})
        return refused(request, str(error), status=409)
    at = made if number is None else number
    address = url_in(request.language, to, **({} if at is None else {"number": at}))
    return HttpResponseRedirect(f"{address}?done={word}")


def written(
    request: HttpRequest,
    fields: Sequence[Field],
    act: Callable[[str], Any],
    *,
    to: str,
    word: str,
    number: int | None = None,
    kept: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Do what a form of one text asks for; where it is wrong, the form stands on a page alone.

    `kept` is what else the form says, and says again from there.
    """
    filled = read(fields, request.POST)

    def again(wrong: Mapping[str, str]) -> HttpResponse:
        return page(
            request, "experience/again.html.jinja", status=422,
            fields=fields, values=filled.values, wrong=wrong, kept=kept or {},
        )  # fmt: skip

    if filled.wrong:
        return again(filled.wrong)
    return carried_out(
        request, lambda: act(filled.values["text"]), to=to, word=word, number=number, again=again
    )


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
