"""The addresses of this room, each in every language."""

from typing import Any

from django.urls import path

from torg.site.opendata.views import figures, pages, programs

ENDING = "citation.<slug:ending>"
OF_PLACE = "figures/<slug:release>/<str:place>/<str:measure>/"
OF_COUNTRY = "figures/<slug:release>/<str:measure>/"
OF_SURVEY = "figures/<slug:release>/survey/<str:wave>/<str:item>/"


def _cited(kind: str, route: str) -> Any:  # noqa: ANN401 -- Django carries no types
    """The citation of what is at the address, beside it."""
    return path(f"{route}{ENDING}", figures.citation, {"kind": kind}, name=f"{kind}_cited")


urlpatterns = [
    path("data/", pages.data, name="data"),
    path("data/api/", programs.api_page, name="api_page"),
    path("data/<slug:release>/", pages.data_of, name="data_of"),
    _cited("data_of", "data/<slug:release>/"),
    path(OF_COUNTRY, figures.national_figure, name="national_figure"),
    _cited("national_figure", OF_COUNTRY),
    path(OF_PLACE, figures.figure, name="figure"),
    _cited("figure", OF_PLACE),
    path(OF_SURVEY, figures.survey_figure, name="survey_figure"),
    _cited("survey_figure", OF_SURVEY),
]
