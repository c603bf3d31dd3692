"""The log of a Delta table, read and appended to without the library.

To open a table through the library takes some ten milliseconds, and a small append opens a dozen
tables several times. What Torg needs of the log is little: which files are live, and since when.
The entries are those of the Delta Lake protocol; other programs read the tables as any others.
"""

import json
import os
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.compute as pc
import pyarrow.parquet as pq

Action = Mapping[str, Any]

_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint\.parquet")
_ATTEMPTS = 5  # to read a log of which another process is dropping old entries


class BrokenLogError(Exception):
    """The log cannot be followed; says why."""


@dataclass
class Log:
    """What the entries up to one version come to."""

    version: int = -1
    checkpoint: int = -1  # the version of the checkpoint that it was read from
    protocol: dict[str, Any] = field(default_factory=dict)
    configuration: dict[str, str] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)  # the add action by file name

    def apply(self, action: Action) -> None:
        """Take in one action of an entry or a checkpoint."""
        if (added := action.get("add")) is not None:
            self.files[unquote(added["path"])] = added
        elif (removed := action.get("remove")) is not None:
            self.files.pop(unquote(removed["path"]), None)
        elif (meta := action.get("metaData")) is not None:
            self.configuration = dict(meta["configuration"] or {})
        elif (protocol := action.get("protocol")) is not None:
            self.protocol = dict(protocol)


def read_log(folder: Path) -> Log | None:
    """The log of a table's folder; None where there is none yet.

    Raises BrokenLogError where an entry is lacking or is none.
    """
    for _ in range(_ATTEMPTS):
        try:
            return _read(folder)
        except FileNotFoundError:
            continue
    raise BrokenLogError("its log changes while it is read")


def newest(folder: Path) -> int:
    """The newest version that the log names; -1 where there is none."""
    entries, checkpoints = _names(folder)
    return max([*entries, *checkpoints], default=-1)


def is_there(folder: Path, version: int) -> bool:
    """Whether the log still names a version."""
    log = folder / "_delta_log"
    names = (f"{version:020}.json", f"{version:020}.checkpoint.parquet")
    return any((log / name).exists() for name in names)


def drop_folded(folder: Path) -> None:
    """Take away the entries and checkpoints that the newest checkpoint stands for.

    Who is reading them begins anew, from the checkpoint.
    """
    entries, checkpoints = _names(folder)
    last = max(checkpoints, default=-1)
    old = [f"{version:020}.json" for version in entries if version < last]
    old += [f"{version:020}.checkpoint.parquet" for version in checkpoints if version < last]
    for name in old:
        (folder / "_delta_log" / name).unlink(missing_ok=True)


def add_entry(folder: Path, version: int, actions: Iterable[Mapping[str, Any]]) -> None:
    """Write entry `version` and see to it that it lies on the disk before this returns.

    Raises FileExistsError where somebody else has written it.
    """
    log = folder / "_delta_log"
    unfinished = log / f"_commit_{uuid.uuid4().hex}.json.tmp"
    try:
        with unfinished.open("x", encoding="utf-8") as file:
            # The disk's own clock: when the files that are replaced ceased to be live.
            at = os.fstat(file.fileno()).st_mtime_ns // 1_000_000
            stamped = [_stamped(action, at) for action in actions]
            file.write("".join(json.dumps(action) + "\n" for action in stamped))
            file.flush()
            os.fsync(file.fileno())
        if not is_there(folder, version - 1):  # others have gone on, and tidied behind them
            raise FileExistsError(log)
        os.link(unfinished, log / f"{version:020}.json")
    finally:
        unfinished.unlink(missing_ok=True)
    sync(log)


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _stamped(action: Mapping[str, Any], at: int) -> dict[str, Any]:
    stamp = {"commitInfo": "timestamp", "remove": "deletionTimestamp"}
    return {
        name: {**about, stamp[name]: at} if name in stamp else about
        for name, about in action.items()
    }


def _read(folder: Path) -> Log | None:
    entries, checkpoints = _names(folder)
    if not entries and not checkpoints:
        return None
    log = Log(checkpoint=max(checkpoints, default=-1))
    log.version = log.checkpoint
    if log.checkpoint >= 0:
        _take_checkpoint(folder / "_delta_log" / f"{log.checkpoint:020}.checkpoint.parquet", log)
    for version in sorted(entry for entry in entries if entry > log.checkpoint):
        if version != log.version + 1:
            raise BrokenLogError(f"entry {log.version + 1} of its log is lost")
        _take_entry(folder / "_delta_log" / f"{version:020}.json", log)
        log.version = version
    return log


def _names(folder: Path) -> tuple[list[int], list[int]]:
    """The versions of which there are entries, and checkpoints."""
    try:
        names = os.listdir(folder / "_delta_log")  # noqa: PTH208 -- ten times as fast for thousands
    except (FileNotFoundError, NotADirectoryError):
        return [], []
    entries = [int(name[:20]) for name in names if name[20:] == ".json" and name[:20].isdecimal()]
    checkpoints = [int(match[1]) for name in names if (match := _CHECKPOINT.fullmatch(name))]
    return entries, checkpoints


def _take_entry(path: Path, log: Log) -> None:
    text = path.read_text(encoding="utf-8")
    try:
        for line in text.splitlines():
            log.apply(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenLogError(f"{path.name} is no entry of a log: {error}") from error
    if not text.strip():
        raise BrokenLogError(f"{path.name} is empty")


def _take_checkpoint(path: Path, log: Log) -> None:
    wanted = ["add.path", "add.size", "add.stats", "metaData", "protocol"]
    try:
        with pq.ParquetFile(path) as opened:
            table = opened.read(columns=wanted)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise BrokenLogError(f"{path.name} cannot be read: {error}") from error
    # Most rows are of files that were removed, and to make dicts of them takes long.
    named = [table.column(name).is_valid() for name in table.column_names]
    for row in table.filter(reduce(pc.or_, named)).to_pylist():
        log.apply(row)
