"""An end to every exchange: what is left of its time is all that any step of it may take.

httpx bounds the silence between two bytes only. A server that sends a header a byte at a time,
or one "100 Continue" after another, would hold a thread for weeks.
"""

import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore
import httpx


@dataclass
class Deadline:
    """When the exchange that this thread is in must be over."""

    seconds: float
    _of_thread: threading.local = field(default_factory=threading.local)

    @contextmanager
    def begun(self) -> Iterator[None]:
        """An exchange, with all its time before it."""
        self._of_thread.until = time.monotonic() + self.seconds
        try:
            yield
        finally:
            del self._of_thread.until

    def left(self, timeout: float | None) -> float | None:
        """What a step may take at most. Raises httpcore's ReadTimeout where nothing is left."""
        until: float | None = getattr(self._of_thread, "until", None)
        if until is None:
            return timeout
        left = until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole of its time is over")
        return left if timeout is None else min(timeout, left)


def keep(client: httpx.Client, deadline: Deadline) -> None:
    """Let all that the client sends, through a proxy too, be over in time.

    httpx has no way to say what its connections are made by; httpcore, which makes them, has.
    """
    for transport in (client._transport, *client._mounts.values()):
        if isinstance(transport, httpx.HTTPTransport):
            transport._pool._network_backend = _Backend(deadline)


@dataclass
class _Backend(httpcore.NetworkBackend):
    deadline: Deadline
    _plain: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._plain.connect_tcp(
            host, port, self.deadline.left(timeout), local_address, socket_options
        )
        return _Stream(self.deadline, stream)


@dataclass
class _Stream(httpcore.NetworkStream):
    deadline: Deadline
    _plain: httpcore.NetworkStream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._plain.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._plain.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self._plain.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        within = self.deadline.left(timeout)
        return _Stream(self.deadline, self._plain.start_tls(ssl_context, server_hostname, within))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- as httpcore has it
        return self._plain.get_extra_info(info)
