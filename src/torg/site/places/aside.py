"""Pages put aside on disk, beside the study: what one process made, all others and the next take.

The folder holds nothing that cannot be made anew: it may be thrown away at any time. What is in it
was made by one state of Torg's own files; another state looks into another folder.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path

from torg.study import Study

FOLDER = "cache"  # in the study's folder
_FROM_HASH = 24  # digits of a hash that name a file


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


def place_of(study: Study, key: Hashable) -> Path:
    """Where the page of a key lies, if it lies there."""
    name = hashlib.sha256(repr(key).encode()).hexdigest()[:_FROM_HASH]
    return study.folder / FOLDER / "pages" / made_by() / name


def taken(path: Path) -> bytes | None:
    """What was put there; None where nothing was."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def put(path: Path, content: bytes) -> None:
    """Put a page there in one step. Where nothing can be written it is made again each time."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(path)


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let the others that want to make the same page wait, in whichever process they are."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = (path.parent / f".lock-{path.name[:2]}").open("w")
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
    """Throw away what another state of Torg put aside."""
    with suppress(OSError):
        for folder in (study.folder / FOLDER / "pages").iterdir():
            if folder.name != made_by():
                shutil.rmtree(folder, ignore_errors=True)
