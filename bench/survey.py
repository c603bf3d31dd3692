"""Saving answers under load: PostgreSQL as it is asked for, and how much SQLite bears."""

import asyncio
import os
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.rows import Row
from bench.survey_load import EVERY, Load, Server, answer, cores, lost, percentile, postgresql
from bench.survey_study import Respondent, made

RESPONDENTS, SECONDS = 1000, 60.0
MOST = 0.3  # seconds that 95 of 100 saves may take
PORT = 8279
WORKERS, THREADS = 2, 4
SQLITE = (250, 500, 1000, 1500, 2000)  # respondents at once

_VARIABLE = "TORG_DATABASE"


def main(*, quick: bool = False) -> list[Row]:
    respondents, seconds = (200, 20.0) if quick else (RESPONDENTS, SECONDS)
    return [*_postgresql(respondents, seconds), *_sqlite(SQLITE[:1] if quick else SQLITE, seconds)]


def _postgresql(respondents: int, seconds: float) -> list[Row]:
    held_to, _ = cores()
    with postgresql(held_to) as address, tempfile.TemporaryDirectory() as folder:
        os.environ[_VARIABLE] = address
        try:
            load, gone = under_load(
                Path(folder), respondents=respondents, seconds=seconds, is_killed=True
            )
        finally:
            del os.environ[_VARIABLE]
    slow = percentile(load.saves, 0.95)
    rate = f"{respondents / EVERY:,.0f} saves/s"
    name = f"{respondents:,} respondents, {rate}, two cores, PostgreSQL, server killed once"
    return [
        Row(f"{name}: 95 of 100 saves", slow * 1000, "ms", f"median {_ms(load.saves)}",
            "under 300 ms", slow < MOST),
        Row("the same: 95 of 100 pages", percentile(load.pages, 0.95) * 1000, "ms",
            f"median {_ms(load.pages)}"),
        Row("the same: acknowledged answers lost", len(gone), f"of {len(load.acknowledged):,}",
            f"{load.unanswered} calls found no server", "0", not gone),
    ]  # fmt: skip


def _sqlite(sizes: tuple[int, ...], seconds: float) -> list[Row]:
    """As many as SQLite bears: more and more, until a save takes too long."""
    rows = []
    for respondents in sizes:
        with tempfile.TemporaryDirectory() as folder:
            load, gone = under_load(Path(folder), respondents=respondents, seconds=seconds / 2)
        slow = percentile(load.saves, 0.95)
        name = f"SQLite, {respondents:,} respondents, {respondents / EVERY:,.0f} saves/s"
        rows.append(Row(f"{name}: 95 of 100 saves", slow * 1000, "ms",
                        f"median {_ms(load.saves)}, {len(gone)} lost"))  # fmt: skip
        if slow > MOST:
            break
    return rows


def under_load(
    folder: Path, *, respondents: int, seconds: float, is_killed: bool = False,
    workers: int = WORKERS, threads: int = THREADS, port: int = PORT,
) -> tuple[Load, list[tuple[str, str, str]]]:  # fmt: skip
    """Let so many answer for so long; gives how it went, and what is lost of the acknowledged."""
    from torg.site import close_people

    held_to, others = cores()
    mine = os.sched_getaffinity(0)
    people = made(folder / "study", respondents=respondents)
    close_people()
    os.sched_setaffinity(0, others)
    server = Server(folder / "study", port=port, held_to=held_to, workers=workers, threads=threads)
    server.start()
    load = Load()
    try:
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
        # In a thread of its own: whoever calls may have a loop that runs already.
        with ThreadPoolExecutor(1) as pool:
            asked = answer(server.port, people, seconds=seconds, load=load)
            pool.submit(asyncio.run, asked).result()
    finally:
        over.set()
        if is_killed:
            death.join()


def _ms(figures: list[float]) -> str:
    return f"{percentile(figures, 0.5) * 1000:,.0f} ms"
