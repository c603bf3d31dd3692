"""Requests for knowledge: ask, answer, link experience; agencies' links, the staff's list."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from torg.errors import UserError
from torg.experience import TAXONOMY
from torg.site.doors import door
from torg.site.experience import actions, forms, queries
from torg.site.experience.permissions import can_edit, is_own
from torg.site.experience.views.answering import (
    carried_out,
    done_of,
    seen_by,
    there,
    who,
    written,
)
from torg.site.limits import limited
from torg.site.pages import page, url_in
from torg.site.refusals import refused
from torg.site.whole_addresses import at_site

_STATES = ("open", "answered")


@door("everybody")
def requests(request: HttpRequest) -> HttpResponse:
    """What municipalities want to know."""
    visitor = seen_by(request)
    state, area = request.GET.get("state", ""), request.GET.get("area", "")
    question = request.GET.get("q", "").strip()[:200]
    rows = queries.public_requests(
        state=state if state in _STATES else "", area=area if area in TAXONOMY.areas else ""
    )
    has_all = True
    if question:
        by_number = {each.number: each for each in rows}
        found = queries.search(question, kind="request", within=list(by_number))
        rows, has_all = [by_number[number] for number in found.numbers], found.has_all
    return page(
        request, "experience/requests.html.jinja",
        rows=rows, q=question, has_all=has_all, state=state, area=area, taxonomy=TAXONOMY,
        who=who(request), may_ask=visitor.role == "municipality" and bool(visitor.unit),
        can_edit=can_edit(visitor), done=done_of(request),
    )  # fmt: skip


@door("everybody")
def request_(request: HttpRequest, number: int) -> HttpResponse:
    """One request with its answers."""
    return _request(request, number)


@limited("20/h", scope="experience requests")
@door("municipality", methods=("GET", "POST"))
def new_request(request: HttpRequest) -> HttpResponse:
    """Ask."""
    if request.method != "POST":
        return _form(request, {"language": request.language}, {}, [])
    filled = forms.read(forms.REQUEST, request.POST)
    known = {str(number) for number, _ in queries.agencies()}
    chosen = [int(one) for one in request.POST.getlist("agencies") if one in known]
    if filled.wrong:
        return _form(request, filled.values, filled.wrong, chosen)
    return carried_out(
        request,
        lambda: actions.make_request(request.visitor, **filled.values, agencies=chosen),
        to="experience_request", word="made",
        again=lambda wrong: _form(request, filled.values, wrong, chosen),
    )  # fmt: skip


@limited("60/h", scope="experience answers")
@door("municipality", methods=("POST",))
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a request."""
    return written(
        request, forms.ANSWER,
        lambda text: actions.answer_request(request.visitor, number, text=text),
        to="experience_request", word="answered", number=number,
    )  # fmt: skip


@limited("60/h", scope="experience answers")
@door("municipality", methods=("POST",))
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Link a published experience, by its number or address."""
    sent = request.POST.get("experience", "").strip().rstrip("/").rpartition("/")[2]
    chosen = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 12 else 0
    return carried_out(
        request, lambda: actions.link_experience(request.visitor, number, experience=chosen),
        to="experience_request", word="linked", number=number,
    )  # fmt: skip


@door("municipality", methods=("POST",))
def state(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one's own request is answered, or open again."""
    wanted = request.POST.get("state", "")
    return carried_out(
        request, lambda: actions.set_request_state(request.visitor, number, state=wanted),
        to="experience_request", word="changed", number=number,
    )  # fmt: skip


@limited("10/h", scope="experience agency links", methods=("GET", "POST"))
@door("everybody", methods=("GET", "POST"))
def by_link(request: HttpRequest, word: str) -> HttpResponse:
    """An agency answers by its link."""
    request.is_public = False
    try:
        opened = actions.open_answer_link(word)
    except UserError as error:
        return refused(request, str(error), status=404)
    filled = forms.read(forms.ANSWER, request.POST)

    def form(wrong: Mapping[str, str]) -> HttpResponse:
        return page(
            request, "experience/by_link.html.jinja", status=422 if wrong else 200,
            found=queries.public_request(opened.request_id), agency=opened.agency.name,
            fields=forms.ANSWER, values=filled.values, wrong=wrong, who=who(request),
        )  # fmt: skip

    if request.method != "POST":
        return form({})
    if filled.wrong:
        return form(filled.wrong)
    return carried_out(
        request, lambda: actions.answer_by_link(word, text=filled.values["text"]),
        to="experience_request", word="answered", again=form,
    )  # fmt: skip


