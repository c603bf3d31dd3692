"""All measures over millions of posts and replies: Torg beside hand-written SQL, and pandas.

    python -m bench.measures --scale 1 [--pandas]

First all figures of a small archive are compared; only what computes the same is worth timing.
Scale 1 is 10 million posts and 50 million replies of 400 municipalities in 17 weeks. Printed as
JSON: seconds of each, and the ratios. All run in turn on the same files and threads, since only
ratios compare across machines.
"""

import argparse
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import ibis
import polars as pl
import polars.selectors as cs
import pyarrow as pa
from ibis import Table
from ibis.backends import BaseBackend

from bench.measures_by_hand import by_hand
from bench.measures_by_pandas import by_pandas
from bench.rows import Row
from torg.archive.tables import TABLES
from torg.measure import observe
from torg.register import Channel, Municipality, Register
from torg.study import Study

UNITS = 400
POSTS = 10_000_000
REPLIES = 50_000_000
START = dt.date(2024, 1, 8)
END = dt.date(2024, 5, 5)
SECONDS = 118 * 86_400


@dataclass(frozen=True)
class Files:
    """What `torg.archive.Reading` promises, over generated Parquet files."""

    folder: Path

    @property
    def sources(self) -> pl.DataFrame:
        """The one source."""
        return pl.read_parquet(self.folder / "sources.parquet")

    def files(self, table: str) -> tuple[str, ...]:
        """The file of a table, if there is one."""
        path = self.folder / f"{table}.parquet"
        return (str(path),) if path.exists() else ()

    def tables(self, backend: BaseBackend) -> dict[str, Table]:
        """All tables on an Ibis backend."""
        return {name: self._table(backend, name) for name in TABLES}

    def citizens(self, backend: BaseBackend) -> Table:
        """Nobody: authors are not generated."""
        return self._table(backend, "citizens")

    def _table(self, backend: BaseBackend, name: str) -> Table:
        files = self.files(name)
        return (
            backend.read_parquet(files[0]) if files else ibis.memtable(TABLES[name].empty_table())
        )


def generate(folder: Path, *, scale: float) -> None:
    """Write posts, a snapshot of each (at eight days of age), replies (a quarter the owner's)."""
    con = duckdb.connect()
    con.execute("SET TimeZone = 'UTC'")
    posts, replies = int(POSTS * scale), int(REPLIES * scale)
    for name, select in _selects(posts, replies).items():
        columns = ", ".join(
            f"CAST({select[1].get(field.name, 'NULL')} AS {_sql_type(field.type)}) AS {field.name}"
            for field in TABLES[name]
        )
        path = folder / f"{name}.parquet"
        con.execute(f"COPY (SELECT {columns} FROM {select[0]}) TO '{path}' (FORMAT parquet)")


def _selects(posts: int, replies: int) -> dict[str, tuple[str, dict[str, str]]]:
    start = f"epoch_ms({1000 * int(dt.datetime(2024, 1, 8, tzinfo=dt.UTC).timestamp())})"
    # Hashes stand in for chance, so that the same scale is the same data.
    published = f"{start} + to_seconds(hash(post_key, 1) % {SECONDS})"
    written = f"{start} + to_seconds((hash(root, 2) % {SECONDS - 700_000}) + wait)"
    heavy = "CAST(exp((hash(post_key, {n}) % 1000) / 140.0) AS BIGINT) - 1"
    unit = f"CAST(post_key % {UNITS} + 100000000000 AS VARCHAR)"
    return {
        "sources": (
            "range(1)",
            {"source_id": "'a'", "access": "'owner'", "exported_at": f"{start} + INTERVAL 200 DAY"},
        ),
        "posts": (
            f"(SELECT range AS post_key FROM range({posts}))",
            {
                "source_id": "'a'",
                "post_key": "post_key",
                "platform": "'facebook'",
                "channel": unit,
                "native_id": "post_key",
                "id_space": "'post'",
                "published_at": published,
                "type": "['photo','video','link','text','album'][1 + (hash(post_key, 3) % 5)::INT]",
                "followers": f"1000 + post_key % {UNITS} * 10",
            },
        ),
        "snapshots": (
            f"(SELECT range AS post_key FROM range({posts}))",
            {
                "source_id": "'a'",
                "post_key": "post_key",
                "read_at": f"{published} + INTERVAL 8 DAY",
                "read_at_is_bound": "false",
                "reactions": heavy.format(n=4),
                "comments": heavy.format(n=5),
                "shares": heavy.format(n=6),
            },
        ),
        "replies": (
            "(SELECT range AS reply_key, range - range % 5 AS root, range % 5 AS place, "
            f"hash(range - range % 5, 7) % {posts} AS post_key, "
            "CAST(exp((hash(range, 8) % 1000) / 80.0) AS BIGINT) * (range % 5) AS wait "
            f"FROM range({replies}))",
            {
                "source_id": "'a'",
                "reply_key": "reply_key",
                "post_key": "post_key",
                "parent_key": "CASE WHEN place IN (1, 2) AND hash(root, 9) % 3 > 0 THEN root END",
                "platform": "'facebook'",
                "channel": unit,
                "native_id": "reply_key",
                "id_space": "'reply'",
                "published_at": written,
                "is_owner": "place IN (1, 2) AND hash(root, 9) % 3 > 0",
                "is_question": "hash(reply_key, 10) % 4 = 0",
                "question_rule": "'sign-1'",
            },
        ),
    }


