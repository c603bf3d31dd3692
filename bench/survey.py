"""Saving answers under load: PostgreSQL as it is asked for, and how much SQLite bears."""

import asyncio
import contextlib
import os
import tempfile
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.host import wait_until_calm, watched
from bench.load import percentile
from bench.rows import Row
from bench.survey_load import EVERY, Load, Server, answer, cores, lost, postgresql
from bench.survey_study import Respondent, made

RESPONDENTS, SECONDS = 1000, 60.0
MOST = 0.3  # seconds that 95 of 100 saves may take
WORKERS, THREADS = 2, 4
SQLITE = (250, 500, 1000, 1500, 2000)  # respondents at once

_VARIABLE = "TORG_DATABASE"


def main(*, quick: bool = False) -> list[Row]:
    respondents, seconds = (200, 20.0) if quick else (RESPONDENTS, SECONDS)
    if not quick:
        wait_until_calm()
    return [*_postgresql(respondents, seconds), *_sqlite(SQLITE[:1] if quick else SQLITE, seconds)]


def _postgresql(respondents: int, seconds: float) -> list[Row]:
    """Undisturbed, as it is asked for; and once more with the server killed in the middle."""
    (load, _), (killed, gone) = (
        _at_postgresql(respondents, seconds, is_killed=is_killed) for is_killed in (False, True)
    )
    slow, again = (percentile(each.saves, 0.95) for each in (load, killed))
    rate = f"{respondents / EVERY:,.0f} saves/s"
    name = f"{respondents:,} respondents, {rate}, PostgreSQL, two cores for it and the server"
    return [
        Row(f"{name}: 95 of 100 saves", slow * 1000, "ms", f"median {_ms(load.saves)}, "
            f"{len(load.refused)} refused, {load.taken}", "under 300 ms", slow < MOST),
        Row("the same: 95 of 100 pages", percentile(load.pages, 0.95) * 1000, "ms",
            f"median {_ms(load.pages)}"),
        Row("the same with kill -9 of the server in the middle: acknowledged answers lost",
            len(gone), f"of {len(killed.acknowledged):,}",
            f"{killed.unanswered} calls found no server", "0", not gone),
        Row("the same: 95 of 100 saves, those that all come at once afterwards among them",
            again * 1000, "ms", f"median {_ms(killed.saves)}, {killed.taken}", "under 300 ms",
            again < MOST),
    ]  # fmt: skip


def _at_postgresql(
    respondents: int, seconds: float, *, is_killed: bool
) -> tuple[Load, list[tuple[str, str, str]]]:
    held_to, _ = cores()
    with postgresql(held_to) as address, tempfile.TemporaryDirectory() as folder:
        os.environ[_VARIABLE] = address
        try:
            return under_load(
                Path(folder), respondents=respondents, seconds=seconds, is_killed=is_killed
            )
        finally:
            del os.environ[_VARIABLE]


def _sqlite(sizes: tuple[int, ...], seconds: float) -> list[Row]:
    """As many as SQLite bears: more and more, until a save takes too long."""
    rows = []
    for respondents in sizes:
        with tempfile.TemporaryDirectory() as folder:
            load, gone = under_load(Path(folder), respondents=respondents, seconds=seconds / 2)
        slow = percentile(load.saves, 0.95)
        name = f"SQLite, {respondents:,} respondents, {respondents / EVERY:,.0f} saves/s"
        rows.append(Row(f"{name}: 95 of 100 saves", slow * 1000, "ms",
                        f"median {_ms(load.saves)}, {len(load.refused)} refused, "
                        f"{len(gone)} lost, {load.taken}"))  # fmt: skip
        if slow > MOST:
            break
    return rows


def under_load(
    folder: Path, *, respondents: int, seconds: float, is_killed: bool = False,
    workers: int = WORKERS, threads: int = THREADS,
) -> tuple[Load, list[tuple[str, str, str]]]:  # fmt: skip
    """Let so many answer for so long; gives how it went, and what is lost of the acknowledged."""
    from torg.site import close_people

    held_to, others = cores()
    mine = os.sched_getaffinity(0)
    people = made(folder / "study", respondents=respondents)
    close_people()
    os.sched_setaffinity(0, others)
    server = Server(folder / "study", held_to=held_to, workers=workers, threads=threads)
    load = Load()
    try:
        server.start()
        with watched() as load.taken:
            _all_answer(server, people, seconds, load, is_killed=is_killed)
    finally:
        server.kill()
        os.sched_setaffinity(0, mine)
    return load, lost(folder / "study", load.acknowledged)


def _all_answer(
    server: Server, people: list[Respondent], seconds: float, load: Load, *, is_killed: bool
) -> None:
    """Everybody answers; in the middle the server dies, and comes back."""
    over = threading.Event()

    def die() -> None:
        # A slow server dies later: what is not acknowledged yet cannot be lost.
        while not over.wait(0.1) and len(load.acknowledged) < len(people) // 2:
            pass
        server.kill()
        server.start()

    death = threading.Timer(seconds / 2, die)
    if is_killed:
        death.start()
    try:
        _run_beside(answer(server.port, people, seconds=seconds, load=load))
    finally:
        over.set()
        death.cancel()
        if is_killed:
            death.join()


def _run_beside(asked: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread of its own: whoever calls may have a loop that runs already.

    It ends at once where this thread is interrupted.
    """
    loop = asyncio.new_event_loop()
    task = loop.create_task(asked)
    with contextlib.closing(loop), ThreadPoolExecutor(1) as pool:
        try:
            pool.submit(loop.run_until_complete, task).result()
        except BaseException:
            loop.call_soon_threadsafe(task.cancel)
            raise


def _ms(figures: list[float]) -> str:
    return f"{percentile(figures, 0.5) * 1000:,.0f} ms"
