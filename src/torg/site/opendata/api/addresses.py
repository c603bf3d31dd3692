"""The addresses of the API. Everything under /api/ is answered as JSON, also what is not there."""

import logging
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from torg.site.doors import door
from torg.site.lengths import counts_itself
from torg.site.opendata.api.api import ROOT, api, description
from torg.site.opendata.api.asking import answer
from torg.site.opendata.api.problems import fault, problem

METHODS = ("GET", "HEAD", "OPTIONS")

_log = logging.getLogger("torg.site.opendata")

_ALLOWED = ", ".join(METHODS)
_A_DAY = 24 * 3600  # seconds


def _open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What holds for every call: who may ask, by which methods, and from which sites."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: Any) -> HttpResponse:  # noqa: ANN401
        is_asked_before = request.method == "OPTIONS"
        response = _preflight() if is_asked_before else _answered(view, request, **parts)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    marked: Any = door("everybody", methods=METHODS)(opened)
    told: Any = wraps(opened)(_said_as_json(marked))
    told.door, told.methods = marked.door, ("GET",)
    # Nothing is written here, and of what is sent nothing is read: who sends it is told so.
    return counts_itself(csrf_exempt(told))


def _said_as_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def told(request: HttpRequest, **parts: Any) -> HttpResponse:  # noqa: ANN401
        if request.method in METHODS:
            return view(request, **parts)
        response = problem(405, f"This address answers {_ALLOWED} only.")
        response["Allow"] = _ALLOWED
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return told


def _answered(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    **parts: Any,  # noqa: ANN401
) -> HttpResponse:
    """What the view answers; a fault of ours is told in the form of all that goes wrong here."""
    try:
        return _asked(view, request, **parts)
    except Exception as error:
        _log.exception("%s", request.get_full_path())
        return fault(error)


def _asked(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    **parts: Any,  # noqa: ANN401
) -> HttpResponse:
    """HEAD is GET without the body."""
    is_head = request.method == "HEAD"
    if is_head:
        request.method = "GET"
    response = view(request, **parts)
    if is_head:
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = _ALLOWED
    response["Access-Control-Allow-Methods"] = _ALLOWED
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Max-Age"] = str(_A_DAY)
    return response


def _description(request: HttpRequest) -> HttpResponse:
    return answer(request, description())


def _nothing(request: HttpRequest, rest: str = "") -> HttpResponse:
    return problem(404, f"There is nothing at this address: {ROOT}openapi.json says what there is.")


def _of_ninja() -> Iterator[URLPattern]:
    urls, _, _ = api.urls
    for pattern in urls:
        if pattern.name not in {"api-root", "openapi-json"}:
            route = f"{ROOT.lstrip('/')}{pattern.pattern}"
            yield path(route, _open(pattern.callback), name=f"api_{pattern.name}")


patterns: list[URLPattern] = [
    path("api/v1/openapi.json", _open(_description), name="openapi"),
    *_of_ninja(),
    re_path(r"^api/(?P<rest>.*)$", _open(_nothing), name="api_nothing"),
]
