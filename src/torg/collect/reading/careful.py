"""The careful reader: one record at a time, every line accounted for.

It reads what the quick reader will not: rows that are not as wide as the header, quotes in odd
places, quotes that never close, a space after each comma, line ends of old machines. Where a record
cannot be read, its first line is set aside with the reason and reading goes on with the next line:
an open quote costs its own line and not the rest of the file.
"""

import csv
from collections.abc import Iterator

from torg.collect.reading.table import Broken, Cells, Dialect, Layout, Rows, text_frame
from torg.collect.reading.tape import Tape, as_text

ROWS_AT_ONCE = 5_000


def careful_rows(tape: Tape, *, layout: Layout, until: int | None = None) -> Iterator[Rows]:
    """The rows of at least the next `until` bytes (None: of all), up to the end of a record."""
    rows: list[Cells] = []
    lines: list[int] = []
    broken: list[Broken] = []
    for line, record in _records(tape, dialect=layout.dialect, until=until):
        if isinstance(record, Broken):
            broken.append(record)
        elif len(record) == len(layout.header):
            rows.append(record)
            lines.append(line)
        elif any(cell.strip() for cell in record):
            broken.append(Broken(line, _width_reason(record, layout), record))
        if len(rows) + len(broken) >= ROWS_AT_ONCE:
            yield _rows(rows, lines, broken, layout)
            rows, lines, broken = [], [], []
    if rows or broken:
        yield _rows(rows, lines, broken, layout)


def cells_of(record: bytes, dialect: Dialect) -> Cells:
    """The cells of one whole record."""
    lines = (as_text(line) for line in record.splitlines(keepends=True))
    return tuple(next(_reader(lines, dialect, strict=False), ()))


def _records(
    tape: Tape, *, dialect: Dialect, until: int | None
) -> Iterator[tuple[int, Cells | Broken]]:
    done = 0
    while until is None or done < until:
        line = tape.line
        record, length = _next_record(tape, dialect)
        if not length:
            return
        done += length
        yield line, record


def _next_record(tape: Tape, dialect: Dialect) -> tuple[Cells | Broken, int]:
    """One record, or its first line as broken, and how many bytes it took; none at the end."""
    line = tape.line
    taken: list[bytes] = []

    def lines() -> Iterator[str]:
        while data := tape.read_line():
            taken.append(data)
            yield as_text(data)

    try:
        return tuple(next(_reader(lines(), dialect, strict=True), ())), sum(map(len, taken))
    except csv.Error:
        tape.put_back(b"".join(taken[1:]), line=line + 1)
        reason = "a quote is opened or closed in the wrong place, so the row's cells are unsure"
        return Broken(line, reason, (as_text(taken[0]).rstrip("\r\n"),)), len(taken[0])


def _reader(lines: Iterator[str], dialect: Dialect, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(
        lines, delimiter=dialect.delimiter, skipinitialspace=dialect.spaced, strict=strict
    )


def _rows(rows: list[Cells], lines: list[int], broken: list[Broken], layout: Layout) -> Rows:
    return Rows(
        text_frame(rows, lines, layout), lambda places: [rows[i] for i in places], tuple(broken)
    )


def _width_reason(record: Cells, layout: Layout) -> str:
    return (
        f"the row has {len(record)} cells where the header has {len(layout.header)}: "
        "a cell holds a separator or line break that is not quoted"
    )
