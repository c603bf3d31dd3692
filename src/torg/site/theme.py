"""The one style sheet: the report's own, and what a site needs beside it."""

import hashlib
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from torg.report import style
from torg.site.doors import door

_YEAR = 365 * 24 * 3600  # seconds


@door("everybody")
def theme(request: HttpRequest) -> HttpResponse:
    """The style sheet; another content has another address, so it is kept for a year."""
    response = HttpResponse(_sheet(), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, immutable=True, max_age=_YEAR)
    return response


def theme_address() -> str:
    """Where the style sheet is had."""
    return f"/theme.css?v={hashlib.sha256(_sheet().encode()).hexdigest()[:12]}"


@cache
def _sheet() -> str:
    templates = files("torg.site") / "templates"
    rooms = sorted((templates / "css").iterdir(), key=lambda sheet: sheet.name)
    return style() + "".join(sheet.read_text("utf-8") for sheet in (templates / "site.css", *rooms))
