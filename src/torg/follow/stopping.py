"""Ending cleanly: a signal is noted, what waits is woken, what is in hand is finished."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import FrameType

from torg.collect.transport import Clock

SLICE = 0.5  # seconds; nothing waits longer without looking whether to stop
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(BaseException):  # no library may take it for an error of its own
    """Raised where somebody waited who is to stop."""


@dataclass(frozen=True)
class Stop:
    """Whether to stop."""

    _flag: threading.Event = field(default_factory=threading.Event)

    def __bool__(self) -> bool:
        return self._flag.is_set()

    def now(self) -> None:
        """From now on, stop."""
        self._flag.set()

    def clock(self, clock: Clock) -> Clock:
        """A clock whose waits raise Stopped soon after it is time to stop."""

        def wait(seconds: float) -> None:
            while seconds > 0:
                if self:
                    raise Stopped
                clock.wait(min(seconds, SLICE))
                seconds -= SLICE

        return replace(clock, wait=wait)


@contextmanager
def stopping() -> Iterator[Stop]:
    """A Stop that SIGTERM and SIGINT set; a second signal ends the process at once."""
    stop = Stop()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def note(number: int, frame: FrameType | None) -> None:
        stop.now()
        signal.signal(number, signal.SIG_DFL)

    for number in _SIGNALS:
        signal.signal(number, note)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
