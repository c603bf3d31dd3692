"""How much one call may bring: Django would write whatever comes to a folder, to its last byte."""

from collections.abc import Callable
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


class LengthMiddleware:
    """Turn a call away that says it brings too much, before any of it is read.

    It stands before what looks for a form's token, which reads the whole form. A call that does
    not say how much it brings is read as an empty one.
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
        said = str(request.META.get("CONTENT_LENGTH") or "0")
        is_fit = said.isdecimal() and int(said) <= MOST
        if is_fit or getattr(view, "counts_itself", False):
            return None
        response = refused(request, TOO_LARGE, status=413)
        response["Connection"] = "close"
        return response
