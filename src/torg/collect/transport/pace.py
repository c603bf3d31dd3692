"""Budgets: how many calls a server is asked in a stretch of time, spread evenly over it."""

import threading
from collections import deque
from dataclasses import dataclass, field

from torg.collect.transport.clock import Clock


@dataclass(frozen=True)
class Budget:
    """At most `calls` calls in any `seconds` seconds, as the server sees them arrive."""

    calls: int
    seconds: float

    def __post_init__(self) -> None:
        if self.calls < 1 or self.seconds <= 0:
            raise ValueError("a budget is at least one call in some time")

    @property
    def interval(self) -> float:
        """Seconds from one call to the next."""
        return self.seconds / self.calls


@dataclass
class Slot:
    """One call's place in the row: not before `at`, nor before an earlier one is long over."""

    at: float
    earlier: "Slot | None" = None  # the call that left the window when this one may enter it
    ended: float | None = None


@dataclass
class Gate:
    """Lets the calls to one server through, one budget's worth, whichever thread they come from.

    Two rules. Calls leave evenly spaced (the generic cell rate algorithm of ATM networks); those
    that are a little late do not make all later ones late. And as a call arrives at the server at a
    moment that only lies between its sending and its answer, the call after a whole budget's worth
    leaves no sooner than `seconds` after the first of them was answered: so the server, too, never
    counts more than it allows.
    """

    clock: Clock
    budget: Budget | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _next: float = float("-inf")
    _open_from: float = float("-inf")
    _slower: float = 0.0  # seconds between calls that the server's own counting asks for
    _slower_until: float = float("-inf")
    _row: deque[Slot] = field(default_factory=deque)

    def reserve(self) -> Slot:
        """A place in the row."""
        with self._lock:
            now = self.clock.seconds()
            is_late = now - self._next <= self._slack
            slot = Slot(self._next if is_late else max(now, self._next), self._earlier())
            self._next = slot.at + self._interval(now)
            if self.budget is not None:
                self._row.append(slot)
            return slot

    def wait_for(self, slot: Slot, *, patience: float) -> bool:
        """Wait until the slot's call may leave; False where the server is closed for longer."""
        while (left := self._left(slot)) > 0:
            if self.closed_for() > patience:
                return False
            self.clock.wait(max(left, 0.001))  # a clock may not know smaller steps
        slot.earlier = None  # else the row's past would never be let go
        return True

    def leave(self, slot: Slot) -> None:
        """The call is over, or was never made."""
        slot.earlier = None
        slot.ended = self.clock.seconds()

    def close(self, seconds: float) -> None:
        """Let nothing through for some seconds: the server said so."""
        with self._lock:
            self._open_from = max(self._open_from, self.clock.seconds() + seconds)

    def closed_for(self) -> float:
        """Seconds until the server may be asked again; 0 where it may."""
        return max(0.0, self._open_from - self.clock.seconds())

    def slow_down(self, *, remaining: int, seconds: float, patience: float) -> None:
        """Spread the calls that the server still allows over the seconds until it counts anew.

        Where that would be more than `patience` seconds from one to the next, there are none: a
        thread that waited for its turn would wait for days, or, if the server says so, for years.
        """
        if remaining <= 0 or seconds / remaining > patience:
            self.close(seconds)
            return
        with self._lock:
            self._slower = seconds / remaining
            self._slower_until = self.clock.seconds() + seconds

    def _earlier(self) -> Slot | None:
        if self.budget is None or len(self._row) < self.budget.calls:
            return None
        return self._row.popleft()

    @property
    def _slack(self) -> float:
        """Seconds that are made up for; who asks for nothing longer than that begins anew."""
        return self.budget.seconds / 4 if self.budget else 0.0

    def _interval(self, now: float) -> float:
        own = self.budget.interval if self.budget else 0.0
        return max(own, self._slower) if now < self._slower_until else own

    def _left(self, slot: Slot) -> float:
        now = self.clock.seconds()
        moments = [slot.at, self._open_from]
        if slot.earlier is not None and self.budget is not None:
            ended = slot.earlier.ended
            # While the earlier call is under way nobody knows when it will end: look again soon.
            moments.append(
                now + self.budget.interval if ended is None else ended + self.budget.seconds
            )
        return max(moments) - now
