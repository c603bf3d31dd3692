"""What tests ask of an archive."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import ibis
import polars as pl

from torg.archive import Archive, Reading

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


class Clock:
    """A day passes with every look."""

    def __init__(self, start: dt.datetime = START) -> None:
        self.today = start

    def __call__(self) -> dt.datetime:
        self.today += dt.timedelta(days=1)
        return self.today


def rows(reading: Reading, table: str, *columns: str) -> list[tuple]:
    """The rows of a table, sorted; the columns asked for."""
    backend = ibis.duckdb.connect()
    tables = {**reading.tables(backend), "citizens": reading.citizens(backend)}
    try:
        frame = tables[table].select(*columns).to_pyarrow()
    finally:
        backend.disconnect()
    return sorted(pl.DataFrame(frame).rows(), key=repr)


def archive_in(folder: Path, *, now: Callable[[], dt.datetime] | None = None) -> Archive:
    """An archive whose clock is a test's."""
    return Archive(folder / "archive", now=now or Clock())
