"""The data files of one attempt: written as rows come, a thread a table, with bounded memory."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from torg.archive.deltalog import sync
from torg.archive.footers import SOURCES, WORDS_UNTIL
from torg.archive.lake import commit
from torg.archive.tables import COUNTS, TABLES
from torg.errors import ArchiveError

ROW_GROUP = 131_072  # rows; what one chunk of an import comes to

# Columns of few different values; to hash the others into a dictionary costs time for nothing.
REPEATING = frozenset(
    {
        "source_id", "platform", "channel", "id_space", "channel_name", "type", "read_at",
        "question_rule", "kind", "reason", "expires_on", "followers", *COUNTS,
    }
)  # fmt: skip

# Columns by which readers skip row groups. What citizens wrote must leave no minimum and maximum.
STATISTICS = frozenset({"post_key", "reply_key", "published_at", "read_at"})
WITHOUT_STATISTICS = frozenset({"citizens"})


class TableFile:
    """One Parquet file, opened with its first rows and written in the background.

    At most one chunk waits while the next is made, so memory stays bounded. The footer says whose
    rows the file holds, and when the first words in it expire.
    """

    def __init__(self, table: str, path: Path) -> None:
        self.table = table
        self.path = path
        self.rows = 0
        self._sources: set[str] = set()
        self._words_until: dt.date | None = None
        self._writer: pq.ParquetWriter | None = None
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._pending: Future[None] | None = None

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows; columns beyond the table's are left out."""
        if frame.height == 0:
            return
        self.wait()
        self.rows += frame.height
        self._pending = self._pool.submit(self._write, frame.select(TABLES[self.table].names))

    def wait(self) -> None:
        """Wait for the chunk under way, and raise what befell it."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending.result()

    def close(self) -> None:
        """Finish the file."""
        try:
            self.wait()
        finally:
            self._pool.shutdown()
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.add_key_value_metadata(self._footer())
                writer.close()
                sync(self.path)

    def give_up(self) -> None:
        """Close whatever is open and take the file away."""
        # Why it could not be finished is on its way already.
        with suppress(OSError, pa.ArrowException):
            self.close()
        self.path.unlink(missing_ok=True)

    def _write(self, frame: pl.DataFrame) -> None:
        self._note(frame)
        rows = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = self._open(rows.schema)
        self._writer.write_table(rows, row_group_size=ROW_GROUP)

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        names = schema.names
        no_statistics = self.table in WITHOUT_STATISTICS
        return pq.ParquetWriter(
            self.path,
            schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=[name for name in names if name in REPEATING],
            write_statistics=False if no_statistics else [n for n in names if n in STATISTICS],
            store_schema=False,
        )

    def _note(self, frame: pl.DataFrame) -> None:
        if "source_id" in frame.columns:
            self._sources.update(frame["source_id"].unique())
        if self.table == "citizens":
            until = frame.select(pl.col("expires_on").filter(pl.col("text").is_not_null())).min()
            days = [day for day in (self._words_until, until.item()) if day is not None]
            self._words_until = min(days, default=None)

    def _footer(self) -> dict[str, str]:
        footer = {SOURCES.decode(): json.dumps(sorted(self._sources))}
        if self.table == "citizens":
            said = self._words_until.isoformat() if self._words_until else ""
            footer[WORDS_UNTIL.decode()] = said
        return footer


@contextmanager
def writable(folder: Path) -> Iterator[None]:
    """Turn a disk that is full or closed into a sentence."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{folder} cannot be written ({error.strerror or error}): make room or set its "
            "permissions right, then run the command again; nothing of this was kept."
        ) from error


class Attempt:
    """The files of one import, named after its source; those not committed are removed again."""

    def __init__(self, folder: Path, source_id: str) -> None:
        self.source_id = source_id
        self._folder = folder
        self._files: dict[str, TableFile] = {}
        self._committed: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name, file in self._files.items():
            if name not in self._committed:
                file.give_up()

    def write(self, table: str, frame: pl.DataFrame) -> None:
        """Add rows to the table's file; `source_id` is put in."""
        if frame.height == 0:
            return
        if table not in self._files:
            path = self._folder / table / f"{self.source_id}-{table}.parquet"
            self._files[table] = TableFile(table, path)
        with writable(self._folder):
            self._files[table].write(frame.with_columns(source_id=pl.lit(self.source_id)))

    def rows(self, table: str) -> int:
        """How many rows were written to a table."""
        return self._files[table].rows if table in self._files else 0

    def finish(self, tables: Iterable[str]) -> dict[str, Path]:
        """Close the files of these tables and give their paths."""
        chosen = [name for name in tables if name in self._files]
        with writable(self._folder):
            for name in chosen:
                self._files[name].close()
        return {name: self._files[name].path for name in chosen}

    def keep_last(self, table: str, key: str, keys: pl.Series) -> None:
        """Write the table's finished file anew with the last row alone of each of the keys."""
        old = self._files[table]
        column = pl.read_parquet(old.path, columns=[key])[key]
        several = column.is_in(keys.implode())
        kept = ~several | (column.is_last_distinct() & several)
        file = TableFile(table, old.path.with_name(f"{self.source_id}-mended-{table}.parquet"))
        self._files[table] = file
        with writable(self._folder):
            with pq.ParquetFile(old.path) as opened:
                at = 0
                for batch in opened.iter_batches(batch_size=ROW_GROUP):
                    file.write(pl.DataFrame(batch).filter(kept.slice(at, batch.num_rows)))
                    at += batch.num_rows
            file.close()
            old.path.unlink()

    def commit(self, table: str, *, after: int) -> None:
        """Make the table's finished file live, if nobody has changed the table since `after`."""
        with writable(self._folder):
            commit(self._folder, table, add=[self._files[table].path], after=after)
        self._committed.add(table)
