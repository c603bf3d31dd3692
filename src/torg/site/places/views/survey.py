"""The survey: the report's chapter of each wave, and its sentences for the press."""

from django.http import HttpRequest, HttpResponse

from torg.locale import translate
from torg.report.survey import (
    Chapter,
    Phrases,
    SurveyResults,
    file_of,
    press_release,
    speech_of,
    values_of,
)
from torg.site.places.framing import release_links, release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NO_SUCH_WAVE, NO_SURVEY, lacking
from torg.site.places.shelf import Shown
from torg.survey import Wave


@of_release()
def survey(request: HttpRequest, shown: Shown, wave: str | None = None) -> HttpResponse:
    """One wave: the latest, or that which the address names."""
    if shown.survey is None:
        return lacking(request, NO_SURVEY)
    chapter = _chapter(shown.survey, request.language, wave)
    if chapter is None:
        return lacking(request, NO_SUCH_WAVE)
    link = release_links(request)

    def address(of: Wave) -> str:
        is_latest = of == chapter.survey.waves[-1]
        return link("survey") if is_latest else link("survey_wave", wave=file_of(of))

    values = {
        **values_of(chapter, address=address),
        **speech_of(chapter),
        "results": shown.survey,
        "observed": shown.results,
        "index": link("front") if shown.national(request.language) else None,
        "press_address": link("survey_press", wave=file_of(chapter.wave)),
    }
    return release_page(request, shown, "places/survey.html.jinja", **values)


@of_release()
def press(request: HttpRequest, shown: Shown, wave: str) -> HttpResponse:
    """The sentences of a wave as text, for a press release."""
    found = _chapter(shown.survey, request.language, wave) if shown.survey else None
    if found is None:
        return lacking(request, NO_SUCH_WAVE)
    return HttpResponse(press_release(found), content_type="text/plain; charset=utf-8")


def _chapter(found: SurveyResults, language: str, wave: str | None) -> Chapter | None:
    """The wave's chapter; that of the latest where no wave is named, None where there is none."""
    named = [each for each in found.waves if wave is None or file_of(each) == wave]
    phrases = Phrases(found, translate(language))
    return Chapter(found, phrases, named[-1]) if named else None
