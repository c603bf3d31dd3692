"""A file's rows, whatever holds them: delimited text or Parquet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from torg.collect.headers import read_head
from torg.collect.reading import each_part
from torg.collect.table import PARQUET, Cells, Dialect, Layout, Rows
from torg.collect.tape import Tape, opened
from torg.errors import FileRefused

_PARQUET = b"PAR1"
# First bytes of what is no text at all, and what to do about it.
_FOREIGN = {
    b"PK\x03\x04": "this is a workbook or a zip archive: save its sheet as CSV, or unpack it",
    b"\xd0\xcf\x11\xe0": "this is an old Excel workbook: save its sheet as CSV",
    b"\x1f\x8b": "this is compressed with gzip: unpack it",
    b"%PDF": "this is a PDF: export the data itself as CSV",
    b"{": "this is JSON, which Torg does not read yet: export it as CSV",
    b"[": "this is JSON, which Torg does not read yet: export it as CSV",
}
_DAMAGED = "the Parquet file is damaged or cut short: write it again"
_DAMAGES = (pa.ArrowException, OSError, UnicodeDecodeError)
_ROWS_AT_ONCE = 20_000
Result = TypeVar("Result")


def header_of(path: Path) -> tuple[Cells, Dialect]:
    """A file's column names, and how its cells are separated."""
    with opened(path) as file:
        first = file.read(4)
        if first == _PARQUET:
            return tuple(_parquet(path).schema_arrow.names), PARQUET
        for mark, why in _FOREIGN.items():
            if first.startswith(mark):
                raise FileRefused(why)
        file.seek(0)
        head = read_head(Tape(file))
    return head.header, head.dialect


def parts_of(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    """`work` done on all rows in the order of the file, with the bytes read so far."""
    if layout.dialect == PARQUET:
        yield from _parquet_parts(path, layout=layout, work=work)
        return
    with opened(path) as file:
        tape = Tape(file)
        read_head(tape)
        for result in each_part(tape, layout=layout, work=work):
            yield result, tape.taken


def _parquet(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except _DAMAGES as error:
        raise FileRefused(_DAMAGED) from error


def _parquet_parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    size, done = path.stat().st_size, 0
    with _parquet(path) as file:
        total = max(1, file.metadata.num_rows)
        for batch in _batches(file):
            rows = _parquet_rows(batch, first=done + 1, layout=layout)
            done += batch.num_rows
            yield work(rows), size * done // total


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    try:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            batch.validate(full=True)  # Polars trusts what it is given, and ends with the program
            yield batch
    except _DAMAGES as error:
        raise FileRefused(_DAMAGED) from error


def _parquet_rows(batch: pa.RecordBatch, *, first: int, layout: Layout) -> Rows:
    """Parquet's rows as text, so that they are judged as a CSV of the same content is."""
    columns = [_as_text(batch.column(place)) for place in range(batch.num_columns)]
    frame = pl.DataFrame(
        {field: columns[place] for field, place in layout.wanted.items()}
    ).with_columns(pl.int_range(first, first + batch.num_rows, dtype=pl.Int64).alias("line"))
    return Rows(
        frame, lambda places: [tuple(column[place] for column in columns) for place in places]
    )


def _as_text(column: pa.Array) -> pl.Series:
    values = pl.Series(pl.from_arrow(column))
    if isinstance(values.dtype, pl.Datetime):
        offset = "+00:00" if values.dtype.time_zone else ""
        if values.dtype.time_zone:
            values = values.dt.convert_time_zone("UTC")
        return (values.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f") + offset).fill_null("")
    try:
        return values.cast(pl.String, strict=False).fill_null("")
    except pl.exceptions.PolarsError:  # lists and the like, which no field is
        return pl.Series(values.name, map(str, values), dtype=pl.String)
