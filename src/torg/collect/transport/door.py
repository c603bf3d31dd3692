"""Who asks a network asks here."""

import random
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from torg import __version__
from torg.collect.transport.calls import Answer, Call, Send, scheme_of, server_of, shown
from torg.collect.transport.clock import Clock
from torg.collect.transport.limits import allowance, retry_after
from torg.collect.transport.pace import Budget, Gate
from torg.collect.transport.quota import Meter, Quota, Used
from torg.collect.transport.redirects import MOST, Addresses, next_call, no_look_up, refuse
from torg.collect.transport.retries import PASSING, Retries, may_repeat
from torg.collect.transport.robots import Robots
from torg.errors import OverBudget, Unreachable

if TYPE_CHECKING:
    import httpx
    import requests

Params = Mapping[str, str | int | Iterable[str]]
Message = bytes | str | None
# A web socket's address, headers and the seconds after which silence is told -> its messages.
Connect = Callable[[str, Mapping[str, str], float], AbstractContextManager[Iterator[Message]]]

TOO_MANY = 429


def agent(contact: str | None = None) -> str:
    """How Torg calls itself to servers, and whom they may write to."""
    return f"torg/{__version__}" + (f" (+{contact})" if contact else "")


def _not_connected(
    url: str, headers: Mapping[str, str], quiet: float
) -> AbstractContextManager[Iterator[Message]]:
    raise OSError("this door has no web sockets")


