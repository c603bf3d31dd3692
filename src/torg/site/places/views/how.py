"""How we know: every measure in plain words and by its formula, and the rules that all rest on."""

from django.http import HttpRequest, HttpResponse

from torg.report import Meaning, Results
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.shelf import Shown


@of_release()
def how(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The methods page of a release: its definitions are those that its figures were made by."""
    results = shown.results
    return release_page(
        request,
        shown,
        "places/how.html.jinja",
        counted=_counted(results) if results else [],
        others=_others(results) if results else [],
        criteria=results.criteria.to_dicts() if results else [],
        reasons=sorted(results.reasons) if results else [],
        survey=shown.survey,
    )


def _counted(results: Results) -> list[tuple[str, Meaning]]:
    """The measures that earn points, in the order of the criteria."""
    asked = dict.fromkeys(results.criteria["measure"])
    return [(each, results.definitions[each]) for each in asked if each in results.definitions]


def _others(results: Results) -> list[tuple[str, Meaning]]:
    asked = set(results.criteria["measure"])
    return sorted(
        (pair for pair in results.definitions.items() if pair[0] not in asked),
        key=lambda pair: (pair[1].title, pair[0]),
    )
