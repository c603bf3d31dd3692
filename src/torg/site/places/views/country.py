"""The country: the front page, and the way to it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from torg.locale import translate
from torg.report import contrasts
from torg.site.doors import door
from torg.site.languages import language_wanted
from torg.site.pages import url_in
from torg.site.places import picture
from torg.site.places.framing import release_page
from torg.site.places.kept import of_release
from torg.site.places.shelf import Shown


@door("everybody")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send to the front page in the language that the reader wants."""
    response = HttpResponseRedirect(url_in(language_wanted(request), "front"))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@of_release()
def front(request: HttpRequest, shown: Shown) -> HttpResponse:
    """The front page: the national picture, and where to go from it."""
    national, survey = shown.national(request.language), shown.survey
    told = national.headlines if national else ()
    of_survey = picture.of_survey(survey, translate(request.language)) if survey else {}
    return release_page(
        request,
        shown,
        "places/front.html.jinja",
        **of_survey,
        has_survey=survey is not None,
        headlines=told,
        apart=contrasts(shown.results) if national and shown.results else [],
        uses=picture.uses(national) if national else [],
        trends=picture.trends(shown, language=request.language, told=told),
    )
