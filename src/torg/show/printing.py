"""Words, tables and JSON: to standard output what was asked for, to standard error the rest."""

import datetime as dt
import json as json_text
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich import progress as bars
from rich.console import Console
from rich.table import Table

from torg.importing import Progress

Row = dict[str, Any]

_UNBOUNDED = 10_000  # columns of a pipe: nothing that a program reads is cut


def line(text: str) -> None:
    """A sentence on standard output."""
    sys.stdout.write(f"{printable(text)}\n")


def is_watched() -> bool:
    """Whether a person is at a terminal, to whom something that goes on can be shown."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def fault(text: str) -> None:
    """A sentence on standard error."""
    sys.stderr.write(f"torg: {printable(text)}\n")


def printable(text: str) -> str:
    """The text without what a file could say to the terminal instead of to the reader."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def rows(found: Sequence[Row], *, as_json: bool, nothing: str = "Nothing to show.") -> None:
    """Rows as a JSON array, or as a table for people."""
    if as_json:
        as_json_array(found)
    elif not found:
        line(nothing)
    else:
        _table(found)


@contextmanager
def working(what: str) -> Iterator[None]:
    """A sign of life on standard error while something long is done; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(f"{what} ..."):
        yield


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on standard error while files are read; nothing where nobody watches."""
    bar = bars.Progress(
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.DownloadColumn(),
        bars.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    tasks: dict[str, Any] = {}

    def advance(name: str, done: int, total: int) -> None:
        if name not in tasks:
            tasks[name] = bar.add_task(name, total=total)
        bar.update(tasks[name], completed=done)

    with bar:
        yield advance


def as_json_array(found: Sequence[Row]) -> None:
    """Rows as one JSON array on standard output."""
    text = json_text.dumps(_plain(found), ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write(f"{text}\n")


def as_json_line(found: Row) -> None:
    """One row as one line of JSON, for what has no end."""
    sys.stdout.write(f"{json_text.dumps(_plain(found), ensure_ascii=False, allow_nan=False)}\n")
    sys.stdout.flush()


def _plain(value: Any) -> Any:  # noqa: ANN401 -- JSON holds anything
    """The value as JSON has it: instants in ISO 8601, numbers that are no number as null."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    return value


def _table(found: Sequence[Row]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in found[0]:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in found:
        table.add_row(*(_cell(value) for value in row.values()))
    width = None if sys.stdout.isatty() else _UNBOUNDED
    Console(width=width, highlight=False, markup=False).print(table)


def _cell(value: Any) -> str:  # noqa: ANN401 -- a cell of any table
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, list | tuple):
        return ", ".join(_cell(item) for item in value)
    return printable(str(value))
