"""Tell a municipality something in its own room."""

import datetime as dt
from typing import Any

from torg.site.accounts.visiting import Visitor
from torg.site.experience.models import Experience, Notice, Request


def tell(
    owner: Any,  # noqa: ANN401 -- any row with country and unit
    kind: str,
    *,
    experience: Experience | None = None,
    request: Request | None = None,
) -> None:
    """Tell the owner that something happened to its experience or request."""
    Notice.objects.create(
        country=owner.country, unit=owner.unit, kind=kind, experience=experience,
        request=request, at=dt.datetime.now(dt.UTC),
    )  # fmt: skip


def see_notices(visitor: Visitor) -> None:
    """Note that the municipality has seen what it was told."""
    Notice.objects.filter(country=visitor.country, unit=visitor.unit, seen__isnull=True).update(
        seen=dt.datetime.now(dt.UTC)
    )
