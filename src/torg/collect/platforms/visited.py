"""What a visit brings home, as the frames of a batch."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from torg.collect.platforms.shape import Task
from torg.collect.records import VANISHED, VISITS

Row = Mapping[str, Any]

_FIRST_POSSIBLE = dt.datetime(2004, 1, 1, tzinfo=dt.UTC)  # no network that is followed is older
_CLOCKS_DISAGREE = dt.timedelta(days=1)


def dated(claim: dt.datetime, *, seen: dt.datetime) -> dt.datetime:
    """The moment claimed, or that of first sight where the claim cannot be."""
    return claim if _FIRST_POSSIBLE <= claim <= seen + _CLOCKS_DISAGREE else seen


def frame(rows: Iterable[Row], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Rows as a frame with exactly the columns of `schema`; what a row does not say is null.

    JSON can hold half a letter (a surrogate alone), which no text can: it becomes a mark.
    """
    told = [dict(row) for row in rows]
    try:
        return pl.DataFrame(told, schema=dict(schema), orient="row")
    except UnicodeEncodeError:
        whole = [{name: _whole(value) for name, value in row.items()} for row in told]
        return pl.DataFrame(whole, schema=dict(schema), orient="row")


def _whole(value: Any) -> Any:  # noqa: ANN401 -- whatever a row holds
    if not isinstance(value, str):
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def visited(
    task: Task,
    *,
    at: dt.datetime,
    channel: str,
    outcome: str = "ok",
    detail: str | None = None,
    **further: str | None,
) -> Row:
    """A row of VISITS; `further` may hold subject, mark and handle."""
    return {
        "platform": task.followed.platform,
        "channel": channel,
        "what": task.what,
        "visited_at": at,
        "outcome": outcome,
        "detail": detail,
        **further,
    }


def visits(*rows: Row) -> pl.DataFrame:
    """Rows of `visited` as a frame."""
    return frame(rows, VISITS)


def vanished(rows: Iterable[Row]) -> pl.DataFrame:
    """Rows of VANISHED as a frame."""
    return frame(rows, VANISHED)
