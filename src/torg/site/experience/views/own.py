"""A municipality's own experience: write, attach, look at it, send, take back, withdraw."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from torg.experience import TAXONOMY
from torg.locale import message
from torg.site.doors import door
from torg.site.experience import actions, forms, queries
from torg.site.experience.attaching import LARGEST, MOST_FILES, TOO_LARGE
from torg.site.experience.content import NEEDED, WENT, Content
from torg.site.experience.views.answering import carried_out, done_of, there, who
from torg.site.experience.views.measured import measured
from torg.site.limits import limited
from torg.site.pages import page

NO_FILE = message("Choose a file first.")
NOTHING = message("Nothing is written yet: give it a title at least, and then save it.")


@door("municipality")
def own(request: HttpRequest) -> HttpResponse:
    """What the municipality wrote, and what it was told."""
    visitor = request.visitor
    told = queries.notices_of(visitor.country, visitor.unit)
    actions.see_notices(visitor)
    return page(
        request, "experience/own.html.jinja",
        rows=queries.own_experiences(visitor), told=told, states=queries.STATES,
        requests=queries.public_requests(country=visitor.country, unit=visitor.unit),
        done=done_of(request), who=who(request),
    )  # fmt: skip


@limited("60/h", scope="experience")
@door("municipality", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin to write."""
    if request.method != "POST":
        return _form(request, forms.written(Content(language=request.language)))
    filled = forms.read(forms.EXPERIENCE, request.POST)
    if filled.wrong:
        return _form(request, filled.values, filled.wrong)
    if not forms.content_of(filled).is_begun:
        return _form(request, filled.values, {"title": NOTHING})
    return carried_out(
        request, lambda: actions.begin_experience(request.visitor, forms.content_of(filled)),
        to=_next(request), word="saved",
        again=lambda wrong: _form(request, filled.values, wrong),
    )  # fmt: skip


@limited("600/h", scope="experience drafts")
@door("municipality", methods=("GET", "POST"))
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Go on writing. What is saved is a new version; what was published stays as it is."""
    mine = there(lambda: queries.own_draft(request.visitor, number))
    if request.method != "POST":
        return _form(request, forms.written(mine.content), mine=mine)
    filled = forms.read(forms.EXPERIENCE, request.POST)
    if filled.wrong:
        return _form(request, filled.values, filled.wrong, mine=mine)
    return carried_out(
        request,
        lambda: actions.save_experience(request.visitor, number, forms.content_of(filled)),
        to=_next(request), word="saved", number=number,
        again=lambda wrong: _form(request, filled.values, wrong, mine=mine),
    )  # fmt: skip


@door("municipality")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The newest version as it will be read, and what is lacking yet."""
    mine = there(lambda: queries.own_draft(request.visitor, number))
    return page(
        request, "experience/preview.html.jinja",
        mine=mine, content=mine.content, files=queries.files_of(mine.content), needed=NEEDED,
        taxonomy=TAXONOMY, went=WENT, who=who(request), states=queries.STATES,
        contact=mine.content.contact, versions=queries.versions_of(request.visitor, number),
        done=done_of(request), **measured(mine, language=request.language),
    )  # fmt: skip


@limited("120/h", scope="experience files")
@door("municipality", methods=("POST",))
def attach(request: HttpRequest, number: int) -> HttpResponse:
    """Add a file."""
    mine = there(lambda: queries.own_draft(request.visitor, number))
    sent = request.FILES.get("file")
    values = forms.written(mine.content)
    if sent is None or sent.size > LARGEST:
        return _form(request, values, {"file": TOO_LARGE if sent else NO_FILE}, mine=mine)
    return carried_out(
        request,
        lambda: actions.attach_file(
            request.visitor, number, name=sent.name, content=sent.read()
        ),
        to="experience_draft", word="attached", number=number,
        again=lambda wrong: _form(request, values, wrong, mine=mine), field="file",
    )  # fmt: skip


@door("municipality", methods=("POST",))
def detach(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """Take a file out."""
    return carried_out(
        request, lambda: actions.detach_file(request.visitor, number, file),
        to="experience_draft", word="detached", number=number,
    )  # fmt: skip


# What can be done to one's own by a button: the action, and the word for what was done.
_STEPS: Mapping[str, tuple[Callable[..., None], str]] = {
    "send": (actions.send_experience, "sent"),
    "take-back": (actions.take_back_experience, "taken"),
    "withdraw": (actions.withdraw_experience, "withdrawn"),
}


@door("municipality", methods=("POST",))
def step(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Send for review, take back, withdraw."""
    act, word = _STEPS[what]
    return carried_out(
        request, lambda: act(request.visitor, number),
        to="experience_preview", word=word, number=number,
    )  # fmt: skip


def _next(request: HttpRequest) -> str:
    """Where who has saved goes on."""
    return "experience_preview" if "look" in request.POST else "experience_draft"


def _form(
    request: HttpRequest,
    values: Mapping[str, Any],
    wrong: Mapping[str, str] | None = None,
    *,
    mine: queries.OwnExperience | None = None,
) -> HttpResponse:
    if mine is not None and mine.state == "waiting" and not wrong:
        return HttpResponseRedirect("preview/")
    return page(
        request, "experience/write.html.jinja",
        status=422 if wrong else 200, fields=forms.EXPERIENCE, values=values, wrong=wrong or {},
        mine=mine, files=queries.files_of(mine.content) if mine else [], most_files=MOST_FILES,
        done=done_of(request),
    )  # fmt: skip
