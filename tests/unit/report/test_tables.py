"""The tables' bytes depend on the results alone."""

import time

import polars as pl

from tests.lib.results import sample
from torg.report import write_tables

ABOUT = ("comments_received", "question_answered_24h", "question_answered_72h")


def test_the_same_results_give_the_same_bytes(tmp_path, monkeypatch):
    write_tables(sample(count=20), tmp_path / "a")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    try:
        write_tables(sample(count=20), tmp_path / "b")
    finally:
        monkeypatch.undo()
        time.tzset()
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_tables_of_nothing_have_their_columns(tmp_path):
    results = sample(count=20)
    write_tables(sample(count=20, measures=results.measures.clear()), tmp_path)
    assert pl.read_parquet(tmp_path / "measures.parquet").schema == results.measures.schema
    assert (tmp_path / "measures.json").read_text(encoding="utf-8") == "[]\n"


def test_tables_hold_no_figure_that_the_pages_withhold(tmp_path):
    results = sample(count=20)
    few = results.measures.with_columns(
        n=pl.when(pl.col("measure").is_in(ABOUT)).then(2).otherwise("n")
    )
    write_tables(sample(count=20, measures=few), tmp_path)
    rows = pl.read_parquet(tmp_path / "measures.parquet")
    about = rows.filter(pl.col("measure").is_in(ABOUT))
    assert about["value"].null_count() == about.height > 0


def _bytes(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}
