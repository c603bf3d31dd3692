"""A municipality's page: its report card, and what it says to it."""

from collections.abc import Hashable

from django.http import HttpRequest, HttpResponse

from torg.site.places.beside import beside
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NO_SUCH_PLACE, lacking
from torg.site.places.shelf import Shown


def _said(shown: Shown, *, place: str) -> Hashable:
    found = shown.place(place)
    return beside(shown.name, found) if found else None


@of_release(said=_said)
def municipality(request: HttpRequest, shown: Shown, place: str) -> HttpResponse:
    """The page of one municipality."""
    card = shown.card(request.language, place)
    if card is None:
        return lacking(request, NO_SUCH_PLACE)
    return release_page(
        request,
        shown,
        "places/municipality.html.jinja",
        card=card,
        beside=beside(shown.name, card.place),
    )
