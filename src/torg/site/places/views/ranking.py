"""The ranking: who may be among the best, the bands, and everybody by name with its rank set."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict

from torg.locale import message
from torg.report import FIRST_OF_A_LIST, National, classic_lists
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.ordering import Ordering, Wish
from torg.site.places.refusing import NOT_OBSERVED, lacking
from torg.site.places.shelf import Shown

NO_SUCH_GROUP = message(
    "The ranking has no such size class, county, band or page: choose one of those offered."
)


@of_release("size", "county", "band", "page")
def ranking(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The ranking, as far as it goes for those that were asked for."""
    national = shown.national(request.language)
    if national is None:
        return lacking(request, NOT_OBSERVED)
    wish = _wish(request.GET, national)
    ordering = Ordering(national, wish) if wish else None
    if wish is None or ordering is None or wish.page > ordering.last_page:
        return lacking(request, NO_SUCH_GROUP)
    return release_page(
        request,
        shown,
        "places/ranking.html.jinja",
        ordering=ordering,
        wish=wish,
        counties=_counties(national),
        lists=classic_lists(national),
        first=FIRST_OF_A_LIST,
        page_address=partial(_page_address, request.path, wish),
    )


def _wish(asked: QueryDict, national: National) -> Wish | None:
    """What was asked for; None where there is no such thing."""
    size, county, band = (asked.get(name, "") for name in ("size", "county", "band"))
    page = asked.get("page") or "1"
    is_known = (
        (not size or size in national.places.size_classes)
        and (not county or county in _counties(national))
        and (not band or band in tuple("ABCDE"))
        and page.isascii() and page.isdigit() and int(page[:6]) > 0
    )  # fmt: skip
    return Wish(size=size, county=county, band=band, page=int(page[:6])) if is_known else None


def _counties(national: National) -> list[str]:
    found = {place.county for place in national.places.by_id.values() if place.county}
    return sorted(found, key=national.places.words.order)


def _page_address(path: str, wish: Wish, page: int = 1, **other: str) -> str:
    """The address of another page, or of another group: everything else as it was asked."""
    asked = {"size": wish.size, "county": wish.county, "band": wish.band, "page": str(page)} | other
    told = {name: each for name, each in asked.items() if each and (name, each) != ("page", "1")}
    return f"{path}?{urlencode(told)}" if told else path
