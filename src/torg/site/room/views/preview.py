"""A municipality's own page of the release to come; corrections, and what it says beside it."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from torg.locale import LANGUAGES, own_name
from torg.site.accounts.forms import said
from torg.site.accounts.visiting import Visitor
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.limits import limited
from torg.site.naming import name_of
from torg.site.places import shelf
from torg.site.places.framing import release_page
from torg.site.releases import actions
from torg.site.releases.models import Objection, Statement
from torg.site.releases.queries import in_preview, in_question, own_corrections, own_statements
from torg.site.room.framing import UNFIT, nothing, room_page, sent, to
from torg.site.room.own import OwnRow, own_stated
from torg.study import Study

_WRITTEN = 20_000  # characters that are looked at: the actions say how many there may be


@door("municipality")
def preview(request: HttpRequest) -> HttpResponse:
    """The own page, and the forms beside it."""
    return _page(request)


def _page(request: HttpRequest, wrong: Mapping[str, str] | None = None) -> HttpResponse:
    who = request.visitor
    publication = in_question()
    shown = shelf.offered(publication.release) if publication else None
    card = shown.card(request.language, f"{who.country}-{who.unit}") if shown else None
    values = {
        "publication": publication,
        "is_preview": in_preview() is not None,
        "card": card,
        "wrong": wrong or {},
        "said": request.POST if wrong else {},
        "corrections": own_corrections(who.country, who.unit),
        "statements": own_statements(who.country, who.unit),
        "tongues": [(name, own_name(name)) for name in LANGUAGES],
        "done": request.GET.get("done", ""),
        "stated": _stated(request) if card else (),
    }
    if shown is None or card is None or publication is None:
        return room_page(request, "no_preview", **values)
    whose = name_of(who.country, who.unit, language=request.language)
    answered = release_page(request, shown, "room/preview.html.jinja", whose=whose, **values)
    answered.status_code = UNFIT if wrong else 200
    return answered


def _stated(request: HttpRequest) -> tuple[OwnRow, ...]:
    return own_stated(current_study(), request.visitor.country, request.visitor.unit)


@limited("30/m", scope="propose a correction")
@door("municipality", methods=("POST",))
def correction(request: HttpRequest) -> HttpResponse:
    """Say that a figure is wrong."""

    def written(name: str) -> str:
        return said(request, name, longest=_WRITTEN)

    return sent(
        request,
        lambda: actions.propose_correction(
            current_study(), request.visitor, measure=written("measure"),
            should_be=written("should_be"), reason=written("reason"), evidence=written("evidence"),
        ),
        where_to=to(request, "room_preview", done="correction"),
        again=lambda wrong: _page(request, wrong),
        field="correction",
    )  # fmt: skip


@limited("30/m", scope="write a statement")
@door("municipality", methods=("POST",))
def statement(request: HttpRequest) -> HttpResponse:
    """Write what is to stand beside the figures."""
    return sent(
        request,
        lambda: actions.state(
            current_study(), request.visitor, text=said(request, "text", longest=_WRITTEN),
            language=said(request, "language"),
        ),
        where_to=to(request, "room_preview", done="statement"),
        again=lambda wrong: _page(request, wrong),
        field="statement",
    )  # fmt: skip


@door("municipality", methods=("POST",))
def withdraw_correction(request: HttpRequest, number: int) -> HttpResponse:
    """Take a correction back."""
    return _taken_back(request, number, Objection, actions.withdraw_correction)


@door("municipality", methods=("POST",))
def withdraw_statement(request: HttpRequest, number: int) -> HttpResponse:
    """Take a statement back."""
    return _taken_back(request, number, Statement, actions.withdraw_statement)


def _taken_back(
    request: HttpRequest,
    number: int,
    kind: type[Objection] | type[Statement],
    act: Callable[[Study, Visitor, int], object],
) -> HttpResponse:
    who = request.visitor
    if not kind.objects.filter(country=who.country, unit=who.unit, id=number).exists():
        return nothing(request)
    return sent(
        request,
        lambda: act(current_study(), who, number),
        where_to=to(request, "room_preview", done="withdrawn"),
        again=lambda wrong: _page(request, wrong),
    )
