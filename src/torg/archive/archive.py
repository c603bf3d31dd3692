"""The archive as one thing: where it lies, who may write now, and what can be done with it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import filelock
import polars as pl

from torg.archive import append as appending
from torg.archive.append import Appended
from torg.archive.engine import connect
from torg.archive.identity import Identity
from torg.archive.intake import Languages, Terms
from torg.archive.lake import create_tables
from torg.archive.pinned import pin, query
from torg.archive.pseudonyms import Pseudonyms
from torg.archive.reading import Reading
from torg.collect.records import Batch
from torg.collect.source import OpenedSource
from torg.errors import ArchiveError

LOCK = "writing.lock"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Archive:
    """The archive in `folder`; an archive without its folder is an empty one.

    One writes at a time: the others wait up to `patience` seconds. Nobody waits to read.
    """

    folder: Path
    patience: float = 3600.0
    now: Callable[[], dt.datetime] = _now
    identity: Identity = field(default_factory=Identity)

    def append(
        self,
        source: OpenedSource,
        batches: Iterable[Batch],
        *,
        pseudonyms: Pseudonyms | None,
        languages: Languages,
        text_days: int,
    ) -> Appended:
        """Take in a file: all of it or, whatever happens, nothing.

        The same file read with the same options changes nothing. Read with other options it
        supersedes what it brought before. `languages` tells in which languages a channel's readers
        write; citizens' text is kept for `text_days` days. Without `pseudonyms` no author is kept.
        """
        with self._writing():
            create_tables(self.folder)
            pinned = pin(self.folder)
            same = appending.unchanged(pinned, source)
            if same is not None:
                return same
            terms = Terms(
                pseudonyms=pseudonyms,
                languages=languages,
                expires_on=self.now().date() + dt.timedelta(days=text_days),
                keep_text=text_days > 0,
            )
            job = appending.begin(
                self.folder,
                source,
                pinned=pinned,
                terms=terms,
                identity=self.identity,
                now=self.now(),
            )
            return appending.run(job, batches)

    def reading(self, *, as_of: dt.datetime | None = None) -> Reading:
        """The archive as it is, or as it was at a moment; what comes later does not change it."""
        return Reading(pin(self.folder, as_of=as_of), today=self.now().date())

    def rejects(self) -> pl.DataFrame:
        """Every rejected row of the sources that count: name, line, reason, row."""
        pinned = pin(self.folder)
        names = pinned.live.select("source_id", "name", position="sources_seen")
        with connect() as connection:
            rows = query(connection, f"SELECT * FROM {pinned.sql('rejects')}")
        named = rows.join(names, on="source_id").sort("position", "line", "reason", "row")
        return named.select("name", "line", "reason", "row", "source_id")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with filelock.FileLock(self.folder / LOCK, timeout=self.patience):
                yield
        except filelock.Timeout:
            raise ArchiveError(
                f"Another Torg has been writing to {self.folder} for {self.patience:.0f} seconds: "
                "wait until it is done, or end it, then run the command again."
            ) from None
