"""What was made is put aside on disk, beside the study: all other processes and the next take it.

The folder holds nothing that cannot be made anew: it may be thrown away at any time. Pages were
made by one state of Torg's own files; another state looks into another folder. What nobody asked
for in a month goes when the site starts.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

from torg.study import Study

FOLDER = "cache"  # in the study's folder
_FROM_HASH = 24  # digits of a hash that name a file
_A_MONTH = 30 * 24 * 3600.0  # seconds
_LOCK = ".lock-"  # what the names of files begin with that hold nothing

Kind = Literal["pages", "open-data"]
_KINDS: tuple[Kind, ...] = ("pages", "open-data")


@cache
def made_by() -> str:
    """The state of Torg's own files: another version, template or catalogue is another state."""
    total = hashlib.sha256()
    root = Path(str(files("torg")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            told = path.stat()
            total.update(f"{path.relative_to(root)} {told.st_size} {told.st_mtime_ns}\n".encode())
    return total.hexdigest()[:_FROM_HASH]


def folder_of(study: Study, kind: Kind) -> Path:
    """Where all of a kind lies."""
    return study.folder / FOLDER / kind


def place_of(study: Study, key: Hashable) -> Path:
    """Where the page of a key lies, if it lies there."""
    name = hashlib.sha256(repr(key).encode()).hexdigest()[:_FROM_HASH]
    return folder_of(study, "pages") / made_by() / name


def taken(path: Path) -> bytes | None:
    """What was put there, which is then not old; None where nothing was."""
    try:
        found = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)
    return found


def put(path: Path, content: bytes) -> None:
    """Put it there in one step. Where nothing can be written it is made again each time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(content)
            Path(name).replace(path)
        except OSError:  # the disk is full: what was begun would only fill it further
            Path(name).unlink()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let the others that want to make the same wait, in whichever process they are."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / f"{_LOCK}{path.name[:2]}").open("w")
    except OSError:  # no folder to meet in: each makes its own
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def first_only(study: Study) -> Iterator[bool]:
    """Whether nobody else is at it: of several processes that begin together, one is told so."""
    folder = study.folder / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        lock = (folder / ".warming").open("w")
    except OSError:
        yield True
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def throw_away_old(study: Study) -> None:
    """Throw away pages that another state of Torg made, and what nobody took in a month."""
    with suppress(OSError):
        for folder in folder_of(study, "pages").iterdir():
            if folder.name != made_by():
                shutil.rmtree(folder, ignore_errors=True)
    before = time.time() - _A_MONTH
    for path in (path for kind in _KINDS for path in folder_of(study, kind).rglob("*")):
        _throw_away_from(path, before)


def _throw_away_from(path: Path, before: float) -> None:
    with suppress(OSError):  # another process is at it too
        is_old = path.is_file() and path.stat().st_mtime < before
        if is_old and not path.name.startswith(_LOCK):
            path.unlink()