def _sql_type(kind: pa.DataType) -> str:
    words = {"string": "VARCHAR", "int64": "BIGINT", "bool": "BOOLEAN", "date32[day]": "DATE"}
    return words.get(str(kind), "TIMESTAMPTZ")


def register() -> Register:
    codes = [str(100000000000 + number) for number in range(UNITS)]
    return Register(
        municipalities=tuple(
            Municipality(
                country="NO",
                code=code[-4:],
                names={"nb": code},
                populations=((dt.date(2024, 1, 1), 5000),),
            )
            for code in codes
        ),
        channels=tuple(
            Channel(country="NO", code=code[-4:], platform="facebook", address="", platform_id=code)
            for code in codes
        ),
    )


def study() -> Study:
    return Study(folder=Path(), id="bench", title="Bench", window={"from": START, "to": END})


def timed(run: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock, and of all processors: the second tells more on a busy machine."""
    begun, worked = time.perf_counter(), time.process_time()
    run()
    clock, work = time.perf_counter() - begun, time.process_time() - worked
    return {"clock": round(clock, 2), "work": round(work, 2)}


Seconds = dict[str, dict[str, float]]
AGREEING = 0.002  # the scale at which the figures are compared


def ratios(*, scale: float, threads: int = 4, pandas: bool = False) -> Seconds:
    """Seconds of each on the same generated files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, scale=scale)
        reading, known, question = Files(folder), register(), study()
        seconds = {
            "sql": timed(lambda: by_hand(folder, threads=threads, spill=folder / "spill")),
            "torg": timed(lambda: observe(reading, known, question, threads=threads)),
        }
        if pandas:
            seconds["pandas"] = timed(lambda: by_pandas(folder))
    return seconds


def agree(*, scale: float = AGREEING) -> dict[str, int]:
    """Hold every value of the SQL and of pandas against Torg's, on all three levels.

    Returns how many values were compared. Raises AssertionError where any differs by more than a
    billionth of itself, or where only one of two has it.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, scale=scale)
        rows = observe(Files(folder), register(), study(), threads=2).rows
        sql = by_hand(folder, threads=2, spill=folder / "spill")
        wide = pl.from_pandas(by_pandas(folder).rename_axis("unit").reset_index())
    pandas = wide.cast({cs.exclude("unit"): pl.Float64}).unpivot(
        index="unit", variable_name="measure"
    )
    return {"sql": _compared(rows, sql, all_of_them=True), "pandas": _compared(rows, pandas)}


def _compared(rows: pl.DataFrame, values: pl.DataFrame, *, all_of_them: bool = False) -> int:
    """Hold values (unit, measure, value) against rows of all levels; few questions tell nothing."""
    ours = rows.filter(pl.col("missing").fill_null("") != "too_few_questions")
    theirs = values.with_columns(municipality=pl.col("unit").cast(pl.String).str.slice(-4))
    both = ours.join(theirs, on=["municipality", "measure"], how="left", suffix="_there")
    if not all_of_them:
        both = both.join(theirs.select("measure").unique(), on="measure", how="semi")
    there = pl.col("value_there").fill_nan(None)
    away = (pl.col("value") - there).abs() > 1e-9 * pl.col("value").abs()
    apart = both.filter(away | (pl.col("value").is_null() != there.is_null()))
    if not apart.is_empty():
        raise AssertionError(
            f"{apart.height} figures differ, the first is {apart.row(0, named=True)}"
        )
    return both.height


def main(*, quick: bool = False) -> list[Row]:
    """The rows of the benchmarks' page."""
    agree()
    scale = 0.01 if quick else 1.0
    clock = {name: took["clock"] for name, took in ratios(scale=scale, pandas=True).items()}
    to_sql, to_pandas = clock["torg"] / clock["sql"], clock["pandas"] / clock["torg"]
    size = f"{scale * 10:g} M posts and {scale * 50:g} M replies"
    return [
        Row(
            f"all measures, {size}",
            clock["torg"],
            "s",
            f"{to_sql:.2f} x SQL by hand ({clock['sql']} s)",
            "at most 1.3 x",
            to_sql <= 1.3,
        ),
        Row(
            f"pandas, {size}, without curves, office clock and weeks",
            clock["pandas"],
            "s",
            f"Torg, which does all, is {to_pandas:.1f} times as fast",
            "10 times",
            to_pandas >= 10,
        ),
    ]


def _call() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=0.01)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--pandas", action="store_true", help="also by pandas, which takes long")
    asked = parser.parse_args()
    compared = agree()
    seconds = ratios(scale=asked.scale, threads=asked.threads, pandas=asked.pandas)
    beside = {
        f"torg/{other}": {kind: round(seconds["torg"][kind] / took[kind], 3) for kind in took}
        for other, took in seconds.items()
        if other != "torg"
    }
    print(
        json.dumps(
            {"scale": asked.scale, "compared": compared, "seconds": seconds, "ratios": beside}
        )
    )


if __name__ == "__main__":
    _call()
