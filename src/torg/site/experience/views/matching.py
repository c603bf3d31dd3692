"""Who has good experience with what, and who asks for it."""

from django.http import HttpRequest, HttpResponse

from torg.experience import LEAST, TAXONOMY
from torg.site.doors import door
from torg.site.experience import queries
from torg.site.experience.observed import latest, spots
from torg.site.pages import page


@door("everybody")
def matches(request: HttpRequest) -> HttpResponse:
    """The matrix of areas and target groups, and the units of each area by name."""
    cells = {(match.area, match.group): match for match in queries.all_matches()}
    shown = latest()
    return page(
        request, "experience/matches.html.jinja",
        cells=cells, taxonomy=TAXONOMY, places=spots(request.language), least=LEAST, release=shown,
        has_survey=bool(shown and shown.survey),
    )  # fmt: skip
