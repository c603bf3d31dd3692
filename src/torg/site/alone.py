"""One at a time: who brings the database up to date, and who sends letters."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
from django.db import OperationalError, connection

from torg.errors import SurveyError

_BUSY = "another torg is at it with this study ({what}): wait until it has ended, and call again."


@contextmanager
def alone(what: str, *, patience: float = 0) -> Iterator[None]:
    """Hold others off, on this machine and, with PostgreSQL, on all.

    `what` names the work; `patience` is how many seconds to wait for another. It ends with the
    process, however that ends. Raises SurveyError where another is at it.
    """
    held = _by_server if connection.vendor == "postgresql" else _by_file
    with held(what, patience):
        yield


@contextmanager
def _by_file(what: str, patience: float) -> Iterator[None]:
    path = Path(connection.settings_dict["NAME"])
    try:
        with filelock.FileLock(path.with_name(f"{path.name}.{what}.lock"), timeout=patience):
            yield
    except filelock.Timeout:
        raise SurveyError(_BUSY.format(what=what)) from None


@contextmanager
def _by_server(what: str, patience: float) -> Iterator[None]:
    key = zlib.crc32(f"torg {what}".encode())
    if not _is_ours(key, patience):
        raise SurveyError(_BUSY.format(what=what))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _is_ours(key: int, patience: float) -> bool:
    """Take the server's lock of that number, and wait for it so many seconds at most."""
    with connection.cursor() as cursor:
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
