"""What the staff take off the public pages: the row stays, with the moment."""

import datetime as dt
from typing import Any

from torg.site.accounts.visiting import Visitor
from torg.site.experience.permissions import NotThere, check_can_edit


def still_shown(model: Any, number: int) -> Any:  # noqa: ANN401 -- Django's, untyped
    """The row of that number, unless it is hidden. Raises NotThere."""
    found = model.objects.filter(id=number, hidden__isnull=True).first()
    if found is None:
        raise NotThere
    return found


def hide(visitor: Visitor, model: Any, number: int) -> Any:  # noqa: ANN401
    """Hide the row of that number, as one of the staff that edit; gives it. Raises UserError."""
    check_can_edit(visitor)
    found = still_shown(model, number)
    found.hidden = dt.datetime.now(dt.UTC)
    found.save(update_fields=("hidden",))
    return found
