"""Pages: a template, said in the reader's language, in the one frame that all pages share."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.module_loading import import_string
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from torg import __version__
from torg.locale import LANGUAGES, translate
from torg.report import environment
from torg.site.current import current_study
from torg.site.made_up import is_made_up_study

STATIC = "/static/"

_FOUND = 200


def page(
    request: HttpRequest,
    template: str,
    /,
    *,
    status: int = 200,
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """The page that a template makes of the values, in the language of the address.

    Templates call `say`, `count`, `num`, `pct`, `date`, `moment` (see torg.report), `url(name)` for
    an address in the same language, `static(name)`, `form_token()` inside a form that posts,
    and `visitor`. What is not for everybody is never kept by caches on the way, nor what says that
    something is not there, or went wrong: a minute later it may be.
    """
    made = _environment(request.language).get_template(template)
    text = made.render({**_of_request(request), **values})
    response = HttpResponse(text, status=status)
    if getattr(request, "is_public", False) and status == _FOUND:
        patch_cache_control(response, public=True, max_age=60)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def bare_page(
    request: HttpRequest,
    template: str,
    /,
    *,
    status: int,
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """A page that stands alone: it asks nothing of the database, and caches keep it not at all."""
    made = _environment(request.language).get_template(template)
    theme = import_string("torg.site.theme.theme_address")
    response = HttpResponse(made.render({"theme": theme, **values}), status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def url_in(language: str, name: str, **parts: Any) -> str:  # noqa: ANN401
    """The address of a page in a language."""
    return str(reverse(name, kwargs={"language": language, **parts}))


def static_address(name: str) -> str:
    """Where a file of `site/static` is had; another content has another address."""
    return f"{STATIC}{name}?v={_fingerprint(name)}"


@cache
def _fingerprint(name: str) -> str:
    content = (files("torg.site") / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


@cache
def _environment(language: str) -> Environment:
    words = translate(language)
    made = environment(words, first=PackageLoader("torg.site"))
    made.globals.update(
        moment=lambda at: words.moment(at and at.astimezone(current_study().zone)),
        day_of=lambda at: words.date(at and at.astimezone(current_study().zone).date()),
        url=partial(url_in, language),
        static=static_address,
        all_languages=LANGUAGES,
        version=__version__,
        site=_Site(),
    )
    return made


class _Site:
    """What every page says of the site: whose it is, and whether all of it is made up."""

    @property
    def title(self) -> str:
        return current_study().title

    @property
    def contact(self) -> str | None:
        return current_study().site.contact

    @property
    def is_invented(self) -> bool:
        return is_made_up_study(current_study())

    @property
    def today(self) -> dt.date:
        return dt.datetime.now(current_study().zone).date()


def _of_request(request: HttpRequest) -> Mapping[str, Any]:
    return {
        "request": request,
        "visitor": request.visitor,
        "is_public": getattr(request, "is_public", False),
        "form_token": partial(_form_token, request),
        "here_in": partial(_here_in, request),
        "theme": import_string("torg.site.theme.theme_address"),
        "rooms": partial(import_string("torg.site.places.rooms.rooms"), request),
    }


def _form_token(request: HttpRequest) -> Markup:
    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
        get_token(request)
    )


def _here_in(request: HttpRequest, language: str) -> str:
    """The address of the same page in another language, with what was asked of it."""
    rest = request.get_full_path().lstrip("/").partition("/")[2]
    return f"/{language}/{rest}"
