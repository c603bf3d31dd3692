"""What a site lets robots read: robots.txt, as RFC 9309 (2022) has it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from torg.collect.transport.calls import Answer, server_of
from torg.collect.transport.clock import Clock

AGENT = "torg"
DAY = 86_400.0  # seconds that an answer is taken for true
LARGEST = 512_000  # bytes that are read of it; RFC 9309 asks for no fewer


@dataclass
class Robots:
    """The rules of every site that was asked, for a day."""

    clock: Clock
    ask: Callable[[str], Answer]
    _rules: dict[str, tuple[float, RobotFileParser]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, url: str) -> bool:
        """Whether Torg may fetch an address. Raises Unreachable where the site does not say."""
        site = f"{urlsplit(url).scheme}://{server_of(url)}"
        with self._lock:
            known = self._rules.get(site)
        if known is None or self.clock.seconds() - known[0] >= DAY:
            known = self.clock.seconds(), _rules(self.ask(f"{site}/robots.txt"))
            with self._lock:
                self._rules[site] = known
        return known[1].can_fetch(AGENT, url)


def _rules(answer: Answer) -> RobotFileParser:
    """A site without such a file allows everything; one whose file cannot be read, nothing."""
    rules = RobotFileParser()
    rules.parse(_lines(answer))
    return rules


def _lines(answer: Answer) -> list[str]:
    if answer.status >= 500:  # the server's own fault
        return ["User-agent: *", "Disallow: /"]
    if answer.status >= 400:  # there is none
        return []
    text = answer.body[:LARGEST].decode("utf-8", errors="replace")
    return text.removeprefix("\ufeff").splitlines()
