"""Import of a large export: validated, deduplicated, committed; beside it what others do."""

import csv
import datetime as dt
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.children import in_child
from bench.rows import Row

SIZES = (30_000, 300_000, 3_000_000)
QUICK_SIZES = (3_000, 30_000, 300_000)
_LOOP_ROWS = 300_000  # the loop's rate does not depend on the size, its time does
_LEAST_RATE = 300_000  # rows a second
_MOST_MEMORY = 1024  # MB
_LINEAR = 1.25  # cost of a row in the largest file over that in the middle one


def main(*, quick: bool = False) -> list[Row]:
    """The figures of the import; the largest file is written once and read by all."""
    sizes = QUICK_SIZES if quick else SIZES
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as name:
        folder = Path(name)
        runs = {rows: _import(folder, rows=rows) for rows in sizes[:-1]}
        largest = _file(folder, rows=sizes[-1])
        runs[sizes[-1]] = _into_archive(folder, largest)
        copy = in_child("bench.imports", "duckdb_copy", largest, folder / "copy.parquet")
        loop = in_child(
            "bench.imports", "row_by_row", _file(folder, rows=min(_LOOP_ROWS, sizes[-1]))
        )
    return _rows(runs, copy=copy, loop=loop, is_full=not quick)


def _import(folder: Path, *, rows: int) -> dict[str, Any]:
    return _into_archive(folder, _file(folder, rows=rows))


def _file(folder: Path, *, rows: int) -> Path:
    path = folder / f"posts_{rows}_2024-05-13-12-00-00-UTC.csv"  # as the tool stamps it
    if not path.exists():
        in_child("bench.imports", "write_file", path, rows)
    return path


def _into_archive(folder: Path, path: Path) -> dict[str, Any]:
    archive = folder / "archive"
    done = in_child("bench.imports", "into_archive", path, archive)
    shutil.rmtree(archive)
    return done


def write_file(path: str, rows: str) -> dict[str, Any]:
    from bench.crowdtangle import write_crowdtangle

    write_crowdtangle(Path(path), rows=int(rows))
    return {"bytes": Path(path).stat().st_size}


def into_archive(path: str, folder: str) -> dict[str, Any]:
    """Torg's own way of a file into the archive, as `torg import` goes it."""
    from torg.archive import Archive
    from torg.collect import ImportOptions, KnownChannels, open_source
    from torg.register import Register

    known = KnownChannels.of(Register())
    start = time.perf_counter()
    source = open_source(Path(path), options=ImportOptions(), known=known)
    appended = Archive(Path(folder)).append(
        source, source.batches(), pseudonyms=None, languages=known.languages, text_days=90
    )
    seconds = time.perf_counter() - start
    expected = appended.read - appended.read // 100
    assert appended.rejected == 0, f"{appended.rejected} rows rejected"
    assert appended.posts_new == expected, f"{appended.posts_new} posts, not {expected}"
    return {"seconds": seconds, "rows": appended.read}


def duckdb_copy(path: str, target: str) -> dict[str, Any]:
    """DuckDB's own copy: types guessed, nothing checked, nothing deduplicated."""
    import duckdb

    start = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(f"COPY (FROM read_csv('{path}')) TO '{target}' (FORMAT parquet)")
        rows = connection.execute(f"SELECT count(*) FROM '{target}'").fetchone()[0]
    return {"seconds": time.perf_counter() - start, "rows": rows}


def row_by_row(path: str) -> dict[str, Any]:
    """The plain way: a loop over rows that reads the counts and the time, into SQLite."""
    start = time.perf_counter()
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE posts (url TEXT PRIMARY KEY, page, at, message, n, c, s)")
    read = 0
    with Path(path).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read += 1
            database.execute("INSERT OR IGNORE INTO posts VALUES (?,?,?,?,?,?,?)", _typed(row))
    database.commit()
    return {"seconds": time.perf_counter() - start, "rows": read}


def _typed(row: dict[str, str]) -> tuple[object, ...]:
    at = dt.datetime.strptime(row["Post Created"][:19], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    total = int(row["Total Interactions"].replace(",", ""))
    counts = (total, int(row["Comments"]), int(row["Shares"]))
    return (row["URL"], row["Facebook Id"], at.isoformat(), row["Message"], *counts)


def _rows(
    runs: dict[int, dict[str, Any]], *, copy: dict[str, Any], loop: dict[str, Any], is_full: bool
) -> list[Row]:
    small, middle, large = runs
    rate = {rows: run["rows"] / run["seconds"] for rows, run in runs.items()}
    copied, looped = (other["rows"] / other["seconds"] for other in (copy, loop))
    peak = runs[large]["peak_mb"]
    growth = rate[middle] / rate[large]
    against = rate[large] / copied
    return [
        Row(
            f"Import of {large:,} rows, validated, deduplicated, committed",
            rate[large],
            "rows/s",
            f"{against:.2f} x DuckDB's copy, {rate[large] / looped:.1f} x the loop",
            "at least 300,000 rows/s and 0.5 x DuckDB's copy",
            rate[large] >= _LEAST_RATE and against >= 0.5 if is_full else None,
        ),
        Row("the same: peak memory", peak, "MB", None, "under 1,024 MB", peak < _MOST_MEMORY),
        Row(
            f"the same: cost of a row against the file of {middle:,}",
            growth,
            "x",
            None,
            f"at most {_LINEAR} x",
            growth <= _LINEAR if is_full else None,
        ),
        Row(f"Import of {middle:,} rows", rate[middle], "rows/s"),
        Row(f"Import of {small:,} rows", rate[small], "rows/s"),
        Row(f"DuckDB's CSV-to-Parquet copy of {large:,} rows", copied, "rows/s"),
        Row("the same: peak memory", copy["peak_mb"], "MB"),
        Row(f"Row-by-row loop (csv, SQLite) over {loop['rows']:,} rows", looped, "rows/s"),
    ]
