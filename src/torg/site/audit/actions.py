"""Write into the log, within the transaction of what is logged."""

import datetime as dt
from typing import Any

from torg.site.accounts.visiting import Visitor
from torg.site.audit.models import Entry

COMMAND = Visitor(role="analyst", is_named="the command line")
SITE = Visitor(role="analyst", is_named="the site")


def note(
    visitor: Visitor, what: str, *, about: str = "", country: str = "", unit: str = "",
    **detail: Any,  # noqa: ANN401 -- whatever JSON can hold
) -> None:  # fmt: skip
    """Note that the visitor did something; `detail` must be fit for JSON and free of names."""
    Entry.objects.create(
        at=dt.datetime.now(dt.UTC),
        who=visitor.is_named,
        role=visitor.role,
        country=country or visitor.country,
        unit=unit or visitor.unit,
        what=what,
        about=about,
        detail=detail,
    )
