"""Files that no reader will ever ask for: what killed runs left behind.

Whoever looks must hold the lock, or the files of an import under way look just the same.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from torg.archive.footers import REWRITE, sources_in
from torg.archive.lake import DataFile, Listing, commit, listing, log_entry
from torg.archive.pinned import pin
from torg.archive.tables import TABLES

# What Delta itself puts into its log; anything else there is an unfinished entry.
_LOG = re.compile(r"\d{20}\.(json|checkpoint\..*parquet|crc)|_last_checkpoint|_sidecars|\..*")

_OF_NO_SOURCE = frozenset({"sources", "forgotten"})  # what is live there counts


@dataclass(frozen=True)
class Leftover:
    """A file to be removed; `live` if Delta counts it among the table's files."""

    table: str
    path: Path
    live: DataFile | None = None


def leftovers(folder: Path) -> tuple[Leftover, ...]:
    """All that killed runs left in the archive."""
    committed = frozenset(pin(folder).committed["source_id"])
    found: list[Leftover] = []
    for table in TABLES:
        if (folder / table).is_dir():
            found += _of_table(folder, table, committed)
    return tuple(found)


def remove(folder: Path, found: tuple[Leftover, ...]) -> None:
    """Take leftovers out of the tables, then off the disk."""
    for table in TABLES:
        dead = [left.live for left in found if left.table == table and left.live is not None]
        if dead:
            commit(folder, table, add=[], remove=dead)
    for left in found:
        left.path.unlink(missing_ok=True)


def _of_table(folder: Path, table: str, committed: frozenset[str]) -> list[Leftover]:
    listed = listing(folder, table)
    live = {file.path.name: file for file in listed.files}
    found = [
        Leftover(table, file.path, file)
        for file in live.values()
        if table not in _OF_NO_SOURCE and committed.isdisjoint(sources_in(file.path))
    ]
    for path in sorted((folder / table).glob("*.parquet")):
        if path.name not in live and _is_stray(folder, listed, path, committed):
            found.append(Leftover(table, path))
    log = sorted((folder / table / "_delta_log").glob("*"))
    return found + [Leftover(table, path) for path in log if not _LOG.fullmatch(path.name)]


def _is_stray(folder: Path, listed: Listing, path: Path, committed: frozenset[str]) -> bool:
    """Whether a file that is not live never was; those that were may still be read by someone."""
    if not path.name.startswith(REWRITE):
        return path.name.partition("-")[0] not in committed
    version = int(path.name.split("-")[1])
    if version > listed.version:
        return True
    entry = log_entry(folder, listed.table, version)
    return bool(entry) and path.name not in entry
