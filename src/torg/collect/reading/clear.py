"""The quick reader: blocks in which every quote stands where a quote may stand.

Such a block reads the same by any reader of CSV, so PyArrow may read it. For any other block the
answer is None, and the careful reader takes over.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from torg.collect.reading.careful import cells_of
from torg.collect.reading.ends import Octets, Places, record_ends
from torg.collect.reading.table import Cells, Layout, Rows
from torg.collect.reading.tape import Block, as_utf8

_NEWLINE, _RETURN = tuple(b"\n\r")


def clear_rows(block: Block, *, layout: Layout) -> Rows | None:
    """The rows of a block, or None where only the careful reader can tell them."""
    if not block.whole or _has_lone_returns(block.data):
        return None
    octets = np.frombuffer(block.data, dtype=np.uint8)
    newlines = np.flatnonzero(octets == _NEWLINE)
    ends = record_ends(octets, newlines, delimiter=layout.dialect.delimiter)
    if ends is None:
        return None
    starts = _record_starts(octets, ends)
    frame = _parsed(block.data, layout)
    if frame is None or frame.height != len(starts):
        return None
    lines = np.searchsorted(newlines, starts) + block.line

    def whole(places: Sequence[int]) -> list[Cells]:
        bounds = np.append(starts, len(octets))
        records = (block.data[bounds[place] : bounds[place + 1]] for place in places)
        return [cells_of(record, layout.dialect) for record in records]

    return Rows(frame.with_columns(pl.Series("line", lines, dtype=pl.Int64)), whole)


def _record_starts(octets: Octets, ends: Places) -> Places:
    """Where each record begins; blank lines are no records."""
    starts = np.concatenate([[0], ends + 1])
    starts = starts[starts < len(octets)]
    first = octets[starts]
    filled: Places = starts[(first != _NEWLINE) & (first != _RETURN)]
    return filled


def _has_lone_returns(data: bytes) -> bool:
    return b"\r" in data and data.count(b"\r") != data.count(b"\r\n")


def _parsed(data: bytes, layout: Layout) -> pl.DataFrame | None:
    """The wanted columns, or None where the rows are not all as wide as the header."""
    try:
        return _parse(data, layout)
    except pa.ArrowInvalid:
        mended = as_utf8(data)
    try:
        return _parse(mended, layout) if mended != data else None
    except pa.ArrowInvalid:
        return None


def _parse(data: bytes, layout: Layout) -> pl.DataFrame:
    names = [str(place) for place in range(len(layout.header))]
    wanted = sorted(set(layout.wanted.values()))
    table = arrow_csv.read_csv(
        pa.BufferReader(data),
        read_options=arrow_csv.ReadOptions(
            use_threads=False, block_size=len(data) + 1, column_names=names
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.dialect.delimiter, newlines_in_values=True
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=[names[place] for place in wanted],
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
        ),
    )
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table always becomes a frame
    return frame.select(pl.col(str(place)).alias(field) for field, place in layout.wanted.items())
