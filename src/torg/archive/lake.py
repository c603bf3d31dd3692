"""The Delta tables of one archive: created, listed, committed, whatever their rows mean."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from torg.archive.deltalog import (
    BrokenLogError,
    Log,
    add_entry,
    drop_folded,
    is_there,
    newest,
    read_log,
    sync,
)
from torg.archive.tables import ADDED_LATER, SCHEMA_VERSION, TABLES
from torg.errors import ArchiveError

VERSION_PROPERTY = "torg.schemaVersion"
TABLES_PROPERTY = "torg.tables"  # of `sources`: the tables that the archive was made with, or since

# Reader features of Delta that change what a file list means; Torg uses none of them.
KNOWN_READER_FEATURES: frozenset[str] = frozenset()
HIGHEST_READER_VERSION = 1

_NO_STATISTICS = {"delta.dataSkippingNumIndexedCols": "0"}

# Minima and maxima of a text would stay in the log after the text is gone.
CONFIGURATION: dict[str, dict[str, str]] = {
    "citizens": {
        "delta.dataSkippingStatsColumns": "source_id",
        "delta.logRetentionDuration": "interval 0 days",
        "delta.deletedFileRetentionDuration": "interval 0 days",
    },
}


@dataclass(frozen=True)
class DataFile:
    """A live Parquet file of a table."""

    path: Path
    size: int  # bytes
    rows: int


@dataclass(frozen=True)
class Listing:
    """A table's live files at one version; version -1 is a table that is not there yet."""

    table: str
    version: int = -1
    files: tuple[DataFile, ...] = ()
    entries: int = 0  # of the log since its last checkpoint
    made_with: frozenset[str] | None = None  # of `sources`: the tables that must be there


def refuse_lost(folder: Path, listings: Mapping[str, Listing]) -> None:
    """Raise where a table is not there (version -1) in an archive that holds something.

    Tables that came later are lacking in an older archive, and that is no loss.
    """
    made_with = listings["sources"].made_with
    later = frozenset(ADDED_LATER) - (made_with if made_with is not None else frozenset())
    lost = [name for name, listed in listings.items() if listed.version < 0 and name not in later]
    used = any(listed.version > 0 for listed in listings.values())
    if lost and used:
        raise ArchiveError(
            f"{folder / lost[0]} is lost, while other tables are there: restore it from a copy."
        )


def create_tables(folder: Path) -> None:
    """Make the tables that are not there yet."""
    lacking = [name for name in TABLES if not _is_made(folder / name)]
    if not lacking:
        return
    listings = {name: listing(folder, name) for name in TABLES}
    refuse_lost(folder, listings)
    with _as_the_system_says():
        for table in lacking:
            _create(folder / table, table)
        if "sources" not in lacking:
            DeltaTable(_uri(folder / "sources")).alter.set_table_properties(
                {TABLES_PROPERTY: ",".join(TABLES)}, raise_if_not_exists=False
            )


def _create(path: Path, table: str) -> None:
    path.mkdir(parents=True, exist_ok=True)
    DeltaTable.create(
        _uri(path),
        TABLES[table],
        mode="ignore",
        configuration={
            VERSION_PROPERTY: str(SCHEMA_VERSION),
            **({TABLES_PROPERTY: ",".join(TABLES)} if table == "sources" else {}),
            **_NO_STATISTICS,
            **CONFIGURATION.get(table, {}),
        },
        raise_if_key_not_exists=False,
    )


@contextmanager
def _as_the_system_says() -> Iterator[None]:
    """The library has an error of its own for a disk that is full."""
    try:
        yield
    except DeltaError as error:
        raise OSError(str(error)) from error


def _is_made(path: Path) -> bool:
    return is_there(path, 0) or newest(path) >= 0


def listing(folder: Path, table: str) -> Listing:
    """The live files of a table now."""
    log = _log(folder / table)
    if log is None:
        return Listing(table)
    made_with = log.configuration.get(TABLES_PROPERTY)
    return Listing(
        table,
        log.version,
        tuple(_file(folder / table / name, log.files[name]) for name in sorted(log.files)),
        entries=log.version - log.checkpoint,
        made_with=None if made_with is None else frozenset(made_with.split(",")),
    )


