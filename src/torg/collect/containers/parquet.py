"""Parquet: its values as text, so that they are judged as a CSV of the same content is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from torg.collect.containers.shape import Container, Result
from torg.collect.reading.headers import Head
from torg.collect.reading.table import Dialect, Layout, Rows
from torg.errors import FileRefused

_DIALECT = Dialect("", container="parquet")
_DAMAGED = "the Parquet file is damaged or cut short: write it again"
_DAMAGES = (pa.ArrowException, OSError, UnicodeDecodeError)
_ROWS_AT_ONCE = 20_000


def _heads(path: Path) -> tuple[Head, ...]:
    with _opened(path) as file:
        return (Head(tuple(file.schema_arrow.names), _DIALECT),)


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    size, done = path.stat().st_size, 0
    with _opened(path) as file:
        total = max(1, file.metadata.num_rows)
        for batch in _batches(file):
            rows = _rows(batch, first=done + 1, layout=layout)
            done += batch.num_rows
            yield work(rows), size * done // total


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path)
    except _DAMAGES as error:
        raise FileRefused(_DAMAGED) from error


def _batches(file: pq.ParquetFile) -> Iterator[pa.RecordBatch]:
    try:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            batch.validate(full=True)  # Polars trusts what it is given, and ends with the program
            yield batch
    except _DAMAGES as error:
        raise FileRefused(_DAMAGED) from error


def _rows(batch: pa.RecordBatch, *, first: int, layout: Layout) -> Rows:
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


PARQUET = Container(_heads, _parts)
