"""The server: a kept WSGI server for the pages, and one process beside it for the work."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress

from torg.errors import StudyError
from torg.site.application import FOLDER
from torg.site.configured import configure, configure_for
from torg.site.opening import open_people
from torg.study import Study

_GRACE = 10  # seconds that workers, and the work, get to end


def serve(
    study: Study, *, host: str = "127.0.0.1", port: int = 8000, workers: int = 2,
    works: bool = True, tell: Callable[[str], None] = lambda _sentence: None,
) -> None:  # fmt: skip
    """Show the study's site until the process is stopped.

    `workers` processes answer; with `works` a further one does what takes long (`torg work`).
    Where the site is, is told when nothing stands against it any more. Raises StudyError where the
    port is taken or not to be had, and what `open_people` and `secret_of` raise.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _require_free(host, port)
    who_waits = _prepared(study)
    os.environ[FOLDER] = str(study.folder)
    server = Granian(
        "torg.site.application:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_GRACE,  # one that is told to end while it begins does not hear it
    )
    for sentence in (*who_waits, *_where(study, host, port)):
        tell(sentence)
    with _working(study) if works else _nothing():
        server.serve()


_THREADS = 4  # of a worker: most of a page's time is Python's own, so more would only wait


def do_work(study: Study, *, until_empty: bool = False) -> None:
    """Do the work that is asked for, until the process is stopped or, so told, nothing is left."""
    from torg.site.application import application_of

    application_of(study)
    from torg.site.work.running import run_queue

    run_queue(study, until_empty=until_empty)


@contextmanager
def _working(study: Study) -> Iterator[None]:
    command = [sys.executable, "-m", "torg", "-C", str(study.folder), "work"]
    process = subprocess.Popen(command)  # noqa: S603 -- our own command
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _prepared(study: Study) -> list[str]:
    """Make ready what all processes need, once; gives who waits for what.

    A process of its own does it, and ends: workers begin as copies of this one, and a copy has the
    lines to the database in common, and of the pool in which Polars works no thread, so that it
    waits for ever.
    """
    configure()  # what is imported here need not be imported by each
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context()) as process:
        return process.submit(_prepare, study).result()


def _prepare(study: Study) -> list[str]:
    configure_for(study)
    open_people(study)
    return list(_who_waits(study))


def _where(study: Study, host: str, port: int) -> Iterator[str]:
    """At which address the site is, and who may not come by it yet."""
    near = "localhost" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
    yield f"The site of '{study.title}' is at http://{near}:{port}/ (Ctrl-C ends it)."
    if study.site.address is None and host not in _ONLY_HERE:
        yield (
            "Only calls to localhost are answered yet: say the site's address in study.toml, under "
            "[site]."
        )


def _who_waits(study: Study) -> Iterator[str]:
    """From when everybody sees a release that only municipalities see yet."""
    from torg.site.releases.actions import offer_new
    from torg.site.releases.queries import in_preview

    with suppress(StudyError):  # one is damaged: the pages show the others
        offer_new(study)
    if found := in_preview():
        yield (
            f"Everybody sees the release {found.release} from "
            f"{found.public_from.astimezone(study.zone):%Y-%m-%d %H:%M} on, and each municipality "
            f"its own page before; name another day by 'torg release postpone {found.release}'."
        )


_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 -- what an operator may ask for
_ONLY_HERE = {"127.0.0.1", "::1", "localhost"}


def _require_free(host: str, port: int) -> None:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StudyError(
                f"{host}:{port} cannot be served ({error.strerror}): choose another with --host or "
                "--port."
            ) from None
