"""A municipality's page: its report card, and what it says to it."""

from collections.abc import Hashable

from django.http import HttpRequest, HttpResponse

from torg.site.places.apart import contrasts
from torg.site.places.beside import beside
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NO_SUCH_PLACE, lacking
from torg.site.places.shelf import Shown
from torg.site.places.weeks import weeks_of


def _said(shown: Shown, *, place: str) -> Hashable:
    found = shown.place(place)
    return beside(shown.name, found) if found else None


@of_release(said=_said)
def municipality(request: HttpRequest, shown: Shown, place: str) -> HttpResponse:
    """The page of one municipality."""
    card, results = shown.card(request.language, place), shown.results
    if card is None or results is None:
        return lacking(request, NO_SUCH_PLACE)
    return release_page(
        request,
        shown,
        "places/municipality.html.jinja",
        card=card,
        beside=beside(shown.name, card.place),
        weeks=weeks_of(results, card.place),
        apart=contrasts(results, card=card),
    )
