"""A page for each figure, that stays as it is, and the citation of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from torg.deposit import FORMS, Citation, Held, citation_of, figure_cited
from torg.errors import StudyError
from torg.locale import translate
from torg.report import naming_of
from torg.site.doors import View, door
from torg.site.opendata import figures
from torg.site.opendata.held import held, terms
from torg.site.opendata.views.taking_back import says_if_taken_back
from torg.site.pages import page, url_in
from torg.site.places import shelf
from torg.site.places.refusing import unread
from torg.site.places.shelf import Shown
from torg.site.whole_addresses import at_site

Found = figures.OneFigure | figures.NationalFigure | figures.SurveyFigure


def _of_figures(view: View) -> View:
    """A view of figures, which says so where this Torg does not understand their release."""

    @wraps(view)
    def opened(request: HttpRequest, **parts: str) -> HttpResponseBase:
        try:
            return view(request, **parts)
        except StudyError:
            return unread(request)

    return door("everybody")(says_if_taken_back(opened))


@_of_figures
def figure(request: HttpRequest, release: str, place: str, measure: str) -> HttpResponse:
    """A figure of a municipality."""
    shown, of = _release(release)
    found = figures.of_place(shown, place, measure, language=request.language)
    if found is None or shown.results is None:
        raise Http404
    return page(
        request,
        "opendata/figure.html.jinja",
        found=found,
        place_page=url_in(request.language, "municipality", place=place, release=release),
        **_cited(request, shown, of, "figure", release=release, place=place, measure=measure),
    )


@_of_figures
def national_figure(request: HttpRequest, release: str, measure: str) -> HttpResponse:
    """A measure over the country."""
    shown, of = _release(release)
    found = figures.of_country(shown, measure, language=request.language)
    if found is None or shown.results is None:
        raise Http404
    return page(
        request,
        "opendata/national_figure.html.jinja",
        found=found,
        **_cited(request, shown, of, "national_figure", release=release, measure=measure),
    )


@_of_figures
def survey_figure(request: HttpRequest, release: str, wave: str, item: str) -> HttpResponse:
    """What was answered to a question in a wave."""
    shown, of = _release(release)
    found = figures.of_survey(shown, wave, item)
    if found is None:
        raise Http404
    return page(
        request,
        "opendata/survey_figure.html.jinja",
        found=found,
        said=figures.said_of_survey(found, request.language),
        rows=figures.answers_of(found, request.language),
        **_cited(request, shown, of, "survey_figure", release=release, wave=wave, item=item),
    )


@_of_figures
def citation(request: HttpRequest, kind: str, ending: str, **parts: str) -> HttpResponse:
    """The citation of a figure, or of a whole release, as a file."""
    shown, of = _release(parts["release"])
    if ending not in FORMS:
        raise Http404
    made = _citation(request, shown, of, kind, **parts)
    media, write = FORMS[ending]
    response = HttpResponse(write(made), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{made.id[:100]}.{ending}"'
    return response


def _release(name: str) -> tuple[Shown, Held]:
    shown, of = shelf.named(name), held(name)
    if shown is None or of is None:
        raise Http404
    return shown, of


def _cited(request: HttpRequest, shown: Shown, of: Held, kind: str, **parts: str) -> dict[str, Any]:
    """What every page of a figure says of itself."""
    words = translate(request.language)
    return {
        **(naming_of(shown.results, words) if shown.results else {}),
        "shown": shown,
        "held": of,
        "terms": terms(),
        "citation": _citation(request, shown, of, kind, **parts),
        "forms": [
            (ending, url_in(request.language, f"{kind}_cited", ending=ending, **parts))
            for ending in FORMS
        ],
        "here": at_site(request, url_in(request.language, kind, **parts)),
    }


def _citation(request: HttpRequest, shown: Shown, of: Held, kind: str, **parts: str) -> Citation:
    """Raises Http404 where the release has no such figure."""
    language = request.language
    here = at_site(request, url_in(language, kind, **parts))
    whole = citation_of(of, terms(), address=here)
    if kind == "data_of":
        return whole
    what = _SAID[kind](shown, language, **{k: v for k, v in parts.items() if k != "release"})
    if what is None:
        raise Http404
    id_ = "-".join(value for name, value in parts.items() if name != "release")
    return figure_cited(whole, what=what, id_=id_, address=here)


def _of_place(shown: Shown, language: str, *, place: str, measure: str) -> str | None:
    found = figures.of_place(shown, place, measure, language=language)
    return figures.said_of_place(shown, found, language) if found else None


def _of_country(shown: Shown, language: str, *, measure: str) -> str | None:
    found = figures.of_country(shown, measure, language=language)
    return figures.said_of_country(found, language) if found else None


def _of_survey(shown: Shown, language: str, *, wave: str, item: str) -> str | None:
    found = figures.of_survey(shown, wave, item)
    return figures.said_of_survey(found, language) if found else None


_SAID: dict[str, Callable[..., str | None]] = {
    "figure": _of_place,
    "national_figure": _of_country,
    "survey_figure": _of_survey,
}
