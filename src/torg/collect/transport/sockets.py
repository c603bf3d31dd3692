"""The internet itself: the only place that opens connections."""

import http.cookiejar
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from torg.collect.transport.calls import Answer, Call, Send, shown
from torg.collect.transport.deadlines import Deadline, keep
from torg.collect.transport.hush import hush
from torg.errors import Unreachable

LARGEST_MESSAGE = 32 * 2**20  # bytes


@dataclass(frozen=True)
class Limits:
    """How long an answer may take and how large it may be; seconds, and bytes once unpacked."""

    connect: float = 10.0
    read: float = 30.0  # without a single byte
    total: float = 120.0  # from the first step to the last byte
    size: int = 32 * 2**20


@contextmanager
def internet(limits: Limits | None = None) -> Iterator[Send]:
    """What really sends: over the machine's own network, through its proxy where it names one."""
    limits = limits or Limits()
    hush()
    send = _Internet(limits, Deadline(limits.total))
    try:
        yield send
    finally:
        send.close()


@dataclass(frozen=True)
class _Internet:
    """Sends over connections that it keeps open from one call to the next."""

    limits: Limits
    deadline: Deadline

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def __call__(self, call: Call) -> Answer:
        """One request. What httpx says of errors may quote a header, so it goes no further."""
        asked = self._client.stream(
            call.method, call.url, headers=dict(call.headers), content=call.body
        )
        try:
            with self.deadline.begun(), asked as response:
                body = self._body(call, response)
                return Answer(response.status_code, _headers(response), body, str(response.url))
        except httpx.TimeoutException:
            raise TimeoutError("it took too long") from None
        except (httpx.TransportError, httpx.DecodingError):
            raise ConnectionError("the connection was cut or refused") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError):
            raise Unreachable(
                f"{shown(call.url)} cannot be asked, or answers in a garble."
            ) from None

    def _body(self, call: Call, response: httpx.Response) -> bytes:
        """The whole body; that it is whole, httpx holds against what the server announced."""
        parts: list[bytes] = []
        size = 0
        for part in response.iter_bytes():
            size += len(part)
            if size > self.limits.size:
                raise Unreachable(f"{shown(call.url)} answers with more than {self.limits.size} B.")
            parts.append(part)
        return b"".join(parts)

    @cached_property
    def _client(self) -> httpx.Client:
        """One client for all threads. It keeps no cookies, and leaves redirections to the door."""
        none = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        limits = self.limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect, pool=limits.total)
        client = httpx.Client(timeout=timeout, cookies=none, follow_redirects=False)
        keep(client, self.deadline)
        return client


def _headers(response: httpx.Response) -> dict[str, str]:
    return dict(response.headers.items())


def look_up(host: str) -> tuple[str, ...]:
    """The addresses of a host, as the machine knows them; none where it knows none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(sorted({str(where[4][0]).partition("%")[0] for where in found}))


@contextmanager
def web_socket(
    url: str, headers: Mapping[str, str], quiet: float
) -> Iterator[Iterator[bytes | None]]:
    """The messages of a web socket. Raises OSError where it cannot be opened or breaks."""
    try:
        with connect(
            url,
            additional_headers={n: v for n, v in headers.items() if n != "user-agent"},
            user_agent_header=headers.get("user-agent"),
            compression=None,  # what it saves on the line it costs twice in processor
            max_size=LARGEST_MESSAGE,
        ) as connection:
            yield _messages(connection, quiet)
    except WebSocketException:
        raise ConnectionError("the stream ended") from None


def _messages(connection: ClientConnection, quiet: float) -> Iterator[bytes | None]:
    while True:
        try:
            yield connection.recv(timeout=quiet, decode=False)
        except TimeoutError:
            yield None
