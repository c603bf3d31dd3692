"""Requests for knowledge: ask, answer, link experience, close; agencies and their links."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction

from torg.errors import UserError
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.answers.links import hash_of
from torg.site.audit.actions import note
from torg.site.experience.actions.hiding import hide, still_shown
from torg.site.experience.actions.indexing import forget, index_request
from torg.site.experience.actions.noticing import tell
from torg.site.experience.models import Agency, AnswerLink, Experience, Request, RequestAnswer
from torg.site.experience.permissions import NotThere, check_can_edit, is_own

LINK_DAYS = 60
LINK = message("This link opens nothing: it is not whole, was used already, or is too old.")
MOST_OPEN = 20
MANY = message("Twenty of your requests are open: close one of them first.")
NOT_PUBLISHED = message("No published experience has that number.")
NAMED_ALREADY = message("An agency of that name is in the list.")
SITE_OF = Visitor(is_named="an agency's link")


@transaction.atomic
def make_request(
    visitor: Visitor, *, title: str, text: str, area: str, group: str, language: str,
    agencies: Iterable[int] = (),
) -> int:  # fmt: skip
    """Ask for knowledge, of all and of the agencies that are named; gives the request's number."""
    own = Request.objects.filter(country=visitor.country, unit=visitor.unit, state="open")
    if own.filter(hidden__isnull=True).count() >= MOST_OPEN:
        raise UserError(MANY)
    made = Request.objects.create(
        country=visitor.country, unit=visitor.unit, title=title, text=text, area=area,
        group=group, language=language, made=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    made.agencies.set(Agency.objects.filter(id__in=list(agencies), ended__isnull=True))
    index_request(made)
    note(visitor, "asked for knowledge", about=f"request {made.pk}")
    return int(made.pk)


@transaction.atomic
def answer_request(visitor: Visitor, number: int, *, text: str) -> None:
    """Answer another municipality's request, or add to one's own."""
    request = _shown(number)
    _add_answer(request, text, country=visitor.country, unit=visitor.unit)
    if not is_own(visitor, request):
        tell(request, "answered", request=request)
    note(visitor, "answered a request", about=f"request {number}")


@transaction.atomic
def enter_answer(visitor: Visitor, number: int, *, agency: int, text: str) -> None:
    """Enter what an agency answered, as one of the staff."""
    check_can_edit(visitor)
    request, asked = _shown(number), _agency(agency)
    _add_answer(request, text, agency=asked)
    tell(request, "answered", request=request)
    note(visitor, "entered an agency's answer", about=f"request {number}", agency=agency)


@transaction.atomic
def make_answer_link(visitor: Visitor, number: int, *, agency: int) -> str:
    """A link by which an agency answers this request, once: its random part, which is not kept."""
    check_can_edit(visitor)
    word, now = secrets.token_urlsafe(32), dt.datetime.now(dt.UTC)
    AnswerLink.objects.create(
        request=_shown(number), agency=_agency(agency), hash=hash_of(word), made=now,
        expires=now + dt.timedelta(days=LINK_DAYS),
    )  # fmt: skip
    note(visitor, "made a link for an agency", about=f"request {number}", agency=agency)
    return word


def open_answer_link(word: str) -> AnswerLink:
    """What a link opens. Raises UserError, always in the same words, where it opens nothing."""
    now = dt.datetime.now(dt.UTC)
    found = (
        AnswerLink.objects.select_related("request", "agency")
        .filter(
            hash=hash_of(word), used__isnull=True, expires__gt=now, request__hidden__isnull=True
        )
        .first()
    )
    if found is None:
        raise UserError(LINK)
    return found


@transaction.atomic
def answer_by_link(word: str, *, text: str) -> int:
    """Keep what an agency answers by its link; gives the request's number."""
    link = open_answer_link(word)
    now = dt.datetime.now(dt.UTC)
    if not AnswerLink.objects.filter(id=link.pk, used__isnull=True).update(used=now):
        raise UserError(LINK)
    _add_answer(link.request, text, agency=link.agency)
    tell(link.request, "answered", request=link.request)
    note(
        SITE_OF, "answered a request", about=f"request {link.request_id}", link=link.pk,
        country=link.request.country, unit=link.request.unit,
    )  # fmt: skip
    return int(link.request_id)


@transaction.atomic
def link_experience(visitor: Visitor, number: int, *, experience: int) -> None:
    """Name a published experience that answers a request; what is named already stays so."""
    request = _shown(number)
    found = Experience.objects.filter(id=experience, shown__isnull=False).first()
    if found is None:
        raise UserError(NOT_PUBLISHED)
    if request.linked.filter(pk=found.pk).exists():
        return
    request.linked.add(found)
    if not is_own(visitor, request):
        tell(request, "answered", request=request)
    note(visitor, "linked an experience", about=f"request {number}", experience=experience)


@transaction.atomic
def set_request_state(visitor: Visitor, number: int, *, state: str) -> None:
    """Say that the municipality's own request is answered, or open again."""
    request = Request.objects.filter(
        id=number, country=visitor.country, unit=visitor.unit, hidden__isnull=True
    ).first()
    if request is None or state not in {"open", "answered"}:
        raise NotThere
    request.state = state
    request.save(update_fields=("state",))
    note(visitor, f"set a request to {state}", about=f"request {number}")


@transaction.atomic
def hide_request(visitor: Visitor, number: int) -> None:
    """Take a request off the public pages."""
    hide(visitor, Request, number)
    forget("request", number)
    note(visitor, "hid a request", about=f"request {number}")


@transaction.atomic
def hide_answer(visitor: Visitor, number: int) -> int:
    """Take an answer off the public pages; gives its request's number."""
    found = hide(visitor, RequestAnswer, number)
    note(visitor, "hid an answer", about=f"request {found.request_id}", answer=number)
    return int(found.request_id)


@transaction.atomic
def add_agency(visitor: Visitor, *, name: str) -> None:
    """Add an agency or ministry to the list of those that can be asked."""
    check_can_edit(visitor)
    made, is_new = Agency.objects.get_or_create(name=name)
    if not is_new and made.ended is None:
        raise UserError(NAMED_ALREADY)
    made.ended = None
    made.save(update_fields=("ended",))
    note(visitor, "added an agency", about=f"agency {made.pk}")


@transaction.atomic
def end_agency(visitor: Visitor, number: int) -> None:
    """Offer an agency no more; what it was asked and answered stays."""
    check_can_edit(visitor)
    agency = _agency(number)
    agency.ended = dt.datetime.now(dt.UTC)
    agency.save(update_fields=("ended",))
    note(visitor, "ended an agency", about=f"agency {number}")


def _add_answer(request: Request, text: str, **by: object) -> None:
    RequestAnswer.objects.create(request=request, text=text, at=dt.datetime.now(dt.UTC), **by)


def _shown(number: int) -> Request:
    found: Request = still_shown(Request, number)
    return found


def _agency(number: int) -> Agency:
    found = Agency.objects.filter(id=number, ended__isnull=True).first()
    if found is None:
        raise NotThere
    return found