def _file(path: Path, added: Mapping[str, Any]) -> DataFile:
    about = json.loads(added.get("stats") or "{}")
    return DataFile(path, added["size"], about.get("numRecords", 0))


def _log(path: Path) -> Log | None:
    """The table's log at its newest version; None where it is not there yet."""
    try:
        log = read_log(path)
    except BrokenLogError as error:
        raise ArchiveError(
            f"{path} cannot be opened ({error}): restore the folder from a copy, "
            "or use the version of Torg that wrote it."
        ) from error
    if log is not None:
        _refuse_unknown(log, path)
    return log


def commit(
    folder: Path,
    table: str,
    *,
    add: Sequence[Path],
    remove: Iterable[DataFile] = (),
    after: int | None = None,
) -> None:
    """Make files live and others dead in one step.

    `add` lies in the table's folder already. With `after` the step is taken only when that is
    still the newest version, so that what was decided from it holds.
    """
    path = folder / table
    version = newest(path) if after is None else after
    if version < 0:
        raise _overtaken(path)
    if add:
        sync(path)  # the names of the new files; what is in them was forced there when closed
    written = {"operation": "WRITE", "operationParameters": {"mode": "Append"}}
    actions: list[dict[str, Any]] = [{"commitInfo": written}]
    actions += [_added(file) for file in add]
    actions += [_removed(file) for file in remove]
    try:
        add_entry(path, version + 1, actions)
    except FileExistsError as error:
        raise _overtaken(path) from error


def fold_log(folder: Path, table: str) -> None:
    """Fold the log into a checkpoint and drop what came before it."""
    if newest(folder / table) >= 0:
        delta = DeltaTable(_uri(folder / table))
        with _as_the_system_says():
            delta.create_checkpoint()
        drop_folded(folder / table)


def long_dead(folder: Path, table: str, kept: dt.timedelta) -> tuple[Path, ...]:
    """Files that ceased to be live longer ago than `kept`."""
    if newest(folder / table) < 0:
        return ()
    delta = DeltaTable(_uri(folder / table))
    hours = int(kept.total_seconds() // 3600)
    names = delta.vacuum(retention_hours=hours, dry_run=True, enforce_retention_duration=False)
    return tuple(folder / table / Path(name).name for name in names)


def log_entry(folder: Path, table: str, version: int) -> str:
    """The text of one commit; empty where the log no longer holds it."""
    path = folder / table / "_delta_log" / f"{version:020}.json"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _uri(path: Path) -> str:
    """The address of a folder. Delta unquotes a percent sign once too often in any form."""
    address = path.absolute()
    if "%" in str(address):
        raise ArchiveError(
            f"{address} has a percent sign in its path, which Delta Lake cannot read: "
            "rename that folder, then run the command again."
        )
    return address.as_uri()


def _refuse_unknown(log: Log, path: Path) -> None:
    unknown = set(log.protocol.get("readerFeatures") or ()) - KNOWN_READER_FEATURES
    least = log.protocol.get("minReaderVersion", 0)
    if unknown or least > HIGHEST_READER_VERSION:
        names = ", ".join(sorted(unknown)) or f"reader version {least}"
        raise ArchiveError(
            f"{path} uses features of Delta Lake that this Torg does not know ({names}): "
            "read it with a newer Torg."
        )
    version = log.configuration.get(VERSION_PROPERTY)
    if version != str(SCHEMA_VERSION):
        raise ArchiveError(
            f"{path} has schema version {version or 'unknown'}, this Torg reads {SCHEMA_VERSION}: "
            "use the version of Torg that wrote it, or a newer one."
        )


def _added(path: Path) -> dict[str, Any]:
    about = path.stat()
    return {
        "add": {
            "path": path.name,
            "partitionValues": {},
            "size": about.st_size,
            "modificationTime": about.st_mtime_ns // 1_000_000,
            "dataChange": True,
            "stats": json.dumps({"numRecords": pq.read_metadata(path).num_rows}),
        }
    }


def _removed(file: DataFile) -> dict[str, Any]:
    return {
        "remove": {
            "path": file.path.name,
            "dataChange": True,
            "extendedFileMetadata": True,
            "partitionValues": {},
            "size": file.size,
        }
    }


def _overtaken(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path} was changed by another program in the meantime, and nothing of this was kept: "
        "run the command again."
    )
