"""Daily quotas in a network's own units, used up by calls of different cost."""

import datetime as dt
import threading
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from torg.collect.transport.clock import Clock
from torg.errors import OverBudget


@dataclass(frozen=True)
class Quota:
    """So many units a day; the day begins at midnight in `zone`."""

    units: int
    zone: str = "UTC"

    def day(self, now: dt.datetime) -> dt.date:
        """The day on which units used at `now` are counted."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def renewed_at(self, day: dt.date) -> dt.datetime:
        """When the units of `day` are renewed."""
        midnight = dt.time(tzinfo=ZoneInfo(self.zone))
        return dt.datetime.combine(day + dt.timedelta(days=1), midnight).astimezone(dt.UTC)


@dataclass(frozen=True, order=True)
class Used:
    """How many units a day has cost so far."""

    day: dt.date
    units: int


@dataclass
class Meter:
    """Counts the units of a day over all threads, and lets no call through that is too dear."""

    quota: Quota
    clock: Clock
    used: Used | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, cost: int) -> None:
        """Use up units. Raises OverBudget where the day has not enough left."""
        with self._lock:
            used = self._today()
            if used.units + cost > self.quota.units:
                raise self._over(used)
            self.used = Used(used.day, used.units + cost)

    def use_up(self) -> OverBudget:
        """The server says that the day's units are used up: so they are. What is to be raised."""
        with self._lock:
            self.used = Used(self._today().day, self.quota.units)
            return self._over(self.used)

    def left(self) -> int:
        """The units left today."""
        with self._lock:
            return self.quota.units - self._today().units

    def _today(self) -> Used:
        """A clock that is set back does not give a day's units a second time.

        A day further ahead than the next was noted by a clock that ran wrong, and counts for
        nothing.
        """
        today = Used(self.quota.day(self.clock.now()), 0)
        tomorrow = today.day + dt.timedelta(days=1)
        if self.used is not None and today.day <= self.used.day <= tomorrow:
            return self.used
        return today

    def _over(self, used: Used) -> OverBudget:
        until = self.quota.renewed_at(used.day)
        return OverBudget(
            f"the quota of {self.quota.units} units a day is used up until {until:%Y-%m-%d %H:%M} "
            "UTC.",
            until=until,
            is_shut=True,
        )
