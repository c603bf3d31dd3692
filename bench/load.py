"""Calls at a steady rate over kept connections: how long each took from the moment it was due.

The rate does not wait for answers: a server that stalls is seen to stall ("open loop"), where a
client that asks only after an answer would hide it.
"""

import asyncio
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

_CONNECTIONS = 100
_PATIENCE = 30.0  # seconds for an answer


@dataclass(frozen=True)
class Answered:
    """What became of all calls: seconds of those that were answered, and how many were not."""

    seconds: tuple[float, ...]
    failed: int

    def percentile(self, share: float) -> float:
        """The time within which that share of the answers came, in seconds."""
        return percentile(self.seconds, share)


def percentile(seconds: Sequence[float], share: float) -> float:
    """So many seconds that this share of the calls took no longer."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def free_port() -> int:
    """A port of this machine that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask_at_a_rate(port: int, paths: Sequence[str], *, rate: float, seconds: float) -> Answered:
    """Ask for the paths in turn, `rate` times a second, of the server at a port of this machine."""
    return asyncio.run(_ask_all(port, paths, rate=rate, seconds=seconds))


async def _ask_all(port: int, paths: Sequence[str], *, rate: float, seconds: float) -> Answered:
    queue: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    took: list[float] = []
    failed: list[str] = []
    workers = [asyncio.create_task(_worker(port, queue, took, failed)) for _ in range(_CONNECTIONS)]
    begun = time.perf_counter()
    for number in range(int(rate * seconds)):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        queue.put_nowait((due, paths[number % len(paths)]))
    for _ in workers:
        queue.put_nowait(None)
    await asyncio.gather(*workers)
    return Answered(tuple(took), len(failed))


async def _worker(
    port: int,
    queue: "asyncio.Queue[tuple[float, str] | None]",
    took: list[float],
    failed: list[str],
) -> None:
    line: _Line | None = None
    while (call := await queue.get()) is not None:
        due, path = call
        try:
            line = line or await _Line.opened(port)
            status = await asyncio.wait_for(line.get(path), _PATIENCE)
        except (TimeoutError, OSError, EOFError, ValueError):
            line, status = None, 0
        if status == 200:
            took.append(time.perf_counter() - due)
        else:
            failed.append(path)


class _Line:
    """One kept connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def opened(cls, port: int) -> "_Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def get(self, path: str) -> int:
        """Ask for a path, read the whole answer, give its status."""
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        if "transfer-encoding: chunked" in head:
            await self._read_chunks()
        else:
            length = head.partition("content-length:")[2].partition("\r\n")[0]
            await self.reader.readexactly(int(length or 0))
        return int(head.split(" ", 2)[1])

    async def _read_chunks(self) -> None:
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            await self.reader.readexactly(size + 2)
        await self.reader.readexactly(2)
