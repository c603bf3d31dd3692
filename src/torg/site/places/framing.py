"""What every page of a release shows beside its own: which release, and where its links go."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.locale import translate
from torg.report import Place, naming_of
from torg.site.current import current_study
from torg.site.pages import page, url_in
from torg.site.places import shelf
from torg.site.places.rooms import rooms
from torg.site.places.shelf import Shown
from torg.site.whole_addresses import address_on_site


def release_page(
    request: HttpRequest,
    shown: Shown,
    template: str,
    /,
    **values: Any,  # noqa: ANN401
) -> HttpResponse:
    """A page of a release, in whose templates links stay within the release of the address."""
    words = translate(request.language)
    named: Mapping[str, Any] = {} if shown.results is None else naming_of(shown.results, words)
    link = release_links(request)
    return page(
        request,
        template,
        **{
            **named,
            "shown": shown,
            "results": shown.results,
            "national": shown.national(request.language),
            "newest": shelf.latest(),
            "rooms": partial(rooms, request),
            "link": link,
            "canonical": canonical(request),
            "absolute": partial(address_on_site, current_study()),
            "home_address": link("front"),
            "how_address": link("how"),
            "meaning_address": lambda measure: f"{link('how')}#{measure}",
            "place_address": lambda place: _place_address(link, place),
            **values,
        },
    )


def release_links(request: HttpRequest) -> Callable[..., str]:
    """Addresses within the release that the page's own address names, if it names one."""
    release = request.resolver_match.kwargs.get("release")
    within = {"release": release} if release else {}

    def link(name: str, **parts: str) -> str:
        return url_in(request.language, name, **within, **parts)

    return link


def _place_address(link: Callable[..., str], place: Place) -> str:
    return link("municipality", place=place.key)


def canonical(request: HttpRequest) -> str:
    """The address of the same page in the latest release, which is what others should name."""
    match = request.resolver_match
    parts = {name: value for name, value in match.kwargs.items() if name != "release"}
    language = parts.pop("language", request.language)
    return address_on_site(current_study(), url_in(language, match.url_name, **parts))
