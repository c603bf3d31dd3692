"""A study as Python sees it: `study = torg.open(DIR)`."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from torg import main
from torg.importing import import_files
from torg.registering import register_import
from torg.study import Study


@dataclass(frozen=True)
class OpenStudy:
    """A study folder and what can be done with it; each method is a command of the same name."""

    study: Study

    @property
    def folder(self) -> Path:
        """Where the study lies."""
        return self.study.folder

    def register_import(self, *paths: str | Path) -> list[dict[str, Any]]:
        """Take municipalities and channels into the register; a row per file."""
        return register_import(self.study, _paths(paths))

    def import_files(
        self,
        *paths: str | Path,
        timezone: str | None = None,
        exported_at: dt.datetime | None = None,
        **answers: Any,  # noqa: ANN401 -- the further fields of ImportOptions
    ) -> pl.DataFrame:
        """Take exports into the archive; a row per file, `refused` where one was not taken.

        `answers` are what a file may ask for, by the names of `torg import`'s options.
        """
        options = main.import_options(
            self.study, timezone=timezone, exported_at=exported_at, **answers
        )
        return pl.DataFrame(import_files(self.study, _paths(paths), options=options).rows)

    def measure(
        self,
        *,
        start: dt.date | None = None,
        end: dt.date | None = None,
        engine: str = "duckdb",
        as_of: dt.datetime | None = None,
    ) -> pl.DataFrame:
        """Every measure of every municipality, platform and channel, as `torg measure` has it."""
        return main.measure(self.study, start=start, end=end, engine=engine, as_of=as_of)

    def rank(self, *, engine: str = "duckdb", as_of: dt.datetime | None = None) -> pl.DataFrame:
        """Places with their rank sets: the columns of `torg rank`."""
        return main.rank(self.study, engine=engine, as_of=as_of)

    def rejects(self) -> pl.DataFrame:
        """Every rejected row: file name, line, reason, and the row, personal columns blanked."""
        return pl.DataFrame(main.archive_rejects(self.study))

    def run(self) -> Path:
        """Make a release if anything has changed; the folder of the latest one."""
        return main.run(self.study).folder


def open(folder: str | Path = ".") -> OpenStudy:  # noqa: A001 -- reads as torg.open(DIR)
    """The study in `folder`. Raises StudyError where there is none."""
    return OpenStudy(main.study_in(Path(folder)))


def create(folder: str | Path, *, template: str = "default", title: str | None = None) -> OpenStudy:
    """A new study in `folder`. Raises StudyError where there is one already."""
    return OpenStudy(main.init(Path(folder), template=template, title=title))


def demo(folder: str | Path, *, municipalities: int = 357, weeks: int = 17, seed: int = 1) -> Path:
    """A simulated country with the whole road run on it; the folder of its release."""
    made = main.demo(Path(folder), municipalities=municipalities, weeks=weeks, seed=seed)
    return made.folder


def _paths(paths: Sequence[str | Path]) -> list[Path]:
    return [Path(path) for path in paths]
