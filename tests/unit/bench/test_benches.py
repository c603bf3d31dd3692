"""The benches measure what they say: the large file is real, and the page shows every figure."""

import polars as pl
import pytest

from bench.crowdtangle import write_crowdtangle
from bench.imports import duckdb_copy, into_archive, row_by_row
from bench.rows import Row
from bench.run import page
from torg.collect import open_source

ROWS = 1000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("bench") / "posts_2024-05-13-12-00-00-UTC.csv"
    write_crowdtangle(path, rows=ROWS)
    return path


def test_the_large_file_is_a_crowdtangle_export_with_one_row_in_a_hundred_repeated(large):
    source = open_source(large)
    posts = pl.concat([batch.posts for batch in source.batches()])
    assert source.format == "crowdtangle_facebook"
    assert posts.height == ROWS
    assert posts["native_id"].n_unique() == ROWS - ROWS // 100
    assert posts.drop("line").unique().height == ROWS - ROWS // 100
    assert posts["text"].str.contains("\n").any()
    assert posts["reactions"].null_count() == 0


def test_whoever_reads_the_large_file_reads_every_row(large, tmp_path):
    done = (
        into_archive(str(large), str(tmp_path / "archive")),
        duckdb_copy(str(large), str(tmp_path / "copy.parquet")),
        row_by_row(str(large)),
    )
    assert [job["rows"] for job in done] == [ROWS] * 3


def test_the_page_has_every_figure_and_says_what_was_not_reached():
    rows = [
        Row("Import of 3 rows", 1234567.0, "rows/s", "0.60 x DuckDB's copy", "0.5 x", reached=True),
        Row("the same: peak memory", 2048.0, "MB", None, "under 1,024 MB", reached=False),
        Row("beside it", 0.123456, "s"),
    ]
    written = page({"imports": rows})
    assert "| Import of 3 rows | 1,234,567 rows/s | 0.60 x DuckDB's copy | 0.5 x | yes |" in written
    assert "| the same: peak memory | 2,048 MB |  | under 1,024 MB | **no** |" in written
    assert "| beside it | 0.123 s |  |  |  |" in written
    assert "cores" in written
    assert "duckdb" in written


def test_a_bench_that_runs_alone_leaves_the_other_tables_as_they_were():
    first = page({"imports": [Row("old", 1.0, "s")], "ranks": [Row("sets", 2.0, "s")]})
    assert page({}, before=first) == first
    again = page({"imports": [Row("new", 3.0, "s")]}, before=first)
    assert again.count("## ") == first.count("## ") == 2
    assert "| new | 3 s |" in again
    assert "| old |" not in again
    assert first.partition("## Rank sets")[2] == again.partition("## Rank sets")[2]
