"""The office clock: only the seconds count in which the town hall is open.

A week-end question answered on Monday at nine was answered within an hour of the office's time.
Days and hours are local to the study's zone; a day has one span of opening hours or none. Local
time makes the daylight-saving shift harmless, since it falls on a night from Saturday to Sunday.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import holidays
import ibis
import polars as pl
from ibis import Table

from torg.measure.engine import Engine
from torg.study import Office

DAY = 86_400  # seconds
EPOCH = dt.date(1970, 1, 1)
SATURDAY = 5  # dt.date.weekday
_MOST_DAYS = 2**20  # no day of ours is a million days from 1970


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Opening hours that municipalities share: a country's holidays and an office's hours."""

    name: str
    country: str  # ISO 3166 alpha-2; one without known holidays is closed on week-ends only
    office: Office

    @property
    def opens_s(self) -> int:
        """When the office opens, in seconds from local midnight."""
        return _seconds(self.office.opens)

    @property
    def open_s(self) -> int:
        """For how many seconds it is open on a working day."""
        return _seconds(self.office.closes) - self.opens_s


@dataclass(frozen=True, kw_only=True)
class OfficeDays:
    """The days of some calendars, as a table on an engine.

    table: at (calendar and day as one integer, see `_at`), before_s (office seconds from the first
    day to this midnight), opens_s (seconds from midnight), open_s (0 on a closed day).
    """

    table: Table
    first_day: int
    last_day: int


def office_days(
    calendars: Sequence[Calendar], *, engine: Engine, first_day: int, last_day: int
) -> OfficeDays:
    """Each calendar's days from the first to the last, both included (days since 1970-01-01).

    A calendar's number is its place among `calendars`.
    """
    frames = [
        _days_of(calendar, first_day, last_day).with_columns(at=_at(number, pl.col("day")))
        for number, calendar in enumerate(calendars)
    ]
    table = engine.table(pl.concat(frames).drop("day").sort("at"))
    return OfficeDays(table=table, first_day=first_day, last_day=last_day)


def _days_of(calendar: Calendar, first_day: int, last_day: int) -> pl.DataFrame:
    first, last = (EPOCH + dt.timedelta(days=day) for day in (first_day, last_day))
    date = pl.col("date")
    closed = (date.dt.weekday() > SATURDAY) | date.is_in(_holidays(calendar.country, first, last))
    days = pl.select(date=pl.date_range(first, last)).select(
        day=date.to_physical().cast(pl.Int64),
        opens_s=pl.lit(calendar.opens_s, dtype=pl.Int64),
        open_s=pl.when(closed).then(0).otherwise(calendar.open_s).cast(pl.Int64),
    )
    before = (pl.col("open_s").cum_sum() - pl.col("open_s")).alias("before_s")
    return days.select("day", before, "opens_s", "open_s")


def _at(calendar: Any, day: Any) -> Any:  # noqa: ANN401 -- of Polars or of Ibis
    """Calendar and day as one integer: engines join on one number fastest."""
    return calendar * _MOST_DAYS + day


def _holidays(country: str, first: dt.date, last: dt.date) -> list[dt.date]:
    if country not in holidays.list_supported_countries():
        return []
    return sorted(holidays.country_holidays(country, years=range(first.year, last.year + 1)))


def office_instant(table: Table, days: OfficeDays, *, local_s: str, name: str) -> Table:
    """Add the column `name`: office seconds from the calendar's first day to an instant.

    table: has the columns `calendar` (its number) and, called `local_s`, local seconds since
    1970-01-01; null stays null. The difference of two such columns is the time that passed on the
    office clock. An instant outside the days counts as their edge.
    """
    on = days.table.rename({f"on_{column}": column for column in days.table.columns})
    day = (table[local_s] // DAY).clip(days.first_day, days.last_day).cast("int64")
    dated = table.mutate(at_day=day, at=_at(table.calendar, day))
    found = dated.left_join(on, dated["at"] == on.on_at)
    since_opening = found[local_s] - found.at_day * DAY - found.on_opens_s
    passed = ibis.least(ibis.greatest(since_opening, 0), found.on_open_s)
    return found.select(*table.columns, **{name: found.on_before_s + passed})


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60
