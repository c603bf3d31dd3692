"""What a site lets robots read: robots.txt, as RFC 9309 (2022) has it."""

import re
import string
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from torg.collect.transport.calls import Answer, scheme_of, server_of
from torg.collect.transport.clock import Clock

AGENT = "torg"
DAY = 86_400.0  # seconds that an answer is taken for true
LARGEST = 512_000  # bytes that are read of it; RFC 9309 asks for no fewer

_TOKEN = re.compile(r"[A-Za-z_-]+")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset(string.ascii_letters + string.digits + "-._~")


@dataclass(frozen=True)
class Rule:
    """What may be read, or may not: a path that may hold "*" and end with "$"."""

    allows: bool
    path: str

    def is_of(self, path: str) -> bool:
        """Whether a path begins as the rule says; no letter of it is tried twice for one part."""
        ends = self.path.endswith("$")
        first, *others = self.path.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        if not others:
            return not ends or at == len(path)
        for part in others[:-1]:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        last = others[-1]
        return path[at:].endswith(last) if ends else path.find(last, at) >= 0


Rules = tuple[Rule, ...]
_NOTHING = (Rule(allows=False, path="/"),)


@dataclass
class Robots:
    """The rules of every site that was asked, for a day."""

    clock: Clock
    ask: Callable[[str], Answer]
    _rules: dict[str, tuple[float, Rules]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def allow(self, url: str) -> bool:
        """Whether Torg may fetch an address. Raises Unreachable where the site does not say."""
        site = f"{scheme_of(url)}://{server_of(url)}"
        with self._lock:
            known = self._rules.get(site)
        if known is None or self.clock.seconds() - known[0] >= DAY:
            known = self.clock.seconds(), _rules(self.ask(f"{site}/robots.txt"))
            with self._lock:
                self._rules[site] = known
        return allows(known[1], url)


def allows(rules: Rules, url: str) -> bool:
    """Whether the longest of the rules that are about an address allows it; of two alike, any."""
    parts = urlsplit(url)
    path = _octets((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    said = [rule for rule in rules if rule.is_of(path)]
    return max(said, key=lambda rule: (len(rule.path), rule.allows)).allows if said else True


def _rules(answer: Answer) -> Rules:
    """A site without such a file allows everything; one whose file cannot be read, nothing."""
    if answer.status >= 500:  # the server's own fault
        return _NOTHING
    if answer.status >= 400:  # there is none
        return ()
    text = answer.body[:LARGEST].decode("utf-8", errors="replace")
    return rules_of(text.removeprefix("\ufeff"))


def rules_of(text: str) -> Rules:
    """The rules for Torg, from all groups that name it; where none does, those for everybody."""
    own: list[Rule] = []
    of_all: list[Rule] = []
    is_named = False
    groups: list[list[Rule]] = []  # those that the next rule belongs to
    rules_began = False
    for name, value in _lines(text):
        if name == "user-agent":
            groups = [] if rules_began else groups
            rules_began = False
            groups += [of_all] if value == "*" else [own] if _is_us(value) else []
            is_named |= _is_us(value)
            continue
        rules_began = True
        if value:
            for group in groups:
                group.append(Rule(name == "allow", _octets(value)))
    return tuple(own if is_named else of_all)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines that mean something to us; all others are as if they were not there."""
    for line in text.splitlines():
        name, _, value = line.partition("#")[0].partition(":")
        name = name.strip().casefold()
        if name in ("user-agent", "allow", "disallow"):
            yield name, value.strip()


def _is_us(value: str) -> bool:
    token = _TOKEN.match(value)
    return token is not None and token[0].casefold() == AGENT


def _octets(path: str) -> str:
    """A path in the one way of writing it in which two can be compared (RFC 9309, 2.2.2)."""
    return _ESCAPED.sub(_told, quote(path, safe=string.punctuation))


def _told(escaped: re.Match[str]) -> str:
    letter = chr(int(escaped[0][1:], 16))
    return letter if letter in _UNRESERVED else escaped[0].upper()
