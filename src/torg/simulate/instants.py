"""From the invented country's local time to instants and back."""

import datetime as dt

import numpy as np
import polars as pl

from torg.simulate.clock import Floats
from torg.simulate.world import EXPORT_AFTER_DAYS, ZONE

_MICROSECONDS = 3_600_000_000


def from_local_hours(hours: Floats, *, start: dt.date) -> pl.Series:
    """Instants of local hours since `start` began, to the second.

    None may fall in the two hours of spring and autumn that are skipped or come twice: pages post
    and answer by day.
    """
    whole = np.round(hours * 3600).astype(np.int64) * 1_000_000
    local = pl.Series(whole).cast(pl.Duration("us")) + _midnight(start)
    return local.dt.replace_time_zone(str(ZONE)).dt.convert_time_zone("UTC")


def to_local_hours(instants: pl.Series, *, start: dt.date) -> Floats:
    """Local hours since `start` began."""
    local = instants.dt.convert_time_zone(str(ZONE)).dt.replace_time_zone(None)
    hours: Floats = (local - _midnight(start)).dt.total_microseconds().to_numpy() / _MICROSECONDS
    return hours


def later(instants: pl.Series, hours: Floats) -> pl.Series:
    """Each instant so many hours later, to the second."""
    whole = np.round(hours * 3600).astype(np.int64) * 1_000_000
    return instants + pl.Series(whole).cast(pl.Duration("us"))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def exported_at(start: dt.date, *, weeks: int) -> dt.datetime:
    """When the country's exports were made: noon, some days after the last."""
    day = start + dt.timedelta(weeks=weeks, days=EXPORT_AFTER_DAYS - 1)
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
