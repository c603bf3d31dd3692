"""The same archive gives the same rows, whatever engine or number of threads computes them."""

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.lib.drawn_archive import DrawnReading, study
from tests.spec.measure import test_what_was_seen as seen
from tests.spec.measure.test_measures import CORRECTIONS, archive, towns
from torg.measure import DEFINITIONS, REASONS, observe


def observed(folder, **how):
    reading = DrawnReading(folder, archive())
    return observe(reading, towns(), study(), corrections=CORRECTIONS, **how)


def observed_in_may(folder, **how):
    """Sources that see each other's posts again, so that following differs from post to post."""
    reading = DrawnReading(folder, seen.archive())
    return observe(reading, seen.towns(), study("2024-05-01", "2024-05-31"), **how)


def test_threads_change_nothing(tmp_path):
    one, four = (observed(tmp_path, threads=threads) for threads in (1, 4))
    assert_frame_equal(one.rows, four.rows, check_exact=True)
    assert_frame_equal(one.weekly, four.weekly, check_exact=True)


def test_the_weekly_form_adds_up_to_the_value(tmp_path):
    found = observed(tmp_path)
    sums = found.weekly.group_by("municipality", "measure").agg(
        ratio=pl.col("numerator").sum() / pl.col("denominator").sum(),
        weeks=pl.col("week").n_unique(),
    )
    own = found.rows.filter(pl.col("platform").is_null()).join(sums, on=["municipality", "measure"])
    assert own.height == sums.height > 0
    assert own["weeks"].unique().to_list() == [len(found.weeks)]
    assert (own["value"] - own["ratio"]).abs().max() < 1e-9


def test_a_row_has_a_value_or_a_reason_that_is_in_words(tmp_path):
    rows = observed(tmp_path).rows
    assert rows.filter(pl.col("value").is_null() == pl.col("missing").is_null()).is_empty()
    assert set(rows["missing"].drop_nulls()) <= set(REASONS)
    key = ("country", "municipality", "platform", "channel", "measure")
    assert rows.select(key).is_unique().all()
    own = rows.filter(pl.col("platform").is_null(), pl.col("channel").is_null())
    assert own.group_by("municipality").len()["len"].unique().to_list() == [len(DEFINITIONS)]


@pytest.mark.spark
@pytest.mark.slow
@pytest.mark.allow_hosts(["127.0.0.1"])  # Spark talks to itself
@pytest.mark.filterwarnings("ignore")  # pyspark warns of its own parts
@pytest.mark.parametrize("measured", [observed, observed_in_may])
def test_spark_gives_what_duckdb_gives(tmp_path, measured):
    duckdb, spark = (measured(tmp_path, engine=engine) for engine in ("duckdb", "spark"))
    assert_frame_equal(duckdb.rows, spark.rows, check_exact=True)
    assert_frame_equal(duckdb.weekly, spark.weekly, check_exact=True)
