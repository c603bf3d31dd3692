"""The headers of public data: kept by caches, asked for again cheaply, open to all sites."""

import calendar
import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag

from torg.deposit import Held

A_WHILE, AN_HOUR = 60, 3600  # seconds; a release may be withdrawn, so nothing is kept for long


def public_data(
    request: HttpRequest,
    response: HttpResponse,
    *,
    etag: str,
    held: Held | None = None,
    seconds: int = A_WHILE,
) -> HttpResponse:
    """The response with its headers; 304 without a body where the reader has it already."""
    response["ETag"] = quote_etag(etag)
    moment = made_at(held) if held else None
    if moment:
        response["Last-Modified"] = _http_date(moment)
    patch_cache_control(response, public=True, max_age=seconds)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    seconds_since = calendar.timegm(moment.utctimetuple()) if moment else None
    answered = get_conditional_response(
        request, etag=response["ETag"], last_modified=seconds_since, response=response
    )
    if answered is not response and answered is not None:
        for name in ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy"):
            answered[name] = response[name]
    return answered or response


def made_at(held: Held) -> dt.datetime | None:
    """When the release was made."""
    try:
        return dt.datetime.fromisoformat(str(held.provenance.get("made_at")))
    except ValueError:
        return None


def _http_date(moment: dt.datetime) -> str:
    return http_date(moment.timestamp())
