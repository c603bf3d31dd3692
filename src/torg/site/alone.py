"""One at a time: who brings the database up to date, who sends letters, and who does the work."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import filelock
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from torg.errors import SurveyError

_BUSY = "another torg is at it with this study ({what}): wait until it has ended, and call again."


class Busy(SurveyError):
    """Another process is at it."""


@contextmanager
def alone(what: str, *, patience: float = 0) -> Iterator[Callable[[], None]]:
    """Hold others off, on this machine and, with PostgreSQL, on all.

    `what` names the work; `patience` is how many seconds to wait for another. It ends with the
    process, however that ends. What it gives makes sure, called now and then, that others are
    still held off: it takes the lock anew where the server was begun anew. Both raise Busy (a
    SurveyError) where another is at it.
    """
    held = _by_server if connection.vendor == "postgresql" else _by_file
    with held(what, patience) as still:
        yield still


@contextmanager
def _by_file(what: str, patience: float) -> Iterator[Callable[[], None]]:
    path = Path(connection.settings_dict["NAME"])
    lock = filelock.FileLock(path.with_name(f"{path.name}.{what}.lock"))
    try:
        lock.acquire(timeout=patience)
    except filelock.Timeout:
        raise Busy(_BUSY.format(what=what)) from None
    try:
        yield lambda: None  # the system's own lock, which no line to a server can lose
    finally:
        lock.release()


@contextmanager
def _by_server(what: str, patience: float) -> Iterator[Callable[[], None]]:
    """The lock lasts as long as the line it was taken on, so it has a line of its own.

    The line that queries go over is closed and opened anew when it is old, and a lock on it would
    be lost without a word.
    """
    key = zlib.crc32(f"torg {what}".encode())
    line = connection.copy()
    try:
        if not _is_ours(line, key, patience):
            raise Busy(_BUSY.format(what=what))
        yield partial(_make_sure, line, key, what)
    finally:
        _let_go(line, key)


def _make_sure(line: Any, key: int, what: str) -> None:  # noqa: ANN401 -- Django's, untyped
    """The line is there, and with it the lock; where it broke both are had anew."""
    try:
        with line.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        line.close()
        if not _is_ours(line, key, 0):
            raise Busy(_BUSY.format(what=what)) from None


def _let_go(line: Any, key: int) -> None:  # noqa: ANN401
    """Said aloud: a server notices some time after that a line was closed."""
    with suppress(DatabaseError, InterfaceError):
        if line.connection is not None:
            with line.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
    line.close()


def _is_ours(line: Any, key: int, patience: float) -> bool:  # noqa: ANN401
    """Take the server's lock of that number, and wait for it so many seconds at most."""
    with line.cursor() as cursor:
        if not patience:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
            return bool(cursor.fetchone()[0])
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{patience:g}s"])
        try:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        except OperationalError:
            return False
        finally:
            cursor.execute("SELECT set_config('lock_timeout', '0', false)")
    return True
