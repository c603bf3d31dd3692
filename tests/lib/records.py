"""Batches from small drawn tables, so that a test shows its data as a reader would sketch it.

::

    posts('''
        native_id | published_at     | text  | comments
        1         | 2020-03-02 10:00 | Hello | 3
        2         | 2020-03-03 10:00 |       | 0
    ''')

An empty cell is null. A column that is not drawn takes its default: platform "facebook", channel
"1", id_space "post", the line as in a file with one header line, read_at `READ_AT`; all else is
null. Instants are UTC.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl

from torg.collect.records import AUDIENCE, POSTS, REJECTS, REPLIES, Batch

READ_AT = dt.datetime(2020, 6, 1, 12, tzinfo=dt.UTC)

_POST_DEFAULTS = {
    "platform": "facebook",
    "channel": "1",
    "id_space": "post",
    "type": "text",
    "read_at": READ_AT,
    "read_at_is_bound": False,
}
_REPLY_DEFAULTS = {
    "platform": "facebook",
    "channel": "1",
    "id_space": "comment",
    "post_id_space": "post",
    "is_owner": False,
}
_AUDIENCE_DEFAULTS = {
    "platform": "facebook",
    "channel": "1",
    "kind": "followers",
    "read_at": READ_AT,
}


def posts(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Post records, columns as `torg.collect.records.POSTS`."""
    return frame(drawn, POSTS, {**_POST_DEFAULTS, **defaults})


def replies(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Reply records; `is_owner` is false unless drawn."""
    return frame(drawn, REPLIES, {**_REPLY_DEFAULTS, **defaults})


def audience(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Audience records, kind "followers" unless drawn."""
    return frame(drawn, AUDIENCE, {**_AUDIENCE_DEFAULTS, **defaults})


def rejects(drawn: str, **defaults: Any) -> pl.DataFrame:
    """Rejected rows: line, reason, row."""
    return frame(drawn, REJECTS, defaults)


def batch(
    posts: pl.DataFrame | None = None,
    replies: pl.DataFrame | None = None,
    audience: pl.DataFrame | None = None,
    rejects: pl.DataFrame | None = None,
) -> Batch:
    """One batch of the given frames; every row of every frame counts as one row read."""
    given = {"posts": posts, "replies": replies, "audience": audience, "rejects": rejects}
    frames = {name: made for name, made in given.items() if made is not None}
    return Batch(**frames, rows_read=sum(made.height for made in frames.values()))


def frame(
    drawn: str, schema: Mapping[str, Any], defaults: Mapping[str, Any] | None = None
) -> pl.DataFrame:
    """The drawn rows with exactly the columns of `schema`."""
    rows = [{**(defaults or {}), **row} for row in drawn_rows(drawn, schema)]
    numbered = [{"line": at, **row} for at, row in enumerate(rows, start=2)]
    columns = {name: [row.get(name) for row in numbered] for name in schema}
    return pl.DataFrame(columns, schema=dict(schema))


def drawn_rows(drawn: str, schema: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The cells of a drawn table as values of the types in `schema`."""
    lines = [line.strip() for line in drawn.strip().splitlines() if line.strip()]
    names = [cell.strip() for cell in lines[0].split("|")]
    unknown = [name for name in names if name not in schema]
    assert not unknown, f"no such columns: {unknown}; there are {list(schema)}"
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == len(names), f"{len(cells)} cells under {len(names)} names: {line}"
        yield {name: _value(cell, schema[name]) for name, cell in zip(names, cells, strict=True)}


def _value(cell: str, kind: pl.DataType) -> Any:
    return None if cell == "" else _READ.get(kind.base_type(), str)(cell)


def instant(text: str) -> dt.datetime:
    """2020-03-02 10:00 as an instant in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


_READ: dict[Any, Callable[[str], Any]] = {
    pl.Int64: int,
    pl.Float64: float,
    pl.Boolean: {"true": True, "false": False}.__getitem__,
    pl.Datetime: instant,
    pl.Date: dt.date.fromisoformat,
}
