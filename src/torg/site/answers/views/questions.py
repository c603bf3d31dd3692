"""One question, or one matrix, to a page: shown, kept, and left for the next."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse

from torg.locale import LANGUAGES, translate
from torg.site.answers.actions import Before, Kept, TooOften, Turn, save_page
from torg.site.answers.course import CHECK, Course, course
from torg.site.answers.drawing import draw
from torg.site.answers.kept import questionnaire_of
from torg.site.answers.reading import Read, Typed, Wrong, read, typed_of
from torg.site.answers.sitting import Sitting, behind_link, facts_on, sitting_at
from torg.site.answers.views.places import address_of_place, question_address
from torg.site.current import current_study
from torg.site.pages import page, url_in
from torg.site.refusals import too_often
from torg.survey.questionnaire import Question, Questionnaire, items_of

_LEAVE, _CLEAR, _LANGUAGE = "leave", "clear", "language:"
_CHECK_AFTER = "check"  # what `then` says of a question that one came to from the last look
_UNREADABLE = 422


class Unreadable(Exception):
    """What a page says cannot be kept: why, by field."""

    def __init__(self, wrong: Mapping[str, Wrong]) -> None:
        super().__init__(wrong)
        self.wrong = wrong


@behind_link(methods=("GET", "POST"))
def question(request: HttpRequest, link: int, form: int, question: str) -> HttpResponse:
    """Show a question; or keep what was answered, and go where the pressed button leads."""
    if request.method == "POST":
        return _kept(request, link, form, question)
    sitting = sitting_at(request, link, form)
    shown = sitting.course.named(question)
    if shown is None:
        raise Http404
    if not sitting.course.is_on(shown):  # an answer elsewhere has changed what is asked
        return HttpResponseRedirect(address_of_place(sitting))
    facts = {} if sitting.course.is_answered(shown) else sitting.facts(shown)
    typed = typed_of(shown, {**facts, **sitting.values})
    return _page(request, sitting, shown, typed, has_facts=bool(facts))


def _kept(request: HttpRequest, link: int, form: int, name: str) -> HttpResponse:
    study = current_study()
    questionnaire = questionnaire_of(study)
    sent = _Sent.of(request, form, questionnaire, name)
    try:
        kept = save_page(study, questionnaire, form, sent.turn, link=link)
    except Unreadable as why:
        return _again(request, link, sent, why.wrong)
    except TooOften:
        return too_often(request)
    if sent.is_by_script:
        return _acknowledged(kept, sent)
    return HttpResponseRedirect(sent.goes_to)


def _acknowledged(kept: Kept, sent: "_Sent") -> JsonResponse:
    """To the page's script: it is on the disk, since when, and where the button leads."""
    at = kept.at.astimezone(current_study().zone)
    saved = translate(sent.language).time(at, form="medium")
    return JsonResponse({"saved": saved, "to": sent.goes_to if sent.go else None})


def _again(
    request: HttpRequest, link: int, sent: "_Sent", wrong: Mapping[str, Wrong]
) -> HttpResponse:
    """The page once more, with what was typed and what is wrong with it."""
    if sent.is_by_script:
        say = translate(request.language).say
        told = {name: say(each.sentence, **each.values) for name, each in wrong.items()}
        return JsonResponse({"wrong": told}, status=_UNREADABLE)
    sitting = sitting_at(request, link, sent.form)
    return _page(request, sitting, sent.question, sent.typed, wrong=wrong)


