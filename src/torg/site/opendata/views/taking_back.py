"""Addresses of a release that was taken back: whoever comes from a citation is told why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from torg.site.places import shelf
from torg.site.places.refusing import taken_back

View = Callable[..., HttpResponseBase]


def says_if_taken_back(view: View) -> View:
    """Answer what is not there any more with the reason, where its release was taken back."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: Any) -> HttpResponseBase:  # noqa: ANN401
        try:
            return view(request, **parts)
        except Http404:
            publication = shelf.taken_back(parts.get("release", ""))
            if publication is None:
                raise
            return taken_back(request, publication)

    return opened
