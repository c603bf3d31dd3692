"""Moments that are written as a number of seconds or milliseconds since 1970."""

import datetime as dt

import polars as pl

from torg.collect.reading.cells import Column, is_missing
from torg.collect.reading.faults import cell_fault, first_fault, row_fault
from torg.collect.records import INSTANT

# No network is older; a number that says less counts something else.
EARLIEST = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_NUMBER = r"^(\d{9,14})(?:\.0+)?$"


def seconds(text: pl.Series, *, what: str, needed: bool = True) -> Column:
    """Whole seconds since 1970, in UTC; blank ones are faults where they are `needed`."""
    return _counted(text, micros=1_000_000, what=what, needed=needed)


def milliseconds(text: pl.Series, *, what: str, needed: bool = True) -> Column:
    """Whole milliseconds since 1970, in UTC; blank ones are faults where they are `needed`."""
    return _counted(text, micros=1_000, what=what, needed=needed)


def of_ticks(ticks: pl.Series) -> pl.Series:
    """Microseconds since 1970 as instants; null where no network was there yet."""
    values = ticks.cast(INSTANT)
    possible = values.is_between(EARLIEST, LATEST).fill_null(value=False)
    return pl.select(pl.when(possible).then(values)).to_series()


def _counted(text: pl.Series, *, micros: int, what: str, needed: bool) -> Column:
    number = text.str.strip_chars().str.extract(_NUMBER).cast(pl.Int64, strict=False)
    values = of_ticks(number * micros)
    blank = is_missing(text)
    if not (values.is_null() & (~blank | needed)).any():
        return Column(values)
    unit = "seconds" if micros == 1_000_000 else "milliseconds"
    why = f"is no moment in {unit} since 1970"
    faults = [cell_fault(values.is_null() & ~blank, text, what=what, why=why)]
    if needed:
        lacking = f"{what} is blank, and without it nothing can be dated"
        faults.insert(0, row_fault(blank, lacking))
    return Column(values, first_fault(faults, height=values.len()))