@dataclass
class _Sent:
    """A page as it was sent; where it leads is known once it was read."""

    form: int
    questionnaire: Questionnaire
    question: Question
    typed: Typed
    go: str  # the button; "" of a script that only keeps
    then: str
    language: str
    is_by_script: bool
    goes_to: str = ""

    @classmethod
    def of(
        cls, request: HttpRequest, form: int, questionnaire: Questionnaire, name: str
    ) -> "_Sent":
        asked = next((each for each in questionnaire.questions if each.id == name), None)
        if asked is None:
            raise Http404
        typed = {key: tuple(values) for key, values in request.POST.lists()}
        return cls(
            form, questionnaire, asked, typed, request.POST.get("go", ""),
            request.POST.get("then", ""), request.language,
            request.headers.get("Accept") == "application/json",
        )  # fmt: skip

    def turn(self, before: Before) -> Turn:
        """Read the page. Raises Unreadable, and Http404 where the unit is not asked that."""
        way = self.way(before, before.values)
        if way.named(self.question.id) is None:
            raise Http404
        found = self.read(before)
        if found.wrong:
            raise Unreadable(found.wrong)
        merged = {**before.values, **found.values}
        after = self.way(before, {item: value for item, value in merged.items() if value})
        place = self.place(after)
        self.goes_to = self.address(place)
        facts = facts_on(current_study(), self.question, before.country, before.unit)
        return Turn(found.values, facts, place or None)

    def read(self, before: Before) -> Read:
        if self.go == _CLEAR:
            return Read(values={item.id: None for item in items_of(self.question)})
        return read(self.question, self.typed, known=before.values, is_whole=bool(self.go))

    def way(self, before: Before, values: Mapping[str, str]) -> Course:
        return course(self.questionnaire, wave=before.wave, kind=before.kind, values=values)

    def place(self, way: Course) -> str:
        """The question to be at after this; "": before the first."""
        if self.go == "next" and self.then == _CHECK_AFTER:
            return CHECK
        if self.go == "next":
            later = way.after(self.question)
            return later.id if later else CHECK
        if self.go == "back":
            earlier = way.before(self.question)
            return earlier.id if earlier else ""
        return self.question.id

    def address(self, place: str) -> str:
        language = self.go.removeprefix(_LANGUAGE) if self.go.startswith(_LANGUAGE) else ""
        spoken = language if language in LANGUAGES else self.language
        if place == CHECK:
            return url_in(spoken, "answer_check", form=self.form)
        if not place or self.go == _LEAVE:
            return url_in(spoken, "answer_form", form=self.form)
        where = url_in(spoken, "answer_question", form=self.form, question=place)
        stays = place == self.question.id
        return f"{where}?then={_CHECK_AFTER}" if stays and self.then == _CHECK_AFTER else where


def _page(
    request: HttpRequest,
    sitting: Sitting,
    shown: Question,
    typed: Typed,
    *,
    wrong: Mapping[str, Wrong] | None = None,
    has_facts: bool = False,
) -> HttpResponse:
    way = sitting.course
    drawn = draw(
        shown, typed, language=sitting.asked_in, words=sitting.words, wrong=wrong,
        compares=sitting.wave.id not in shown.break_at, is_fact=has_facts,
    )  # fmt: skip
    asked = way.shown
    return page(
        request, "answers/question.html.jinja", status=_UNREADABLE if wrong else 200,
        q=drawn, sitting=sitting, form=sitting.form, lang=sitting.lang,
        number=asked.index(shown) + 1 if shown in asked else 1, of=len(asked),
        is_settled=way.is_settled,
        is_answered=way.is_answered(shown), then=request.GET.get("then", request.POST.get("then")),
        tongues=_tongues(sitting), today=dt.datetime.now(sitting.study.zone).date(),
        wrong=_told(sitting, wrong or {}, drawn.first),
        here=question_address(request.language, sitting.form.id, shown),
    )  # fmt: skip


def _told(sitting: Sitting, wrong: Mapping[str, Wrong], first: str) -> list[tuple[str, str]]:
    """What is wrong: the id of the field, and the sentence."""
    return [
        (f"f-{name}" if "." in name else first, sitting.words.say(each.sentence, **each.values))
        for name, each in wrong.items()
    ]


def _tongues(sitting: Sitting) -> list[str]:
    """The other languages that the questions are there in."""
    there = {name.split("-")[0] for name in sitting.questionnaire.languages}
    return [name for name in LANGUAGES if name in there and name != sitting.language]
