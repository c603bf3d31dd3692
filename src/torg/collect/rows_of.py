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
_ROWS_AT_ONCE = 20_000
Result = TypeVar("Result")


def header_of(path: Path) -> tuple[Cells, Dialect]:
    """A file's column names, and how its cells are separated."""
    with opened(path) as file:
        if file.read(4) == _PARQUET:
            return tuple(_parquet(path).schema_arrow.names), PARQUET
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
    except pa.ArrowInvalid as error:
        raise FileRefused("the Parquet file is damaged or cut short: write it again") from error


def _parquet_parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    size, done = path.stat().st_size, 0
    with _parquet(path) as file:
        total = max(1, file.metadata.num_rows)
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            rows = _parquet_rows(batch, first=done + 1, layout=layout)
            done += batch.num_rows
            yield work(rows), size * done // total


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
    return values.cast(pl.String, strict=False).fill_null("")
