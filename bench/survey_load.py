"""Respondents in the middle of their answers: each saves one every ten seconds, and none is lost.

The server and its PostgreSQL are held to two cores, and the load is made on the others. The server
may be killed in the middle, and started again. A respondent whose answer was not acknowledged
sends it again, as the page's script does.
"""

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import httpx

from bench.host import Taken
from bench.load import free_port
from bench.survey_study import WAVE, Respondent

EVERY = 10.0  # seconds between the answers of one respondent
AGAIN = 5.0  # seconds until what was not acknowledged is sent again, as by the page
PATIENCE = 120.0  # seconds until a server must be there: the machine may be busy
OK = 200
CSRF = secrets.token_hex(16)

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclass
class Load:
    """What came of it: seconds that answered calls took, and what was acknowledged."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    acknowledged: set[tuple[str, str, str]] = field(default_factory=set)  # respondent, item, value
    unanswered: int = 0
    taken: Taken = field(default_factory=Taken)
    refused: list[int] = field(default_factory=list)  # what else a server answered


def cores() -> tuple[str, set[int]]:
    """The two cores of the server, and those of the load."""
    mine = sorted(os.sched_getaffinity(0))
    return ",".join(map(str, mine[:2])), set(mine[2:] or mine)


@contextlib.contextmanager
def postgresql(held_to: str) -> Iterator[str]:
    """A PostgreSQL that writes to the disk before it says so: gives its address."""
    with tempfile.TemporaryDirectory(prefix="torg-pg-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        who = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            who = {"user": "nobody", "group": "nogroup"}
            shutil.chown(home, "nobody", "nogroup")
            Path(folder).chmod(0o711)
        data = str(home / "data")
        _run("initdb", "-D", data, "-U", "torg", "-A", "trust", "-E", "UTF8", **who)
        options = f"-k {home} -c listen_addresses="
        log = str(home / "log")
        started = ["pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start"]
        try:
            _run(*started, held_to=held_to, **who)
            _run("createdb", "-h", str(home), "-U", "torg", "bench")
            yield f"postgresql://torg:not-asked-for@/bench?host={home}"
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):  # it never started
                _run("pg_ctl", "-D", data, "-m", "immediate", "stop", **who)


def _run(program: str, *arguments: str, held_to: str = "", **who: str) -> None:
    held = ["taskset", "-c", held_to] if held_to else []
    command = [*held, str(_PROGRAMS[-1] / program), *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **who)  # noqa: S603


class Server:
    """The site of a study in a process of its own, held to some cores."""

    def __init__(self, folder: Path, *, held_to: str, workers: int, threads: int) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        arguments = [str(folder), str(self.port), str(workers), str(threads)]
        program = [sys.executable, "-m", "bench.survey_server", *arguments]
        self.command = ["taskset", "-c", held_to, *program]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, patience: float = PATIENCE) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603
        until = time.monotonic() + patience
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.address}/en/answer/nothing/", timeout=patience)
                return
            time.sleep(0.1)
        raise TimeoutError(f"{self.address} does not answer")

    def kill(self) -> None:
        """Kill it with all its workers, at once; one that never began is dead."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


async def answer(port: int, respondents: list[Respondent], *, seconds: float, load: Load) -> None:
    """Let all of them answer for so long, each at a moment of their own.

    Raises TimeoutError where some are still not acknowledged long after.
    """
    until = time.monotonic() + seconds
    step = EVERY / len(respondents)
    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(
            *(
                _one(port, each, begins=number * step, until=until, load=load)
                for number, each in enumerate(respondents)
            )
        )


class _Line:
    """One respondent's kept connection, opened anew after it broke or the server closed it.

    A library's pool looks through all its connections at each call, and a thousand make it slower
    than the server.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, call: str, *, headers: dict[str, str], body: str = "") -> tuple[int, bytes]:
        """Status and content of the answer. Raises OSError or EOFError where none comes."""
        try:
            if self.ends and self.ends[0].at_eof():
                await self.close()
            self.ends = self.ends or await asyncio.open_connection("127.0.0.1", self.port)
            reader, writer = self.ends
            lines = {"Host": "localhost", "Content-Length": str(len(body)), **headers}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
            writer.write(f"{call} HTTP/1.1\r\n{head}\r\n{body}".encode())
            told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            return int(told.split(" ", 2)[1]), await _content(reader, told)
        except (OSError, EOFError):
            await self.close()
            raise

    async def close(self) -> None:
        """Leave no socket open."""
        if self.ends:
            _, writer = self.ends
            self.ends = None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _content(reader: asyncio.StreamReader, told: str) -> bytes:
    """What stands below the head of an answer, in one piece or in chunks."""
    if "transfer-encoding: chunked" not in told:
        length = told.partition("content-length:")[2].partition("\r\n")[0]
        return await reader.readexactly(int(length))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(parts)


async def _one(port: int, who: Respondent, *, begins: float, until: float, load: Load) -> None:
    """One respondent, on a line of their own."""
    line = _Line(port)
    try:
        await _answers(line, who, begins=begins, until=until, load=load)
    finally:
        await line.close()


async def _answers(
    line: _Line, who: Respondent, *, begins: float, until: float, load: Load
) -> None:
    """An answer every ten seconds; after every third, the next page."""
    due = time.monotonic() + begins
    number = 0
    while due < until:
        await asyncio.sleep(due - time.monotonic())
        number += 1
        question, item, value = who.turn(number)
        go = "next" if (number + who.form) % 3 == 0 else ""  # at any moment, of a third
        to = await _saved(line, who, question, {item: value, "go": go}, load)
        load.acknowledged.add((who.code, item, value))
        if to:
            await _read(line, who, to, load)
        due = max(due + EVERY, time.monotonic())


async def _saved(
    line: _Line, who: Respondent, question: str, sent: dict[str, str], load: Load
) -> str | None:
    """Send an answer until it is acknowledged. Gives where its button leads."""
    headers = {
        "Accept": "application/json",
        "Cookie": who.cookies(CSRF),
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({**sent, "csrfmiddlewaretoken": CSRF})
    while True:
        begun = time.monotonic()
        try:
            status, content = await line.ask(
                f"POST /en/answer/{who.form}/question/{question}/", headers=headers, body=body
            )
        except (OSError, EOFError):
            load.unanswered += 1
            await asyncio.sleep(AGAIN)
            continue
        if status == OK:
            load.saves.append(time.monotonic() - begun)
            to: str | None = json.loads(content)["to"]
            return to
        load.refused.append(status)
        await asyncio.sleep(AGAIN)


async def _read(line: _Line, who: Respondent, to: str, load: Load) -> None:
    begun = time.monotonic()
    try:
        status, _ = await line.ask(f"GET {to}", headers={"Cookie": who.cookies(CSRF)})
    except (OSError, EOFError):
        load.unanswered += 1
        return
    if status == OK:
        load.pages.append(time.monotonic() - begun)
    else:
        load.refused.append(status)


def lost(folder: Path, acknowledged: set[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """What was acknowledged, and is not in the database."""
    from torg.site import answers_of
    from torg.study import read_study

    rows = answers_of(read_study(folder), wave=WAVE).select("respondent", "item", "value").rows()
    return sorted(acknowledged - set(rows))
