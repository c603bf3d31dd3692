"""What stands beside a municipality's figures: what it says to them, and what was set right."""

import datetime as dt
from dataclasses import dataclass

from torg.report import Place
from torg.site.releases import queries


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
    """What stands beside a municipality's figures in a release, as it is now."""
    return Beside(
        said=tuple(
            Said(text=row.text, language=row.language, made=row.made)
            for row in queries.statements_of(release, place.country, place.code)
        ),
        corrected=tuple(
            Corrected(measure=row.measure, reason=row.reason, decided=row.decided)
            for row in queries.corrections_of(place.country, place.code)
        ),
    )
