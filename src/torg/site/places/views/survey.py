"""The survey: the report's chapter of each wave, and its sentences for the press."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.locale import translate
from torg.report.survey import (
    Block,
    Chapter,
    Course,
    Phrases,
    SurveyResults,
    file_of,
    overview_of,
    pictures_of,
    press_release,
    speech_of,
)
from torg.site.places.framing import release_links, release_page
from torg.site.places.kept import of_release
from torg.site.places.refusing import NO_SUCH_QUESTION, NO_SUCH_WAVE, NO_SURVEY, lacking
from torg.site.places.shelf import Shown
from torg.survey import Wave


@of_release()
def survey(request: HttpRequest, shown: Shown, wave: str | None = None) -> HttpResponse:
    """One wave, the latest or that of the address: all but its questions, which have own pages."""
    if shown.survey is None:
        return lacking(request, NO_SURVEY)
    chapter = _chapter(shown.survey, request.language, wave)
    if chapter is None:
        return lacking(request, NO_SUCH_WAVE)
    link = release_links(request)

    def address(of: Wave) -> str:
        is_latest = of == chapter.survey.waves[-1]
        return link("survey") if is_latest else link("survey_wave", wave=file_of(of))

    return release_page(
        request,
        shown,
        "places/survey.html.jinja",
        **{
            **overview_of(chapter, address=address),
            **_of_chapter(request, shown, chapter),
            "blocks": chapter.blocks,
            "courses": [],
        },
    )


@of_release()
def question(request: HttpRequest, shown: Shown, wave: str, question: str) -> HttpResponse:
    """One question of a wave: its figures in all, by size, and over the waves."""
    chapter = _chapter(shown.survey, request.language, wave) if shown.survey else None
    if chapter is None:
        return lacking(request, NO_SUCH_WAVE)
    block = next((each for each in chapter.blocks if file_of(each.question) == question), None)
    if block is None:
        return lacking(request, NO_SUCH_QUESTION)
    return release_page(
        request,
        shown,
        "places/question.html.jinja",
        **{
            **pictures_of(chapter, [block], _courses_of(chapter, block)),
            **_of_chapter(request, shown, chapter),
            "block": block,
        },
    )


def _of_chapter(request: HttpRequest, shown: Shown, chapter: Chapter) -> dict[str, Any]:
    """What both kinds of page show."""
    link = release_links(request)
    return {
        **speech_of(chapter),
        "chapter": chapter,
        "results": shown.survey,
        "index": None,
        "press_address": link("survey_press", wave=file_of(chapter.wave)),
    }


def _courses_of(chapter: Chapter, block: Block) -> list[Course]:
    """The items of a question over the waves."""
    asked = {line.item.question.id for line in block.lines}
    return [course for course in chapter.courses if course.item.question.id in asked]


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
