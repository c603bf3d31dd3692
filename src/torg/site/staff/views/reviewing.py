"""Review: what municipalities hand in is accepted, or turned down with a reason."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from torg.errors import TorgError, UserError
from torg.locale import message
from torg.register import read_register
from torg.site.accounts.forms import said
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.experience.permissions import NOT_WAITING
from torg.site.staff.reviewing import one_waiting, reviews
from torg.site.staff.telling import staff_page, told
from torg.site.staff.waiting import Ask, Review, Waiting

ACCEPTED = message("It is accepted.")
TURNED_DOWN = message("It is turned down.")


@door("reader")
def all_kinds(request: HttpRequest) -> HttpResponse:
    """All that waits, by kind."""
    return _all(request)


def _all(request: HttpRequest, *, fault: TorgError | None = None) -> HttpResponse:
    rows = [(kind, review.title, review.waiting()) for kind, review in reviews().items()]
    return staff_page(
        request, "reviews", here="staff_reviews", kinds=rows, fault=fault, called=_called(request)
    )


@door("reader")
def one(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """One thing that waits."""
    return _page(request, kind, number)


@door("editor", methods=("POST",))
def decide(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Accept it, or turn it down and say why."""
    review = _review(kind)
    accepts, reason = said(request, "decision") == "accept", said(request, "reason", longest=2000)
    try:
        if not accepts and not reason:
            raise UserError("Say why it is turned down: whoever handed it in reads it.")
        _require_seen(request, review, number)
        review.decide(
            current_study(), request.visitor, number, accepts=accepts, reason=reason,
            **_filled(request, review, number),
        )  # fmt: skip
    except TorgError as error:
        return _page(request, kind, number, fault=error)
    return told(request, ACCEPTED if accepts else TURNED_DOWN, "staff_reviews")


def _require_seen(request: HttpRequest, review: Review, number: int) -> None:
    """Raise UserError where it was taken back and handed in anew after the page was shown."""
    found, seen = one_waiting(review, number), said(request, "seen")
    if seen and found is not None and found.at.isoformat() != seen:
        raise UserError(NOT_WAITING)


def _page(
    request: HttpRequest, kind: str, number: int, *, fault: TorgError | None = None
) -> HttpResponse:
    review = _review(kind)
    found = one_waiting(review, number)
    if found is None and fault is None:
        raise Http404
    if found is None:  # another has decided, or it was taken back: the sentence says so
        return _all(request, fault=fault)
    return staff_page(
        request, "review", here="staff_reviews", kind=kind, title=review.title, one=found,
        fault=fault, asks=_asks(review, found), called=_called(request),
        filled={name: said(request, name) for name in request.POST},
    )  # fmt: skip


def _called(request: HttpRequest) -> Callable[[Waiting], str]:
    """For a template: what the municipality is called that something waits of."""
    study = current_study()
    register = read_register(study.register_folder)

    def called(one: Waiting) -> str:
        found = register.municipality(one.country, one.unit)
        return found.name(languages=(request.language, *study.languages)) if found else one.unit

    return called


def _asks(review: Review, one: Waiting) -> Sequence[Ask]:
    return review.asks(current_study(), one) if review.asks else ()


def _filled(request: HttpRequest, review: Review, number: int) -> dict[str, Any]:
    """What was filled in to accept it; nothing where nothing is asked for."""
    if review.asks is None:
        return {}
    found = one_waiting(review, number)
    asks = _asks(review, found) if found else ()
    return {"filled": {ask.name: said(request, ask.name) for ask in asks}}


def _review(kind: str) -> Review:
    found = reviews().get(kind)
    if found is None:
        raise Http404
    return found
