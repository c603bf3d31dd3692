"""Checksums of files, as `sha256sum` writes and checks them."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from torg.errors import UserError

_LENGTH = 64  # hexadecimal digits of SHA-256


def sums_of(folder: Path, parts: tuple[str, ...]) -> bytes:
    """A line for each file in the parts of a folder, in the order of their paths."""
    return "".join(f"{found}  {path}\n" for path, found in _sums(folder, parts)).encode()


def summed(folder: Path, parts: tuple[str, ...]) -> Mapping[str, str]:
    """The checksum of each file in the parts of a folder, by its path."""
    return dict(_sums(folder, parts))


def read_sums(content: bytes, *, where: str) -> Mapping[str, str]:
    """The checksum of each file that is named. Raises UserError where it is damaged."""
    found: dict[str, str] = {}
    lines = content.decode(errors="replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        digest, _, path = line.partition("  ")
        if len(digest) != _LENGTH or not path:
            raise UserError(f"{where}, line {number}: no checksum and name; take another copy.")
        found[path] = digest
    return found


def _sums(folder: Path, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    paths = [path for part in parts for path in (folder / part).rglob("*") if path.is_file()]
    for path in sorted(paths):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        yield path.relative_to(folder).as_posix(), digest