@door("editor", methods=("POST",))
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """Enter what an agency answered."""
    agency = _agency(request)
    return written(
        request, forms.ANSWER,
        lambda text: actions.enter_answer(request.visitor, number, agency=agency, text=text),
        to="experience_request", word="answered", number=number, kept={"agency": agency},
    )  # fmt: skip


@door("editor", methods=("POST",))
def make_link(request: HttpRequest, number: int) -> HttpResponse:
    """Make a link for an agency: shown this once."""
    agency = _agency(request)
    word = there(lambda: actions.make_answer_link(request.visitor, number, agency=agency))
    address = url_in(request.language, "experience_by_link", word=word)
    return _request(request, number, link=at_site(request, address))


@door("editor", methods=("POST",))
def hide(request: HttpRequest, number: int) -> HttpResponse:
    """Take a request off."""
    return carried_out(
        request, lambda: actions.hide_request(request.visitor, number),
        to="experience_requests", word="hidden",
    )  # fmt: skip


@door("editor", methods=("POST",))
def hide_answer(request: HttpRequest, number: int) -> HttpResponse:
    """Take an answer off."""
    return carried_out(
        request, lambda: actions.hide_answer(request.visitor, number),
        to="experience_request", word="hidden",
    )  # fmt: skip


@door("editor", methods=("GET", "POST"))
def agencies(request: HttpRequest) -> HttpResponse:
    """The list of agencies and ministries that can be asked."""
    filled = forms.read(forms.AGENCY, request.POST)

    def form(wrong: Mapping[str, str]) -> HttpResponse:
        return page(
            request, "experience/agencies.html.jinja", status=422 if wrong else 200,
            rows=queries.agencies(), fields=forms.AGENCY, values=filled.values, wrong=wrong,
            done=done_of(request),
        )  # fmt: skip

    if request.method != "POST":
        return form({})
    if filled.wrong:
        return form(filled.wrong)
    return carried_out(
        request, lambda: actions.add_agency(request.visitor, name=filled.values["name"]),
        to="experience_agencies", word="changed", again=form, field="name",
    )  # fmt: skip


@door("editor", methods=("POST",))
def end_agency(request: HttpRequest, number: int) -> HttpResponse:
    """Offer an agency no more."""
    return carried_out(
        request, lambda: actions.end_agency(request.visitor, number),
        to="experience_agencies", word="changed",
    )  # fmt: skip


def _agency(request: HttpRequest) -> int:
    sent = request.POST.get("agency", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 12 else 0


def _request(request: HttpRequest, number: int, *, link: str = "") -> HttpResponse:
    visitor = seen_by(request)
    found = there(lambda: queries.public_request(number))
    return page(
        request, "experience/request.html.jinja",
        found=found, answers=queries.answers_to(number), who=who(request), taxonomy=TAXONOMY,
        linked=queries.public_experiences(numbers=found.linked), is_own=is_own(visitor, found),
        may_answer=visitor.role == "municipality" and bool(visitor.unit),
        can_edit=can_edit(visitor), agencies=queries.agencies(), answer=forms.ANSWER, link=link,
        done=done_of(request),
    )  # fmt: skip


def _form(
    request: HttpRequest, values: Mapping[str, Any], wrong: Mapping[str, str], chosen: list[int]
) -> HttpResponse:
    return page(
        request, "experience/ask_for_knowledge.html.jinja", status=422 if wrong else 200,
        fields=forms.REQUEST, values=values, wrong=wrong, agencies=queries.agencies(),
        chosen=chosen,
    )  # fmt: skip
