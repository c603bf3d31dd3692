"""Come in by the link of a letter, and find one's form, or an observer's many."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control

from torg.locale import LANGUAGES
from torg.site.accounts.visiting import ANSWER_LINK
from torg.site.answers.actions import look_behind, note_opening
from torg.site.answers.colleagues import colleagues_of
from torg.site.answers.kept import questionnaire_of
from torg.site.answers.letter import LINKED
from torg.site.answers.models import Invitation
from torg.site.answers.permissions import REFUSAL, LinkRefused
from torg.site.answers.sitting import Sitting, behind_link, sitting_at, sittings
from torg.site.answers.views.places import address_of_place, question_address
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.languages import language_wanted
from torg.site.limits import limited
from torg.site.pages import page, url_in
from torg.site.refusals import refused
from torg.survey.questionnaire import text_in


@limited("300/m", scope="answer link", methods=("GET",))
@door("everybody")
def open_answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take the link out of the address, into the session, and go where it leads.

    Nothing is noted yet: mail servers fetch links before anybody reads the letter.
    """
    response = HttpResponseRedirect(_where(request, token))
    response["Referrer-Policy"] = "no-referrer"
    patch_cache_control(response, private=True, no_store=True)
    return response


def _where(request: HttpRequest, token: str) -> str:
    study = current_study()
    wanted = language_wanted(request)
    try:
        opened = look_behind(study, questionnaire_of(study), token)
    except LinkRefused:
        return url_in(wanted, "answer_nothing")
    request.session.cycle_key()  # whoever knew the session before does not know this one
    request.session[ANSWER_LINK] = opened.link
    spoken = opened.language.split("-")[0]
    return url_in(spoken if spoken in LANGUAGES else wanted, "answer")


@door("everybody")
def nothing(request: HttpRequest) -> HttpResponse:
    """Where a link leads that opens nothing."""
    return refused(request, REFUSAL, status=404)


@behind_link()
def forms(request: HttpRequest, link: int) -> HttpResponse:
    """The one form, or a list of them."""
    found = sittings(request, link)
    if len(found) == 1:
        return HttpResponseRedirect(url_in(request.language, "answer_form", form=found[0].form.id))
    return page(request, "answers/forms.html.jinja", sittings=found)


@behind_link(methods=("GET", "POST"))
def start(request: HttpRequest, link: int, form: int) -> HttpResponse:
    """What is asked, by whom and what for; its button begins, or goes on where one was."""
    sitting = sitting_at(request, link, form)
    if request.method == "POST":
        note_opening(sitting.study, link)
        return HttpResponseRedirect(_begun(request, sitting))
    return page(request, "answers/start.html.jinja", **_about(sitting))


def _begun(request: HttpRequest, sitting: Sitting) -> str:
    """Where to go on; "first" goes through it from the beginning."""
    if request.POST.get("go") == "first":
        first = sitting.course.from_place(None)
        if first is not None:
            return question_address(request.language, sitting.form.id, first)
    return address_of_place(sitting)


def _about(sitting: Sitting) -> dict[str, Any]:
    questionnaire, language = sitting.questionnaire, sitting.asked_in
    invitation = Invitation.objects.filter(respondent=sitting.form.respondent_id).exists()
    return {
        "sitting": sitting,
        "form": sitting.form,
        "lang": sitting.lang,
        "title": text_in(sitting.wave.titles, language) or text_in(questionnaire.titles, language),
        "introduction": text_in(questionnaire.introductions, language).strip().split("\n\n"),
        "asks": sitting.study.survey.contact,
        "linked": LINKED,
        "has_facts": any(sitting.facts(each) for each in sitting.course.shown),
        "colleagues": colleagues_of(sitting),
        "is_invited": invitation,
    }
