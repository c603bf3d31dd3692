"""When to ask again, and how long to wait before."""

from collections.abc import Callable
from dataclasses import dataclass

from torg.collect.transport.calls import Answer

# What may well be over in a while. After the first of these the server has not done anything.
TURNED_AWAY = frozenset({429, 503})
PASSING = TURNED_AWAY | {408, 425, 500, 502, 504}


@dataclass(frozen=True)
class Retries:
    """At most `attempts` calls in all; between them waits that grow, and differ by chance.

    `patience` bounds the seconds that one request waits in all, and that a server may ask for.
    """

    attempts: int = 4
    first: float = 1.0  # seconds
    growth: float = 4.0
    longest: float = 60.0  # seconds
    patience: float = 120.0  # seconds

    def wait(self, attempt: int, *, chance: Callable[[], float]) -> float:
        """Seconds before the attempt after `attempt` (from 1): half of it is up to chance.

        Many clients that were turned away at one moment must not come back at one moment.
        """
        full = min(self.longest, self.first * self.growth ** (attempt - 1))
        return full * (0.5 + 0.5 * chance())


def may_repeat(method: str, result: Answer | OSError) -> bool:
    """Whether the same call can do no harm: asking can be repeated, telling only if not heard."""
    if isinstance(result, Answer):
        repeatable = PASSING if method in ("GET", "HEAD") else TURNED_AWAY
        return result.status in repeatable
    return method in ("GET", "HEAD")
