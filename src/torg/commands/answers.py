"""What commands are told, in the forms that several of them share."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from torg.errors import UserError
from torg.study import in_calendar

Json = Annotated[bool, Option("--json", help="Print one JSON array to standard output.")]
Paths = Annotated[list[Path], Argument(help="Files, or folders of files.")]
Port = Annotated[
    int,
    Option(min=1, max=65535, help="The port of the site, where study.toml names no address."),
]
Day = Annotated[str | None, Option(metavar="DATE", help="As 2025-01-31.")]
Engine = Annotated[str, Option(help="'duckdb', in the process, or 'spark'.")]
AsOf = Annotated[
    str | None, Option(metavar="MOMENT", help="Read the archive as it stood then, as 2025-01-31.")
]


def day(text: str | None) -> dt.date | None:
    """A day; None where none was said."""
    return None if text is None else day_said(text)


def day_said(text: str) -> dt.date:
    """A day that had to be said."""
    try:
        return _in_calendar(dt.date.fromisoformat(text))
    except ValueError as error:
        raise UserError(f"'{text}' is not a day: write it as 2025-01-31.") from error


def moment(text: str | None, *, hour: int = 0) -> dt.datetime | None:
    """An instant; a day alone is that day at `hour` in UTC."""
    if text is None:
        return None
    try:
        said = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"'{text}' is not a moment: {_HOW_TO_SAY_A_MOMENT}") from error
    _in_calendar(said)
    if said.tzinfo:
        return said
    if len(text) > len("2025-01-31"):
        raise UserError(f"'{text}' lacks its offset from UTC: {_HOW_TO_SAY_A_MOMENT}")
    return said.replace(hour=hour, tzinfo=dt.UTC)


def _in_calendar(day: dt.date) -> dt.date:
    try:
        return in_calendar(day)
    except ValueError as error:
        raise UserError(f"{error}.") from error


_HOW_TO_SAY_A_MOMENT = "write it as 2025-01-31T14:30+01:00, or a day as 2025-01-31."
