"""Search: a question, who fits, and straight on where only one is meant."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.report import National
from torg.site.places.finding import LONGEST, Finder
from torg.site.places.framing import release_links, release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NOT_OBSERVED, lacking
from torg.site.places.shelf import Shown

_KEPT = 24  # languages of releases
_finders: dict[tuple[str, str], Finder] = {}


@of_release("q")
def search(request: HttpRequest, release: Shown) -> HttpResponse:
    """Who is called as asked; without a question, everybody by letter."""
    national = release.national(request.language)
    if national is None:
        return lacking(request, NOT_OBSERVED)
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
    finder = finder_of(release, national)
    found = finder.find(asked) if asked else None
    if found and found.only:
        return HttpResponseRedirect(release_links(request)("municipality", place=found.only.key))
    places = sorted(national.places.by_id.values(), key=national.places.order)
    return release_page(
        request, release, "places/search.html.jinja", asked=asked, found=found, places=places,
        names=sorted({place.name for place in places}, key=national.places.words.order),
    )  # fmt: skip


@of_release()
def everybody(request: HttpRequest, release: Shown) -> HttpResponse:
    """Where an address of a municipality leads that was cut short: to all of them."""
    return HttpResponseRedirect(release_links(request)("search"))


def finder_of(release: Shown, national: National) -> Finder:
    """All names of a release in the order of a language, folded once."""
    key = (release.digest, national.places.words.language)
    if key not in _finders:
        if len(_finders) >= _KEPT:
            _finders.clear()
        names = national.results.names.select("country", "municipality", "name").rows()
        places = tuple(national.places.by_id.values())
        _finders[key] = Finder(places, names, national.places.words)
    return _finders[key]
