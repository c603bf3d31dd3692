"""Reading of every format, by the byte, beside CrowdTangle's CSV in the same run.

Files are made of the formats' fixtures, with words as long as a municipality's post and, in JSON,
with the addresses of pictures that platforms send along and Torg does not read. What is measured is
reading alone: recognised, seen to its end where nothing tells when it was exported, every row
judged and made a record. The archive's own cost is the same for all.
"""

import tempfile
import time
from pathlib import Path
from typing import Any

from bench.children import in_child
from bench.rows import Row
from tests.lib.fixtures import FIXTURES, Fixture, lines

SIZE, QUICK_SIZE = 96 << 20, 1 << 19
_MEASURE = "crowdtangle_facebook"
_MOST = 1.5  # times CrowdTangle's cost of a byte
_MOST_MEMORY = 1024  # MB
_ROWS = 2_000  # that differ; they are repeated up to the size
_WORDS = (
    'Åpningstidene endres i uke 7, sa ordføreren: "Velkommen til torget"; les mer på våre sider, '
    "og følg med på kunngjøringer om vei, vann, skole og barnehage.\n\nHilsen kommunen"
)
_PICTURES = [
    {"url": f"https://pictures.example/{'ab12' * 60}/{side}.jpg", "width": side, "height": side}
    for side in (1080, 720, 480, 320, 240)
]
_BECAUSE = {
    "feed_items": "; feedparser reads whatever calls itself a feed, tag by tag, and feeds are short"
}
_SLOW = frozenset(_BECAUSE)  # are measured on a sixteenth of the size
# What no fixture can be drawn out to: a page's days.
_SHORT = frozenset({"business_suite_follows"})


def main(*, quick: bool = False) -> list[Row]:
    """A row a format: its cost of a byte against CrowdTangle's."""
    names = [_MEASURE, *(name for name in FIXTURES if name not in {_MEASURE, *_SHORT})]
    size = QUICK_SIZE if quick else SIZE
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as folder:
        runs = {name: _run(name, Path(folder), size=size) for name in names}
    return [_row(name, run, beside=runs[_MEASURE], is_full=not quick) for name, run in runs.items()]


def _run(name: str, folder: Path, *, size: int) -> dict[str, Any]:
    size = size // 16 if name in _SLOW else size
    path = in_child("bench.formats", "write_file", name, folder, size)["path"]
    run = in_child("bench.formats", "read_file", name, path)
    Path(path).unlink()
    return run


def _row(name: str, run: dict[str, Any], *, beside: dict[str, Any], is_full: bool) -> Row:
    ratio, worked = (_of_a_byte(run, of) / _of_a_byte(beside, of) for of in ("seconds", "worked"))
    rate = run["bytes"] / run["seconds"] / 1e6
    peak = run["peak_mb"]
    kept = ratio <= _MOST and peak < _MOST_MEMORY
    return Row(
        f"`{name}`, {run['bytes'] / 1e6:,.0f} MB of {run['bytes'] / run['rows']:,.0f} bytes a row",
        ratio,
        "x",
        f"{worked:.2f} x in CPU time, {rate:,.0f} MB/s, {run['rows'] / run['seconds']:,.0f} rows/s,"
        f" peak {peak:,.0f} MB{_BECAUSE.get(name, '')}",
        f"at most {_MOST} x, under {_MOST_MEMORY:,} MB",
        kept if is_full else None,
    )


def _of_a_byte(run: dict[str, Any], cost: str) -> float:
    return run[cost] / run["bytes"]


def write_file(name: str, folder: str, size: str) -> dict[str, Any]:
    """A file of about `size` bytes of a format's rows."""
    fixture = FIXTURES[name]
    path = Path(folder) / fixture.file_name
    rows = [_drawn_out(fixture, number) for number in range(1, _ROWS + 1)]
    path.write_bytes(_repeated(fixture, rows, size=int(size)))
    return {"path": str(path)}


def _drawn_out(fixture: Fixture, number: int) -> dict[str, Any]:
    row = fixture.row(number)
    if fixture.words:
        row[fixture.words] = f"{_WORDS} {number}"
    if fixture.file_name.endswith("json"):
        row["image_versions2.candidates"] = _PICTURES
    return row


def _repeated(fixture: Fixture, rows: list[dict[str, Any]], *, size: int) -> bytes:
    once = fixture.bytes(rows)
    times = max(1, size // len(once))
    if fixture.is_table:
        head = fixture.bytes(rows[:1]).index(b"\n") + 1
        return once + once[head:] * (times - 1)
    return once * times if fixture.written is lines else fixture.bytes(rows * times)


def read_file(name: str, path: str) -> dict[str, Any]:
    """The quicker of two readings, for a machine is never quite alone."""
    from torg.collect import ImportOptions, open_source

    fixture = FIXTURES[name]
    seconds, worked = [], []
    for _ in range(2):
        start, began, rows = time.perf_counter(), time.process_time(), 0
        source = open_source(
            Path(path), options=ImportOptions(**fixture.options), known=fixture.known
        )
        assert source.format == name
        for batch in source.batches():
            assert batch.rejects.is_empty(), f"{name}: {batch.rejects['reason'][0]}"
            rows += batch.rows_read
        seconds.append(time.perf_counter() - start)
        worked.append(time.process_time() - began)
    return {
        "seconds": min(seconds),
        "worked": min(worked),
        "rows": rows,
        "bytes": Path(path).stat().st_size,
    }
