"""Requests for knowledge and the agencies that can be asked, as everybody may read them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from torg.site.experience.models import Agency, Request, RequestAnswer
from torg.site.experience.permissions import NotThere


@dataclass(frozen=True, kw_only=True)
class PublicRequest:
    """What a municipality wants to know."""

    number: int
    country: str
    unit: str
    title: str
    text: str
    area: str
    group: str
    language: str
    state: str
    made: dt.datetime
    agencies: tuple[str, ...]
    linked: tuple[int, ...]  # published experience
    answers: int


@dataclass(frozen=True, kw_only=True)
class PublicAnswer:
    """An answer, of a municipality or of an agency."""

    number: int
    country: str
    unit: str
    agency: str
    text: str
    at: dt.datetime


def public_requests(
    *, state: str = "", area: str = "", numbers: Collection[int] | None = None,
    country: str = "", unit: str = "",
) -> list[PublicRequest]:  # fmt: skip
    """Requests that meet all that is asked, the newest first."""
    wanted = {"state": state, "area": area, "country": country, "unit": unit}
    rows = _rows().filter(**{name: value for name, value in wanted.items() if value})
    if numbers is not None:
        rows = rows.filter(id__in=list(numbers))
    return [_public(row) for row in rows.order_by("-made", "-id")]


def public_request(number: int) -> PublicRequest:
    """One request. Raises NotThere."""
    row = _rows().filter(id=number).first()
    if row is None:
        raise NotThere
    return _public(row)


def answers_to(number: int) -> list[PublicAnswer]:
    """The answers to a request, the oldest first; what is hidden is left out."""
    rows = RequestAnswer.objects.filter(request_id=number, hidden__isnull=True)
    return [
        PublicAnswer(
            number=row.pk, country=row.country, unit=row.unit,
            agency=row.agency.name if row.agency else "", text=row.text, at=row.at,
        )
        for row in rows.select_related("agency").order_by("at", "id")
    ]  # fmt: skip


def agencies() -> list[tuple[int, str]]:
    """Those that can be asked: number and name, by name."""
    rows = Agency.objects.filter(ended__isnull=True).order_by("name")
    return list(rows.values_list("id", "name"))


def _rows() -> Any:  # noqa: ANN401 -- Django's, untyped
    shown = Request.objects.filter(hidden__isnull=True)
    return shown.prefetch_related("agencies", "linked", "requestanswer_set")


def _public(row: Any) -> PublicRequest:  # noqa: ANN401 -- Django's, untyped
    names = ("country", "unit", "title", "text", "area", "group", "language", "state", "made")
    return PublicRequest(
        number=row.pk,
        agencies=tuple(sorted(each.name for each in row.agencies.all())),
        linked=tuple(sorted(each.pk for each in row.linked.all() if each.shown_id)),
        answers=sum(each.hidden is None for each in row.requestanswer_set.all()),
        **{name: getattr(row, name) for name in names},
    )
