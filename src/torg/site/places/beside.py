"""What stands beside a municipality's figures: what it says to them, and what was set right.

It is looked up at every call of a page, so it is kept for some seconds: what this process writes is
seen at once, what another writes a little later.
"""

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete, post_save

from torg.report import Place
from torg.site.current import current_study
from torg.site.releases import queries
from torg.site.releases.models import Objection, Statement

_SECONDS = 10  # for so long what another process wrote may wait to be seen
_MOST = 20_000  # looked up and kept


@dataclass(frozen=True, kw_only=True)
class Said:
    """A municipality's statement to its figures in a release."""

    text: str
    language: str
    made: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """A correction that the municipality asked for and that was made."""

    measure: str
    reason: str
    decided: dt.datetime | None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """All that is printed beside the figures of one municipality."""

    said: tuple[Said, ...] = ()
    corrected: tuple[Corrected, ...] = ()


def beside(release: str, place: Place) -> Beside:
    """What stands beside a municipality's figures in a release."""
    key, now = (str(current_study().folder), release, *place.id), time.monotonic()
    until, found = _kept.get(key, (float("-inf"), Beside()))
    if until < now:
        found = _looked_up(release, place)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (now + _SECONDS, found)
    return found


def look_again(**_: Any) -> None:  # noqa: ANN401 -- Django's signals say more than is needed
    """Let the next call ask the database."""
    _kept.clear()


_kept: dict[tuple[str, ...], tuple[float, Beside]] = {}
for _model in (Statement, Objection):
    post_save.connect(look_again, sender=_model)
    post_delete.connect(look_again, sender=_model)


def _looked_up(release: str, place: Place) -> Beside:
    return Beside(
        said=tuple(
            Said(text=row.text, language=row.language, made=row.made)
            for row in queries.statements_of(release, place.country, place.code)
        ),
        corrected=tuple(
            Corrected(measure=row.measure, reason=row.reason, decided=row.decided)
            for row in queries.corrections_of(release, place.country, place.code)
        ),
    )
