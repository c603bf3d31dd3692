"""A throw-away PostgreSQL: in a folder of its own, on a Unix socket, gone when the tests end."""

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.lib.parts import lacking

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def cluster():
    """Makes empty databases: a function that gives the address of a new one."""
    if not _PROGRAMS:
        lacking("this machine has no PostgreSQL")
    # The path of a socket is short, and pytest's own folders are not.
    with tempfile.TemporaryDirectory(prefix="torg-pg-") as folder, _running(Path(folder)) as home:
        yield lambda: _new_database(home)


@contextlib.contextmanager
def _running(folder):
    """PostgreSQL refuses to run as root, so it is somebody else then."""
    home = folder / "home"
    home.mkdir()
    who = {}
    if os.geteuid() == 0:
        who = {"user": "nobody", "group": "nogroup"}
        shutil.chown(home, "nobody", "nogroup")
        folder.chmod(0o711)
    data = str(home / "data")
    _run("initdb", "-D", data, "-U", "torg", "-A", "trust", "-E", "UTF8", "--no-sync", **who)
    options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=20"
    _run("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", options, "start", **who)
    try:
        yield home
    finally:
        _run("pg_ctl", "-D", data, "-m", "immediate", "stop", **who)


def _new_database(home):
    name = f"study_{next(_NUMBERS)}"
    _run("createdb", "-h", str(home), "-U", "torg", name)
    return f"postgresql://torg:not-asked-for@/{name}?host={home}"


def _run(program, *arguments, **who):
    command = [str(_PROGRAMS[-1] / program), *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd="/", **who)
