"""The last look, sending, and the receipt; or saying no, and passing on."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.errors import SurveyError
from torg.locale import message
from torg.site.accounts.visiting import ANSWER_LINK
from torg.site.answers.actions import pass_on as pass_it_on
from torg.site.answers.actions import refuse as say_no
from torg.site.answers.actions import submit
from torg.site.answers.actions.addressing import checked_address
from torg.site.answers.actions.ending import Unanswered
from torg.site.answers.actions.filling import unanswered
from torg.site.answers.drawing import answer_in_words
from torg.site.answers.models import Answer, Form, Invitation
from torg.site.answers.permissions import LinkRefused, can_pass_on
from torg.site.answers.sitting import Sitting, behind_link, sitting_at
from torg.site.doors import door
from torg.site.limits import limited
from torg.site.pages import page, url_in
from torg.site.releases.queries import latest_public
from torg.survey.questionnaire import text_in

NO_ADDRESS = message("This is no mail address: write it as post@example.no.")
ASKED_ALREADY = message(
    "Somebody at that address is asked already, or the form cannot be passed on."
)


@behind_link(methods=("GET", "POST"))
def check(request: HttpRequest, link: int, form: int) -> HttpResponse:
    """All answers once more; and the button that sends them."""
    is_sent = request.method == "POST"
    if is_sent and _sent_in(request, link, form):
        return HttpResponseRedirect(url_in(request.language, "answer_receipt", form=form))
    sitting = sitting_at(request, link, form)
    missing = unanswered(sitting.questionnaire, sitting.form.unit, sitting.values)
    return page(
        request, "answers/check.html.jinja", status=422 if is_sent else 200,
        missing=[each.id for each in missing], was_sent=is_sent, **_looked_over(sitting),
    )  # fmt: skip


@behind_link()
def receipt(request: HttpRequest, link: int, form: int) -> HttpResponse:
    """That the answers came in: when, with a code, to print. Before that: the last look."""
    sitting = sitting_at(request, link, form)
    if sitting.form.submitted is None:
        return HttpResponseRedirect(url_in(request.language, "answer_check", form=form))
    return page(
        request, "answers/receipt.html.jinja", code=receipt_code(sitting.form),
        card=_card(sitting), room=_room(request), **_looked_over(sitting),
    )  # fmt: skip


@behind_link(methods=("GET", "POST"))
def refuse(request: HttpRequest, link: int, form: int) -> HttpResponse:
    """Say no to the survey; the same page says that it was noted."""
    sitting = sitting_at(request, link, form)
    if request.method == "POST":
        say_no(sitting.study, sitting.questionnaire, form, link=link, by=request.visitor)
        return HttpResponseRedirect(request.path)
    return page(request, "answers/refuse.html.jinja", sitting=sitting, form=sitting.form)


@limited("10/m", scope="pass on")
@behind_link(methods=("GET", "POST"))
def pass_on(request: HttpRequest, link: int, form: int) -> HttpResponse:
    """Name a colleague who shall answer."""
    sitting = sitting_at(request, link, form)
    wrong = _named(request, sitting, link) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        if not request.POST.get("keep"):
            del request.session[ANSWER_LINK]
        return HttpResponseRedirect(url_in(request.language, "answer_passed_on"))
    invitation = Invitation.objects.filter(respondent=sitting.form.respondent_id).first()
    return page(
        request, "answers/pass_on.html.jinja", status=422 if wrong else 200, sitting=sitting,
        form=sitting.form, wrong=wrong, typed=request.POST,
        may=invitation is not None and can_pass_on(invitation),
    )  # fmt: skip


@door("everybody")
def passed_on(request: HttpRequest) -> HttpResponse:
    """What happens now: it says nothing of anybody."""
    return page(request, "answers/passed_on.html.jinja")


def receipt_code(form: Form) -> str:
    """A short seal of what was sent in: the same answers, sent at the same moment, have the same.

    Answers of later count with the next sending.
    """
    rows = Answer.objects.filter(form=form, at__lte=form.submitted).order_by("at", "id")
    said = sorted(dict(rows.values_list("item", "value")).items())
    sealed = repr((form.id, form.submitted.isoformat(), said)).encode()
    code = hashlib.sha256(sealed).hexdigest()[:12].upper()
    return "-".join(code[n : n + 4] for n in (0, 4, 8))


def _sent_in(request: HttpRequest, link: int, form: int) -> bool:
    """Whether it was sent: no, while something that must be answered is not."""
    sitting = sitting_at(request, link, form)
    try:
        submit(sitting.study, sitting.questionnaire, form, link=link, by=request.visitor)
    except Unanswered:
        return False
    return True


def _named(request: HttpRequest, sitting: Sitting, link: int) -> str | None:
    """Pass the form on. Gives what is wrong, where something is."""
    address, name = request.POST.get("address", ""), request.POST.get("name", "")
    try:
        checked_address(address, place="it")
    except SurveyError:
        return NO_ADDRESS
    try:
        pass_it_on(
            sitting.study, sitting.questionnaire, sitting.form.id, address=address,
            name=name[:200], keep=bool(request.POST.get("keep")), link=link, by=request.visitor,
        )  # fmt: skip
    except LinkRefused:
        raise
    except SurveyError:
        return ASKED_ALREADY
    return None


def _looked_over(sitting: Sitting) -> dict[str, Any]:
    """Every question that is asked, with what was answered."""
    return {
        "sitting": sitting,
        "form": sitting.form,
        "lang": sitting.lang,
        "answers": [
            (each.id, text_in(each.texts, sitting.asked_in), answer_in_words(
                each, sitting.values, language=sitting.asked_in, words=sitting.words))
            for each in sitting.course.shown
        ],
    }  # fmt: skip


def _card(sitting: Sitting) -> str | None:
    """The municipality's page, once a release is public."""
    unit = sitting.form.unit
    if unit.kind not in {"municipality", "both"} or latest_public() is None:
        return None
    return url_in(sitting.language, "municipality", place=f"{unit.country}-{unit.unit}")


def _room(request: HttpRequest) -> str | None:
    is_own = request.visitor.role == "municipality"
    return url_in(request.language, "room") if is_own else None