@dataclass(frozen=True)
class Door:
    """The way out to one platform's servers: `send` is what really sends.

    Every call waits for its server's budget, says who asks, and is repeated where that can help.
    What is raised is Unreachable where no answer came, or OverBudget where none may be asked for;
    whatever a server answers else is an answer. Safe to share between threads.
    """

    send: Send
    clock: Clock = field(default_factory=Clock)
    agent: str = field(default_factory=agent)
    budget: Budget | None = None  # of each server
    budgets: Mapping[str, Budget] = field(default_factory=dict)  # of servers that have their own
    quota: Quota | None = None  # of all servers together
    used: Used | None = None  # of the quota, before this door was opened
    retries: Retries = field(default_factory=Retries)
    addresses: Addresses = no_look_up
    connect: Connect = _not_connected
    chance: Callable[[], float] = random.random
    _gates: dict[str, Gate] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)
    _meter: Meter | None = field(default=None, init=False, repr=False)
    _robots: Robots = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.quota is not None:
            object.__setattr__(self, "_meter", Meter(self.quota, self.clock, self.used))
        object.__setattr__(self, "_robots", Robots(self.clock, self.get))

    def get(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
        cost: int = 1,
    ) -> Answer:
        """Ask for an address; `cost` is in units of the quota, if there is one."""
        return self.ask(Call("GET", with_params(url, params), headers or {}), cost=cost)

    def ask(self, call: Call, *, cost: int = 1) -> Answer:
        """One request, repeated where that can help, each time at its `cost`."""
        waited = 0.0
        for attempt in range(1, self.retries.attempts + 1):
            result = self._try(call, cost)
            if not may_repeat(call.method, result):
                break
            wait = self._wait(result, attempt)
            if attempt == self.retries.attempts or waited + wait > self.retries.patience:
                break
            self.clock.wait(wait)
            waited += wait
        return self._settled(call, result)

    def may_fetch(self, url: str) -> bool:
        """Whether the site's robots.txt lets Torg read an address; its word holds for a day."""
        return self._robots.allow(url)

    def may_follow(self, here: str, there: str) -> bool:
        """Whether what stands at `here` may lead us `there`, by the rule for redirections.

        Anybody can write any address into a page: into our own network none of them leads.
        """
        try:
            refuse(here, there, self.addresses)
        except Unreachable:
            return False
        return True

    def messages(self, url: str, *, quiet: float = 1.0) -> Iterator[Message]:
        """What a web socket says, as it comes; None after `quiet` seconds without a word.

        Nothing is tried again: a lost connection raises Unreachable after what it gave.
        """
        try:
            with self.connect(url, {"user-agent": self.agent}, quiet) as messages:
                yield from messages
        except OSError as error:
            raise Unreachable(f"{server_of(url)}: the stream was lost ({_why(error)}).") from None

    def as_httpx(self) -> "httpx.Client":
        """The door as a client of httpx, for those who bring their own."""
        from torg.collect.transport.clients import httpx_client

        return httpx_client(self)

    def as_requests(self) -> "requests.Session":
        """The door as a session of requests, for those who bring their own."""
        from torg.collect.transport.clients import requests_session

        return requests_session(self)

    def use_up(self, why: str) -> OverBudget:
        """The server says that the quota is used up: note it; what is to be raised."""
        if self._meter is None:
            return OverBudget(why)
        return self._meter.use_up()

    def units_left(self) -> int | None:
        """Of the quota, today; None where there is no quota."""
        return None if self._meter is None else self._meter.left()

    def units_used(self) -> Used | None:
        """What the quota's day has cost so far; None where nothing was asked."""
        return None if self._meter is None else self._meter.used

    def _settled(self, call: Call, result: Answer | OSError) -> Answer:
        if isinstance(result, OSError):
            raise Unreachable(f"{shown(call.url)} gave no answer ({_why(result)}).") from None
        if result.status == TOO_MANY:
            raise OverBudget(f"{server_of(call.url)} says that it was asked too often.")
        if result.status in PASSING:
            raise Unreachable(f"{shown(call.url)} answered {result.status}.")
        return result

    def _try(self, call: Call, cost: int) -> Answer | OSError:
        """The answer at the end of all redirections, or why none came."""
        for _ in range(MOST + 1):
            try:
                answer = self._once(call, cost)
            except OSError as error:
                return error
            onward = next_call(call, answer, addresses=self.addresses)
            if onward is None:
                return answer
            call = onward
        raise Unreachable(f"{shown(call.url)} leads from one address to the next without end.")

    def _once(self, call: Call, cost: int) -> Answer:
        _refuse_odd(call)
        gate = self._gate(server_of(call.url))
        slot = gate.reserve()
        try:
            if not gate.wait_for(slot, patience=self.retries.patience):
                raise _closed(call, gate)
            if self._meter is not None:
                self._meter.take(cost)
            headers = {**call.headers, "user-agent": self.agent}
            answer = self.send(Call(call.method, call.url, headers, call.body))
        finally:
            gate.leave(slot)
        self._heed(answer, gate)
        return answer

    def _heed(self, answer: Answer, gate: Gate) -> None:
        """Slow down before the server has to say so."""
        said = allowance(answer.headers, now=self.clock.now())
        if said is not None:
            calls, seconds = said
            gate.slow_down(remaining=calls, seconds=seconds, patience=self.retries.patience)
        wait = retry_after(answer.headers, now=self.clock.now())
        if wait is not None and answer.status in PASSING:
            gate.close(wait)

    def _wait(self, result: Answer | OSError, attempt: int) -> float:
        """Seconds before the next attempt, at least as long as the server asks for."""
        wait = self.retries.wait(attempt, chance=self.chance)
        if isinstance(result, OSError):
            return wait
        asked = retry_after(result.headers, now=self.clock.now())
        return max(wait, asked or 0.0)

    def _gate(self, server: str) -> Gate:
        with self._lock:
            if server not in self._gates:
                self._gates[server] = Gate(self.clock, self.budgets.get(server, self.budget))
            return self._gates[server]


def with_params(url: str, params: Params | None) -> str:
    """An address with further parameters in its query."""
    if not params:
        return url
    joint = "&" if urlsplit(url).query else "?"
    return f"{url}{joint}{urlencode(params, doseq=True)}"


def _closed(call: Call, gate: Gate) -> OverBudget:
    seconds = gate.closed_for()
    return OverBudget(
        f"{server_of(call.url)} wants to be left alone for {seconds:.0f} seconds.",
        is_shut=True,
    )


def _refuse_odd(call: Call) -> None:
    if scheme_of(call.url) not in ("http", "https") or not server_of(call.url):
        raise Unreachable(f"'{shown(call.url)}' is no address of the web.")


def _why(error: OSError) -> str:
    """What befell a connection, in words that cannot hold a secret: never the error's own."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ConnectionError):
        return "the connection was cut or refused"
    return type(error).__name__
