"""Whether a file stays what it was while it is read: one that is still being written is refused."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from torg.errors import FileRefused

# Bytes; a file up to this size is hashed once more, since a clock of files ticks some times a
# second only. In a larger one the time between the ticks is short beside that of reading it.
_HASHED_AGAIN = 64 * 2**20


@dataclass(frozen=True)
class Stamp:
    """What the file system says of a file; it changes with every writing that lasts."""

    inode: int
    size: int  # bytes
    modified_ns: int


def stamp(path: Path) -> Stamp:
    """The stamp of a file now."""
    about = path.stat()
    return Stamp(about.st_ino, about.st_size, about.st_mtime_ns)


def sha256_of(path: Path) -> str:
    """SHA-256 of the file's bytes, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def steady(path: Path, *, since: Stamp, sha256: str) -> Iterator[None]:
    """Raise FileRefused where the file is no longer that of the stamp and the hash.

    Half a file may also be refused for what it seems to lack; that it grows is the better reason.
    """
    try:
        yield
    except FileRefused as refusal:
        if not _is_same(path, since, sha256):
            raise _changed() from refusal
        raise
    if not _is_same(path, since, sha256):
        raise _changed()


def _is_same(path: Path, since: Stamp, sha256: str) -> bool:
    try:
        return stamp(path) == since and (since.size > _HASHED_AGAIN or sha256_of(path) == sha256)
    except FileNotFoundError:
        return False


def _changed() -> FileRefused:
    return FileRefused(
        "was changed while it was read, and nothing of it was kept: wait until whatever writes it "
        "is done, then import it again."
    )
