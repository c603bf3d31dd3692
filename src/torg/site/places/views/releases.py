"""All releases: each stays readable under its date, and what was withdrawn says why."""

from django.http import HttpRequest, HttpResponse

from torg.site.places import shelf
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.shelf import Shown


def _all(shown: Shown) -> tuple[tuple[object, ...], ...]:
    there = tuple((each.name, each.digest) for each in shelf.public())
    return (there, tuple((row.release, row.why) for row in shelf.withdrawn()))


@of_release(said=_all)
def releases(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The list of the releases that everybody may see."""
    return release_page(
        request,
        shown,
        "places/releases.html.jinja",
        releases=[each for each in shelf.public() if each.is_readable],
        withdrawn=shelf.withdrawn(),
    )
