"""When an answer was given, from what a file says of it."""

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from torg.errors import SurveyError
from torg.survey.elsewhere.values import BadCell
from torg.survey.elsewhere.words import is_blank

_FIRST_YEAR, _LAST_YEAR = 1990, 2200
# What LimeSurvey writes where a survey does not keep the dates of its answers.
_NO_DATE = dt.date(1980, 1, 1)
_DATES = ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M")


@dataclass(frozen=True)
class Moments:
    """How the moments of a file are read: `zone` is that of those that do not say theirs."""

    otherwise: dt.datetime
    zone: str | None

    def read(self, cell: str) -> dt.datetime | None:
        """The moment in a cell; None where it holds none. Raises BadCell, SurveyError."""
        if is_blank(cell):
            return None
        moment = _moment(cell)
        if moment.date() == _NO_DATE:
            return None
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadCell("is no moment at which anybody could answer")
        if moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
        if self.zone is None:
            raise SurveyError(
                f"the file says when answers were given ('{cell}') and not in which zone: say "
                "--timezone Europe/Oslo, or that the column means nothing that is taken in."
            )
        return moment.replace(tzinfo=_zone(self.zone)).astimezone(dt.UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SurveyError(f"'{name}' is no time zone: write one as Europe/Oslo.") from error


def _moment(cell: str) -> dt.datetime:
    with suppress(ValueError):
        return dt.datetime.fromisoformat(cell)
    for form in _DATES:
        with suppress(ValueError):
            return dt.datetime.strptime(cell, form)  # noqa: DTZ007 -- the caller puts the zone on
    raise BadCell("is no date: write it as 2015-01-31 14:05")
