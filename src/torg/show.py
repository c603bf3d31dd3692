"""What people see in a terminal, and the JSON that programs see.

With --json, one array goes to standard output and people's text to standard error.
"""

import datetime as dt
import json as json_text
import math
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from rich import progress as bars
from rich.console import Console
from rich.table import Table
from typer.exceptions import TyperException

from torg.importing import Imports, Progress
from torg.release import Release
from torg.study import Study

Row = dict[str, Any]

_UNBOUNDED = 10_000  # columns of a pipe: nothing that a program reads is cut


def line(text: str) -> None:
    """A sentence on standard output."""
    sys.stdout.write(f"{_printable(text)}\n")


def fault(text: str) -> None:
    """A sentence on standard error."""
    sys.stderr.write(f"torg: {_printable(text)}\n")


def _printable(text: str) -> str:
    """The text without what a file could say to the terminal instead of to the reader."""
    return "".join(c for c in text if c.isprintable() or c == "\n")


def usage_fault(error: Exception) -> str | None:
    """What the parser of the command line says of a wrong call; None for any other error."""
    if not isinstance(error, TyperException):
        return None
    said = error.format_message()
    context = getattr(error, "ctx", None)
    if context is None or not said:  # without a command its help is printed, and that is all
        return said
    if said.endswith(": -C"):
        return "-C DIR chooses the study and stands before the command: torg -C DIR import FILE."
    return (
        f"{said if said.endswith(('.', '?')) else f'{said}.'} See '{context.command_path} --help'."
    )


def rows(found: Sequence[Row], *, as_json: bool, nothing: str = "Nothing to show.") -> None:
    """Rows as a JSON array, or as a table for people."""
    if as_json:
        _json(found)
    elif not found:
        line(nothing)
    else:
        _table(found)


def new_study(study: Study) -> None:
    """Where the new study lies and what comes next."""
    line(f"{study.folder} is a study now. Next:")
    line(f"  torg -C {study.folder} register import FILE...   municipalities and channels")
    line(f"  torg -C {study.folder} import FILE...            exports of posts and comments")
    line(f"  torg -C {study.folder} run                       measure, rank, report, release")


def imported(outcome: Imports, *, as_json: bool) -> None:
    """A row per file, what was refused, and what is unclaimed with the command that claims it."""
    rows(outcome.rows, as_json=as_json, nothing="There are no files there.")
    say = fault if as_json else line
    for refusal in outcome.refusals:
        fault(refusal)
    for sentence in _rejected(outcome.rejects):
        say(sentence)
    if not outcome.has_key:
        say(
            "Authors were not taken in: this study has no author key here. Bring the key of the "
            "study's maker in TORG_AUTHOR_KEY and import again."
        )
    for channel in outcome.unclaimed.iter_rows(named=True):
        say(_unclaimed(channel))


def _rejected(rejects: pl.DataFrame) -> Iterator[str]:
    """The first rejected rows in words, and where to find the others."""
    for row in rejects.head(_REJECTS_SHOWN).iter_rows(named=True):
        yield f"Rejected: {row['name']}, line {row['line']}: {row['reason']}"
    if rejects.height > _REJECTS_SHOWN:
        yield f"... and {rejects.height - _REJECTS_SHOWN:,} more: torg archive rejects"


_REJECTS_SHOWN = 5


def _unclaimed(channel: Row) -> str:
    name = f"{channel['channel_name']}: " if channel["channel_name"] else ""
    return (
        f"Unclaimed: {name}{channel['posts']} posts and {channel['replies']} replies. Whose is it? "
        f"torg register claim {shlex.quote(channel['platform'])} "
        f"{shlex.quote(channel['channel'])} MUNICIPALITY-CODE"
    )


def claimed(found: Sequence[Row], *, as_json: bool) -> None:
    """The channel as it stands in the register now, and what follows for replies."""
    rows(found, as_json=as_json, nothing="The register has it so already.")
    say = fault if as_json else line
    if not all(row["in_archive"] for row in found):
        say("Nothing in the archive is of this channel yet: look whether its id is right.")
    elif found:
        say("Import its files of comments again, so that the owner's answers are told apart.")


def forgotten(found: Sequence[Row], *, as_json: bool) -> None:
    """How much was taken out; where nothing was, what to look at."""
    rows(found, as_json=as_json)
    if not any(row["rows"] for row in found):
        (fault if as_json else line)(
            "Nothing was found to forget: is the name as the platform shows it, or the id right, "
            "and is the author key the one of the import?"
        )


def measures(frame: pl.DataFrame, *, as_json: bool) -> None:
    """All rows as JSON; for people the spread of each measure over the municipalities."""
    if as_json:
        _json(frame.to_dicts())
        return
    whole = frame.filter(pl.col("channel").is_null() & pl.col("platform").is_null())
    known = pl.col("missing").is_null()
    spread = whole.group_by("measure", maintain_order=True).agg(
        known.sum().alias("municipalities"),
        known.not_().sum().alias("missing"),
        *(pl.col("value").quantile(q, "linear").alias(name) for name, q in _QUARTILES.items()),
    )
    rows(spread.to_dicts(), as_json=False)
    line("Every municipality's figures: torg measure --json, or the tables of torg report.")


_QUARTILES = {"lower quartile": 0.25, "median": 0.5, "upper quartile": 0.75}


def ranks(frame: pl.DataFrame, *, as_json: bool) -> None:
    """All rows as JSON; for people the first group, a place never without its set."""
    if as_json:
        _json(frame.to_dicts())
        return
    first = frame.filter(
        pl.col("group") == pl.col("group").first(), pl.col("set") == pl.col("set").first()
    )
    shown = ["municipality", "name", "score", "rank", "rank_low", "rank_high", "band", "missing"]
    rows(first.sort("rank", nulls_last=True).select(shown).to_dicts(), as_json=False)


def release(made: Release, *, as_json: bool) -> None:
    """Where the release and its report lie."""
    reports = sorted(made.folder.glob("report/*/index.html"))
    facts = {
        "release": str(made.folder),
        "digest": made.digest,
        "new": made.is_new,
        "reports": [str(path) for path in reports],
    }
    if as_json:
        _json([facts])
        return
    line(f"{_NEWS[made.is_new]}: {made.folder}")
    for path in reports:
        line(f"The report lies at {path}")


_NEWS = {True: "A new release", False: "Nothing has changed since the release"}


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


def _json(found: Sequence[Row]) -> None:
    text = json_text.dumps(_plain(found), ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write(f"{text}\n")


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
    if isinstance(value, list):
        return ", ".join(_cell(item) for item in value)
    return _printable(str(value))
