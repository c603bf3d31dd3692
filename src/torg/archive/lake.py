"""The Delta tables of one archive: created, opened, listed, committed, whatever their rows mean."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, RemoveAction

from torg.archive.tables import SCHEMA_VERSION, TABLES
from torg.errors import ArchiveError

VERSION_PROPERTY = "torg.schemaVersion"

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


def refuse_lost(folder: Path, versions: Mapping[str, int]) -> None:
    """Raise where a table is not there (version -1) in an archive that holds something."""
    lost = [table for table, version in versions.items() if version < 0]
    used = any(version > 0 for version in versions.values())
    if lost and used:
        raise ArchiveError(
            f"{folder / lost[0]} is lost, while other tables are there: restore it from a copy."
        )


def create_tables(folder: Path) -> None:
    """Make the tables that are not there yet."""
    lacking = [name for name in TABLES if not DeltaTable.is_deltatable(_uri(folder / name))]
    if lacking:
        refuse_lost(folder, {name: listing(folder, name).version for name in TABLES})
    for table in lacking:
        path = folder / table
        path.mkdir(parents=True, exist_ok=True)
        DeltaTable.create(
            _uri(path),
            TABLES[table],
            mode="ignore",
            configuration={
                VERSION_PROPERTY: str(SCHEMA_VERSION),
                **_NO_STATISTICS,
                **CONFIGURATION.get(table, {}),
            },
            raise_if_key_not_exists=False,
        )


def listing(folder: Path, table: str) -> Listing:
    """The live files of a table now."""
    delta = open_table(folder, table)
    if delta is None:
        return Listing(table)
    stream: Any = delta.get_add_actions(flatten=True)
    actions = pa.RecordBatchReader.from_stream(stream).read_all()
    files = tuple(
        DataFile(folder / table / row["path"], row["size_bytes"], row["num_records"])
        for row in actions.select(["path", "size_bytes", "num_records"]).to_pylist()
    )
    return Listing(table, delta.version(), tuple(sorted(files, key=lambda file: file.path.name)))


def open_table(folder: Path, table: str) -> DeltaTable | None:
    """The table at its newest version; None where it is not there yet."""
    path = folder / table
    if not (path / "_delta_log").is_dir():
        return None
    try:
        delta = DeltaTable(_uri(path))
        _refuse_unknown(delta, path)
    except TableNotFoundError:
        return None
    except DeltaError as error:
        raise ArchiveError(
            f"{path} cannot be opened ({error}): restore the folder from a copy, "
            "or use the version of Torg that wrote it."
        ) from error
    return delta


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
    delta = open_table(folder, table)
    if delta is None or (after is not None and delta.version() != after):
        raise _overtaken(folder / table)
    actions: list[AddAction | RemoveAction] = [_added(path) for path in add]
    actions += [_removed(file) for file in remove]
    try:
        delta.create_write_transaction(
            actions,
            "append",
            TABLES[table],
            commit_properties=CommitProperties(max_commit_retries=0 if after is not None else 15),
            post_commithook_properties=PostCommitHookProperties(cleanup_expired_logs=False),
        )
    except CommitFailedError as error:
        raise _overtaken(folder / table) from error


def forget_log(folder: Path, table: str) -> None:
    """Fold the log into a checkpoint and drop every entry before it."""
    delta = open_table(folder, table)
    if delta is not None:
        delta.create_checkpoint()
        delta.cleanup_metadata()


def long_dead(folder: Path, table: str, kept: dt.timedelta) -> tuple[Path, ...]:
    """Files that ceased to be live longer ago than `kept`."""
    delta = open_table(folder, table)
    if delta is None:
        return ()
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


def _refuse_unknown(delta: DeltaTable, path: Path) -> None:
    protocol = delta.protocol()
    unknown = set(protocol.reader_features or ()) - KNOWN_READER_FEATURES
    if unknown or protocol.min_reader_version > HIGHEST_READER_VERSION:
        names = ", ".join(sorted(unknown)) or f"reader version {protocol.min_reader_version}"
        raise ArchiveError(
            f"{path} uses features of Delta Lake that this Torg does not know ({names}): "
            "read it with a newer Torg."
        )
    version = delta.metadata().configuration.get(VERSION_PROPERTY)
    if version != str(SCHEMA_VERSION):
        raise ArchiveError(
            f"{path} has schema version {version or 'unknown'}, this Torg reads {SCHEMA_VERSION}: "
            "use the version of Torg that wrote it, or a newer one."
        )


def _added(path: Path) -> AddAction:
    about = path.stat()
    rows = pq.read_metadata(path).num_rows
    return AddAction(
        path=path.name,
        size=about.st_size,
        partition_values={},
        modification_time=about.st_mtime_ns // 1_000_000,
        data_change=True,
        stats=json.dumps({"numRecords": rows}),
    )


def _removed(file: DataFile) -> RemoveAction:
    at = file.path.stat().st_mtime_ns // 1_000_000
    return RemoveAction(file.path.name, True, at, file.size, {})  # noqa: FBT003 -- takes no keywords


def _overtaken(path: Path) -> ArchiveError:
    return ArchiveError(
        f"{path} was changed by another program in the meantime, and nothing of this was kept: "
        "run the command again."
    )
