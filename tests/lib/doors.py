"""Doors that lead to a function instead of the internet."""

from collections.abc import Callable, Iterable, Mapping

from tests.lib.clocks import Hands
from torg.collect.transport import Answer, Call, Door

Say = Answer | OSError | int


class Server:
    """Answers calls in turn, the last one for ever, and remembers them with their moments."""

    def __init__(self, *says: Say | Callable[[Call], Answer], hands: Hands | None = None) -> None:
        self.says = list(says)
        self.hands = hands or Hands()
        self.calls: list[Call] = []
        self.moments: list[float] = []

    def __call__(self, call: Call) -> Answer:
        self.calls.append(call)
        self.moments.append(self.hands.elapsed)
        say = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(say, OSError):
            raise say
        if isinstance(say, int):
            return answer(say, url=call.url)
        return say if isinstance(say, Answer) else say(call)

    @property
    def urls(self) -> list[str]:
        return [call.url for call in self.calls]

    def door(self, **further) -> Door:
        """A door to this server; of waits that are up to chance, all of it."""
        return Door(send=self, clock=self.hands.clock, chance=lambda: 1.0, **further)


def answer(
    status: int = 200,
    body: bytes = b"{}",
    *,
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    url: str = "https://a.example/",
) -> Answer:
    """An answer."""
    return Answer(status, dict(headers), body, url)
