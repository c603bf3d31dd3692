"""How much one call may bring: Django would write whatever comes to a folder, to its last byte."""

from collections.abc import Callable
from math import inf
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from torg.locale import message
from torg.site.refusals import refused

MOST = 8 << 20  # bytes; the files of experience and the lists of addresses are smaller

TOO_LARGE = message("The files are too large to be handed in at once: hand them in one by one.")

View = Callable[..., HttpResponseBase]


def counts_itself(view: View) -> View:
    """Mark a view that counts what comes and stops it, and may be sent more."""
    view.counts_itself = True  # type: ignore[attr-defined]
    return view


def length_said(request: HttpRequest) -> float:
    """How many bytes a call says that it brings; more than any number where it says none."""
    said = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(said) if said.isdecimal() else inf


def hung_up(response: HttpResponse) -> HttpResponse:
    """The answer to a call whose rest nobody reads."""
    response["Connection"] = "close"
    return response


class LengthMiddleware:
    """Turn a call away that says it brings too much, before any of it is read.

    It stands before what looks for a form's token, which reads the whole form. A call that does
    not say how much it brings is read as an empty one. Granian hangs up on a body that is not read:
    measured with a call of 2 GB, 3 MB of it were taken (by the sockets, not by us) until the line
    was cut. The header tells a proxy, which would else send on what it gets.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:  # noqa: ANN401 -- Django carries no types
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: object, _parts: object
    ) -> HttpResponse | None:
        """Called by Django when it is known which view answers."""
        if getattr(view, "counts_itself", False) or length_said(request) <= MOST:
            return None
        return hung_up(refused(request, TOO_LARGE, status=413))
