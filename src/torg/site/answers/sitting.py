"""One call behind a personal link: which form is meant, and what was answered in it until now.

Nothing of it is kept between calls. The session holds the number of the link that was opened, and
every call looks for its form among those of that link, so a foreign number is not there, and a
link that was taken back opens nothing from that moment on.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from torg.locale import Words, message, translate
from torg.site.accounts.visiting import ANSWER_LINK
from torg.site.answers.actions.filling import Said, within
from torg.site.answers.course import Course, course
from torg.site.answers.drawing import language_asked
from torg.site.answers.kept import facts_of, questionnaire_of
from torg.site.answers.models import Form, Link
from torg.site.answers.permissions import REFUSAL, LinkRefused, check_can_answer, wave_named
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.pages import page
from torg.site.refusals import refused
from torg.study import Study
from torg.survey.questionnaire import Question, Questionnaire, Wave

NO_LINK = message("Open the link of the letter that you got: what you answered is kept.")
NOT_SAVED = message(
    "Not saved. Open the link of your letter once more in another window; what you answered stays "
    "here meanwhile."
)

_CSRF_FIELD = "csrfmiddlewaretoken"

View = Callable[..., HttpResponseBase]


def behind_link(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Mark a view that is for who came by a personal link; it is called with the link's number."""

    def marked(view: View) -> View:
        @door("everybody", methods=methods)
        @wraps(view)
        def opened(request: HttpRequest, **parts: Any) -> HttpResponseBase:  # noqa: ANN401
            request.is_public = False
            link = request.session.get(ANSWER_LINK)
            if link is None:
                return _without_link(request)
            try:
                return view(request, link, **parts)
            except (LinkRefused, Form.DoesNotExist) as why:
                if isinstance(why, LinkRefused) or not _is_there(link):
                    return refused(request, REFUSAL, status=404)
                raise Http404 from None

        return opened

    return marked


def _without_link(request: HttpRequest) -> HttpResponseBase:
    """Say which link to open; what was sent from a page that lay too long stays in this one."""
    if request.method != "POST":
        return refused(request, NO_LINK, status=403)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name != _CSRF_FIELD
        for value in values
    ]
    return page(request, "answers/not_saved.html.jinja", status=403, sentence=NOT_SAVED, sent=sent)


@dataclass(frozen=True)
class Sitting:
    """A form that somebody has before them, and the language of the page that shows it."""

    study: Study
    questionnaire: Questionnaire
    form: Form
    language: str

    @property
    def wave(self) -> Wave:
        """The wave that the form belongs to."""
        return self.questionnaire.wave(self.form.unit.wave)

    @cached_property
    def said(self) -> Said:
        """What is kept of the form."""
        return Said.of(self.form)

    @property
    def values(self) -> Mapping[str, str]:
        """What counts of the answers."""
        return self.said.values

    @property
    def is_changed(self) -> bool:
        """Whether anything was answered since the form was sent in."""
        return self.form.submitted is not None and not self.said.is_sent_in

    @cached_property
    def course(self) -> Course:
        """The way through the form."""
        unit = self.form.unit
        return course(self.questionnaire, wave=unit.wave, kind=unit.kind, values=self.values)

    @property
    def words(self) -> Words:
        """The page's own words."""
        return translate(self.language)

    @property
    def asked_in(self) -> str:
        """The language of the questionnaire's words."""
        return language_asked(self.questionnaire, self.form.respondent.language, self.language)

    @property
    def lang(self) -> str | None:
        """The same as an attribute, where it is another language than the page's."""
        return self.asked_in if self.asked_in.split("-")[0] != self.language else None

    def facts(self, question: Question) -> Mapping[str, str]:
        """What the register knows of the answers to a question."""
        return facts_on(self.study, question, self.form.unit.country, self.form.unit.unit)


def facts_on(study: Study, question: Question, country: str, unit: str) -> Mapping[str, str]:
    """What the register knows today of the answers that a unit can give to a question."""
    if not question.prefill:
        return {}
    known = facts_of(study, country=country, unit=unit, day=dt.datetime.now(study.zone).date())
    return {item: value for item, value in known.items() if item.split(".")[0] == question.id}


def sitting_at(request: HttpRequest, link: int, form: int) -> Sitting:
    """The form of that number. Raises Form.DoesNotExist where it is none of the link's.

    LinkRefused where the link opens nothing any more.
    """
    study = current_study()
    questionnaire = questionnaire_of(study)
    found = within(Form.objects, link).select_related("unit", "respondent__invitation").get(id=form)
    day = dt.datetime.now(study.zone).date()
    check_can_answer(found, wave=wave_named(questionnaire, found.unit.wave), day=day)
    return Sitting(study, questionnaire, found, request.language)


def sittings(request: HttpRequest, link: int) -> list[Sitting]:
    """All forms of the link that may be filled in, by unit. Raises LinkRefused where none is."""
    if not _is_there(link):
        raise LinkRefused
    forms = within(Form.objects, link).order_by("unit__country", "unit__unit")
    return [sitting_at(request, link, number) for number in forms.values_list("id", flat=True)]


def _is_there(link: int) -> bool:
    """Whether the link was not taken back."""
    return Link.objects.filter(id=link, revoked__isnull=True).exists()
