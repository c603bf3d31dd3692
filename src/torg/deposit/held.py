"""What a release holds: its facts, and its tables as the files that are there."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from torg.deposit.codebook import Described, described
from torg.deposit.told import TABLES
from torg.errors import StudyError
from torg.release import digest_of


@dataclass(frozen=True, kw_only=True)
class HeldFile:
    """A file of a release. `path` is below its folder; `name` what it is called in an address."""

    name: str
    path: str
    size: int
    sha256: str

    @property
    def ending(self) -> str:
        """What its name ends in: `csv`."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True)
class Held:
    """A release in its folder: what made it, its tables, and every file of its results."""

    folder: Path
    name: str
    digest: str  # of all files of results/, as the release says
    report_digest: str
    provenance: Mapping[str, Any] = field(hash=False, repr=False)
    tables: Mapping[str, Described] = field(hash=False, repr=False)
    files: Mapping[str, HeldFile] = field(hash=False, repr=False)

    @property
    def day(self) -> dt.date:
        """The day that it was made."""
        return dt.date.fromisoformat(self.name[:10])

    @property
    def is_invented(self) -> bool:
        """Whether the study calls itself invented or simulated, or the results do."""
        study = self.provenance.get("study", {})
        return bool(study.get("invented") or study.get("simulated") or self._says_so)

    @property
    def _says_so(self) -> bool:
        """What the results say of themselves, as their pages do."""
        there = (name for name in ("about.json", "survey-about.json") if name in self.files)
        told = (json.loads(self.bytes_of(name)) for name in there)
        return any(each.get("invented") for each in told)

    @property
    def title(self) -> str:
        """The study's title."""
        return str(self.provenance.get("study", {}).get("title", self.name))

    @property
    def study(self) -> str:
        """The study's id."""
        return str(self.provenance.get("study", {}).get("id", ""))

    def frame(self, table: str) -> pl.DataFrame:
        """A table of the release."""
        return pl.read_parquet(self.folder / self.files[f"{table}.parquet"].path)

    def bytes_of(self, name: str) -> bytes:
        """The content of one of `files`."""
        return (self.folder / self.files[name].path).read_bytes()


def read_held(folder: Path) -> Held:
    """The release in a folder. Raises StudyError where it is not as it was when it was made."""
    provenance = _provenance(folder)
    files = {file.name: file for file in _files(folder)}
    if digest_of(folder / "results") != provenance["digest"]:
        raise StudyError(
            f"{folder / 'results'} is not as it was when the release was made: restore the release "
            f"{folder.name} from your copy."
        )
    return Held(
        folder=folder,
        name=folder.name,
        digest=provenance["digest"],
        report_digest=provenance.get("report_digest", ""),
        provenance=provenance,
        tables={table.name: table for table in _tables(folder, files)},
        files=files,
    )


def _provenance(folder: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads((folder / "provenance.json").read_text("utf-8"))
        return {"digest": facts["digest"], **facts}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StudyError(
            f"{folder / 'provenance.json'} is not there, or is damaged: take another copy."
        ) from error


def _files(folder: Path) -> Iterator[HeldFile]:
    results = folder / "results"
    for path in sorted(path for path in results.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield HeldFile(
            name=_name(path.relative_to(results)),
            path=path.relative_to(folder).as_posix(),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )


def _name(path: Path) -> str:
    """`survey/px/q1.px` is called `survey-px-q1.px`: an address has no folders."""
    return "-".join(path.parts)


def _tables(folder: Path, files: Mapping[str, HeldFile]) -> Iterator[Described]:
    """In the order of the codebook, those that it does not know last."""
    names = [name.removesuffix(".parquet") for name in files if name.endswith(".parquet")]
    order = {name: at for at, name in enumerate(TABLES)}
    for name in sorted(names, key=lambda name: (order.get(name, len(order)), name)):
        path = folder / files[f"{name}.parquet"].path
        rows = pl.scan_parquet(path).select(pl.len()).collect().item()
        yield described(name, pl.read_parquet_schema(path), rows=rows)
