"""The map: everybody as a point, by what the reader chose."""

from django.http import HttpRequest, HttpResponse

from torg.locale import message, translate
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.mapping import Map, choices
from torg.site.places.plane import WIDTH
from torg.site.places.refusing import NOT_OBSERVED, lacking
from torg.site.places.shelf import Shown

_NO_SUCH = message("The map cannot show '%(choice)s': choose one of the figures below.")


@of_release("by")
def show(request: HttpRequest, release: Shown) -> HttpResponse:
    """The municipalities by their places, or by one measure."""
    national = release.national(request.language)
    there = choices(national) if national else ()
    if national is None or not there:
        return lacking(request, NOT_OBSERVED)
    words, asked = translate(request.language), request.GET.get("by", "")
    chosen = next((each for each in there if each.key == asked), None)
    fault = words.say(_NO_SUCH, choice=asked[:60]) if asked and chosen is None else None
    return release_page(
        request, release, "places/map.html.jinja", status=400 if fault else 200,
        map=Map(national, chosen or there[0], words), choices=there, chosen=chosen or there[0],
        fault=fault, width=WIDTH,
    )  # fmt: skip
