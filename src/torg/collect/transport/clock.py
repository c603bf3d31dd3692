"""Time, as a value that tests can put in place of the machine's."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Clock:
    """The instant in UTC, seconds that only grow, and waiting; all three agree with each other."""

    now: Callable[[], dt.datetime] = _now
    seconds: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
