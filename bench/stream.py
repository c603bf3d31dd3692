"""The live stream: everything that is heard, sieved for a national register, and committed."""

import datetime as dt
import multiprocessing
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from bench import streams
from bench.children import in_child
from bench.rows import Row

# An hour's worth of each: what Bluesky's servers have sent in a busy one.
FRAMES = {"jetstream": 1_200_000, "repos": 600_000}
_QUICK = 20  # times fewer
_HOUR = 3600.0
_LEAST_RATE = 20_000  # events a second
_MOST_GROWTH = 1.1  # of memory from the second tenth to the last
_NAMES = {"jetstream": "Jetstream (JSON)", "repos": "subscribeRepos (CBOR)"}
_WAYS = {"file": "from a file", "socket": "over a web socket on loopback"}
_READ = {"jetstream": streams.lines, "repos": streams.frames}
_WRITE = {"jetstream": streams.write_jetstream, "repos": streams.write_repos}


def main(*, quick: bool = False) -> list[Row]:
    """Both streams, each from a file and over a web socket, on one core."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as name:
        for wire, frames in FRAMES.items():
            count = frames // _QUICK if quick else frames
            path = Path(name) / wire
            in_child("bench.stream", "write", wire, path, count)
            for way in _WAYS:
                folder = Path(name) / f"{wire}-{way}"
                done = in_child("bench.stream", "listened", wire, way, path, count, folder)
                rows += _rows(wire, way, done, is_full=not quick)
            path.unlink()
    return rows


def _rows(wire: str, way: str, done: dict[str, Any], *, is_full: bool) -> list[Row]:
    rate = done["frames"] / done["seconds"]
    growth = done["memory_mb"][-1] / done["memory_mb"][1]
    return [
        Row(
            f"{_NAMES[wire]}, {done['frames']:,} events {_WAYS[way]}, {done['kept']:,} records "
            f"committed in {done['commits']} commits, {streams.CHANNELS:,} channels, one core",
            rate,
            "events/s",
            asked=f"at least {_LEAST_RATE:,} events/s" if is_full else None,
            reached=rate >= _LEAST_RATE if is_full else None,
        ),
        Row(
            "the same: memory at the end against that after a fifth of the hour",
            growth,
            "x",
            ratio=" ".join(f"{megabytes:.0f}" for megabytes in done["memory_mb"]) + " MB",
            asked=f"at most {_MOST_GROWTH} x" if is_full else None,
            reached=growth <= _MOST_GROWTH if is_full else None,
        ),
    ]


def write(wire: str, path: str, frames: str) -> dict[str, Any]:
    """The stream as a file."""
    _WRITE[wire](Path(path), frames=int(frames))
    return {"bytes": Path(path).stat().st_size}


def listened(wire: str, way: str, path: str, frames: str, folder: str) -> dict[str, Any]:
    """Listen to the whole of a stream, on one core, an hour passing meanwhile."""
    made = lambda: _READ[wire](Path(path))  # noqa: E731
    address = _served(made) if way == "socket" else ""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    from torg.archive import Archive, Pseudonyms
    from torg.collect.platforms.bluesky import WIRES
    from torg.collect.transport import Clock, Door, web_socket
    from torg.follow import Keeping, Listener, Stop, Stream

    source = _Source(int(frames), Stop(), web_socket if way == "socket" else _plainly(made))
    commits = []
    clock = Clock(now=source.now, seconds=source.seconds, wait=lambda _seconds: None)
    keeping = Keeping(Pseudonyms(bytes(32)), lambda *_: ("nb",), 90, streams.channels)
    listener = Listener(
        archive=Archive(Path(folder), now=source.now),
        stream=Stream(WIRES[wire], address),
        keeping=keeping,
        door=Door(send=_nobody, connect=source.connect, clock=clock),
        stop=source.stop,
        told=commits.append,
    )
    start = time.perf_counter()
    listener.run()
    seconds = time.perf_counter() - start
    kept = sum(commit.posts_new + commit.replies_new for commit in commits)
    assert sum(commit.frames for commit in commits) == int(frames), "frames were lost"
    return {
        "seconds": seconds,
        "frames": int(frames),
        "kept": kept,
        "commits": len(commits),
        "memory_mb": source.memory,
    }


@dataclass
class _Source:
    """Passes messages on, and lets an hour pass over all of them."""

    frames: int
    stop: Any
    through: Callable[..., Any]
    passed: int = 0
    memory: list[float] = field(default_factory=list)

    @contextmanager
    def connect(
        self, url: str, headers: Mapping[str, str], quiet: float
    ) -> Iterator[Iterator[bytes | None]]:
        if self.passed and not self.stop:
            raise RuntimeError("the connection was lost, and the figure with it")
        with self.through(url, headers, quiet) as messages:
            yield self._counted(messages)

    def _counted(self, messages: Iterator[bytes | None]) -> Iterator[bytes | None]:
        for message in messages:
            self.passed += message is not None
            if self.passed % (self.frames // 10) == 0:
                self.memory.append(_resident_mb())
            if self.passed == self.frames:
                self.stop.now()
            yield message

    def seconds(self) -> float:
        return self.passed * _HOUR / self.frames

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 9, 21, 14, tzinfo=dt.UTC) + dt.timedelta(seconds=self.seconds())


def _plainly(made: Callable[[], Iterator[bytes]]) -> Callable[..., Any]:
    @contextmanager
    def connect(*_: object) -> Iterator[Iterator[bytes]]:
        yield made()

    return connect


def _served(made: Callable[[], Iterator[bytes]]) -> str:
    """The address of a server of the stream, in a process and on cores of its own."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = multiprocessing.get_context("fork").Process(
        target=streams.serve, args=(listening, made), daemon=True
    )
    server.start()
    port = listening.getsockname()[1]
    listening.close()
    return f"ws://127.0.0.1:{port}"


def _nobody(_call: object) -> NoReturn:
    raise OSError("the bench asks nobody")


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
