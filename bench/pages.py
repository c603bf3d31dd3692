"""The site's public pages, asked for at a steady rate: how long a reader waits."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from bench.host import wait_until_calm, watched
from bench.load import ask_at_a_rate, free_port
from bench.rows import Row
from torg import site
from torg.study import Study

RATE, ASKED = 500, 0.100  # calls a second; seconds for 95 of 100
_LANGUAGES = ("en", "nb", "fi")


def main(*, quick: bool = False) -> Iterator[Row]:
    """The server is held to two cores, and whoever asks to the others."""
    municipalities, seconds = (40, 5.0) if quick else (357, 60.0)
    with TemporaryDirectory() as folder:
        study = site.demo(Path(folder) / "demo", municipalities=municipalities).study
        site.close_people()
        if not quick:
            wait_until_calm()
        yield from _measured(study, seconds=seconds)


def _measured(study: Study, *, seconds: float) -> Iterator[Row]:
    cores, port = sorted(os.sched_getaffinity(0)), free_port()
    with _served(study, cores[:2], port):
        if len(cores) > 2:
            os.sched_setaffinity(0, cores[2:])
        try:
            paths = _paths(study)
            ask_at_a_rate(port, paths, rate=50, seconds=2 * len(paths) / 50)  # each page made once
            with watched() as taken:
                done = ask_at_a_rate(port, paths, rate=RATE, seconds=seconds)
        finally:
            os.sched_setaffinity(0, cores)
    slow = done.percentile(0.95)
    name = f"public pages, {RATE} calls a second, {len(paths)} pages, 2 cores"
    yield Row(f"{name}: 95th percentile", 1000 * slow, "ms", str(taken),
              f"at most {1000 * ASKED:.0f} ms", slow <= ASKED)  # fmt: skip
    yield Row("of them not answered", done.failed, "calls", None, "0", done.failed == 0)
    yield Row("median", 1000 * done.percentile(0.5), "ms")
    yield Row("99th percentile", 1000 * done.percentile(0.99), "ms")


def _paths(study: Study) -> list[str]:
    """Pages as readers ask for them: the country, the ranking, and many municipalities."""
    codes = [
        line.split(",")[1]
        for line in (study.register_folder / "municipalities.csv").read_text().splitlines()[1:]
    ]
    found = ["/theme.css"]
    for language in _LANGUAGES:
        found += [f"/{language}/", f"/{language}/ranking/", f"/{language}/map/"]
        found += [f"/{language}/municipalities/XX-{code}/" for code in codes[::10]]
    return found


@contextmanager
def _served(study: Study, cores: list[int], port: int) -> Iterator[None]:
    command = [
        "taskset", "-c", ",".join(map(str, cores)), sys.executable, "-m", "torg", "-C",
        str(study.folder), "serve", "--port", str(port), "--no-work",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            with urlopen(f"http://127.0.0.1:{port}/en/about/", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("the server did not answer")
