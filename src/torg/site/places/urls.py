"""The addresses of the public pages, each in every language.

What is made of a release is there twice: of the latest, and under the release's own name for good.
"""

from django.urls import URLPattern, path

from torg.site.places.views import (
    comparing,
    country,
    finding,
    how,
    mapping,
    municipality,
    printing,
    ranking,
    releases,
    survey,
)


def _of_a_release(within: str = "") -> list[URLPattern]:
    return [
        path(within, country.front, name="front"),
        path(f"{within}ranking/", ranking.ranking, name="ranking"),
        path(f"{within}municipalities/", finding.everybody, name="municipalities"),
        path(f"{within}municipalities/<place>/", municipality.municipality, name="municipality"),
        path(f"{within}survey/", survey.survey, name="survey"),
        path(f"{within}survey/<wave>/", survey.survey, name="survey_wave"),
        path(f"{within}survey/<wave>/press.txt", survey.press, name="survey_press"),
        path(
            f"{within}survey/<wave>/questions/<question>/",
            survey.question,
            name="survey_question",
        ),
        path(f"{within}how/", how.how, name="how"),
        path(f"{within}search/", finding.search, name="search"),
        path(f"{within}compare/", comparing.compare, name="compare"),
        path(f"{within}compare/table.csv", comparing.table, name="compare_table"),
        path(f"{within}map/", mapping.show, name="map"),
        path(f"{within}municipalities/<place>/card.pdf", printing.card_pdf, name="card_pdf"),
        path(
            f"{within}municipalities/<place>/picture.png",
            printing.card_picture,
            name="card_picture",
        ),
    ]


urlpatterns = [
    *_of_a_release(),
    path("releases/", releases.releases, name="releases"),
    *_of_a_release("releases/<release>/"),
]
