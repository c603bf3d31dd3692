"""Whose turn it is: channels wait in a row per server, and are taken by several threads."""

import threading
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from torg.collect.platforms import Means, Platform, Task
from torg.follow.asking import Ending

MISSES = 3  # so many in a row, and the server is taken for down or busy until the next round
_MISSED = ("unreachable", "turned away")


@dataclass(frozen=True)
class Turn:
    """All that is due of one channel, in its order."""

    server: str
    platform: Platform
    means: Means
    tasks: tuple[Task, ...]
    lacking: str | None = None  # why it cannot be asked at all


@dataclass
class Turns:
    """The rows of all servers; no more than `at_once` turns of a server run side by side."""

    at_once: int
    closed: set[str] = field(default_factory=set)  # servers that are not asked any more
    _rows: dict[str, deque[Turn]] = field(default_factory=dict)
    _running: Counter[str] = field(default_factory=Counter)
    _misses: Counter[str] = field(default_factory=Counter)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def add(self, turns: Iterable[Turn]) -> None:
        """Put turns at the ends of their servers' rows, where these are not closed."""
        with self._changed:
            for turn in turns:
                if turn.server not in self.closed:
                    self._rows.setdefault(turn.server, deque()).append(turn)

    def take(self) -> Turn | None:
        """The next turn, waited for until there may be one; None where there is none left."""
        with self._changed:
            while any(self._rows.values()):
                turn = self._next()
                if turn is not None:
                    self._running[turn.server] += 1
                    return turn
                self._changed.wait()
            return None

    def ended(self, turn: Turn, ending: Ending) -> None:
        """A turn is over; a server that is down, or wants no more, keeps nobody waiting."""
        with self._changed:
            self._running[turn.server] -= 1
            missed = ending in _MISSED
            self._misses[turn.server] = self._misses[turn.server] + 1 if missed else 0
            if ending == "over budget" or self._misses[turn.server] >= MISSES:
                self.closed.add(turn.server)
                self._rows[turn.server].clear()
            self._changed.notify_all()

    def give_up(self) -> None:
        """Nobody else has a turn."""
        with self._changed:
            for row in self._rows.values():
                row.clear()
            self._changed.notify_all()

    def _next(self) -> Turn | None:
        """From the server of which the fewest turns run."""
        free = [s for s, row in self._rows.items() if row and self._running[s] < self.at_once]
        return self._rows[min(free, key=self._running.__getitem__)].popleft() if free else None
