"""A clock that tests wind: nobody waits, and all three hands agree."""

import datetime as dt
import threading

from torg.collect.transport import Clock

START = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


class Hands:
    """The hands of a clock; `waits` are the seconds that were waited, in order."""

    def __init__(self, start: dt.datetime = START) -> None:
        self.start = start
        self.elapsed = 0.0
        self.shift = dt.timedelta(0)  # by how much somebody set the calendar's hand
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def pass_(self, seconds: float) -> None:
        """Let time go by."""
        with self._lock:
            self.elapsed += seconds

    def now(self) -> dt.datetime:
        return self.start + self.shift + dt.timedelta(seconds=self.elapsed)

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.pass_(seconds)

    @property
    def clock(self) -> Clock:
        """The clock that these are the hands of."""
        return Clock(now=self.now, seconds=lambda: self.elapsed, wait=self.wait)
