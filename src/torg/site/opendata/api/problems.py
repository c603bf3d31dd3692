"""What went wrong, as JSON in one sentence (as RFC 9457 has it)."""

import json
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from torg.errors import Unreachable

MEDIA = "application/problem+json"


class Problem(Schema):
    """What went wrong."""

    type: str = Field("about:blank", description="Always about:blank: the status says the kind.")
    title: str = Field(description="The status in words.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong and what to do about it, in one sentence.")


TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


def problem(status: int, detail: str) -> HttpResponse:
    """The response that says it."""
    told = {
        "type": "about:blank",
        "title": TITLES.get(status, "Error"),
        "status": status,
        "detail": detail,
    }
    response = HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=MEDIA)
    response["Cache-Control"] = "no-store"
    return response


def fault(error: Exception) -> HttpResponse:
    """A fault of ours; what it was is in the log."""
    status = 503 if isinstance(error, _AWAY) else 500
    return problem(status, "Something went wrong on our side: try again in a few minutes.")


_AWAY = (DatabaseError, Unreachable)


class NoSuch(HttpError):
    """Nothing is there under that name."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(404, f"There is no {what} called '{name}'.")


def on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Called by ninja."""
    detail = _TOO_OFTEN if error.status_code == 429 else error.message
    return problem(error.status_code, detail)


_TOO_OFTEN = (
    "That was too often: wait as many seconds as the header Retry-After says, or take whole tables "
    "as files."
)


def on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Called by ninja where a parameter is not as it should be."""
    return problem(422, "; ".join(_said(each) for each in error.errors) + ".")


def _said(error: dict[str, Any]) -> str:
    name = str(error["loc"][-1])
    return f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
