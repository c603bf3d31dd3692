"""The headers of public data: kept by caches, asked for again cheaply, open to all sites.

What tells one answer from another is its ETag alone: a release may be taken back, and the latest is
then an older one, so that a date would say "not changed" where all has.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

A_MINUTE = 60  # seconds; a release may be taken back, so nothing is kept for longer


def public_data(request: HttpRequest, response: HttpResponse, *, etag: str) -> HttpResponse:
    """The response with its headers; 304 without a body where the reader has it already."""
    response["ETag"] = quote_etag(etag)
    patch_cache_control(response, public=True, max_age=A_MINUTE)
    answered: HttpResponse = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    answered["Access-Control-Allow-Origin"] = "*"
    answered["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answered
