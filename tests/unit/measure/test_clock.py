"""Local days and weeks by arithmetic are those of the calendar."""

import datetime as dt
from zoneinfo import ZoneInfo

import ibis
import polars as pl
import pytest

from torg.errors import MeasureError
from torg.measure.clock import epoch_day, local_day, local_seconds, span_of, transitions, week_of

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize("name", ["Europe/Oslo", "Europe/Helsinki", "Atlantic/Faroe", "UTC"])
def test_days_and_weeks_around_every_transition_of_a_year(name):
    zone = ZoneInfo(name)
    start = int(dt.datetime(2023, 12, 30, tzinfo=dt.UTC).timestamp())
    moments = range(start, start + 370 * 86_400, 1799)
    offsets = transitions(zone, start_s=start, stop_s=start + 370 * 86_400)
    table = ibis.memtable({"s": list(moments)})
    day = local_day(local_seconds(table.s, offsets))
    found = ibis.duckdb.connect().to_polars(table.select("s", day=day, week=week_of(day)))
    local = [dt.datetime.fromtimestamp(s, zone).date() for s in found["s"]]
    assert found["day"].to_list() == [epoch_day(day) for day in local]
    by_week = found.with_columns(iso=pl.Series([f"{d.isocalendar()[:2]}" for d in local]))
    assert by_week.group_by("week").agg(pl.col("iso").n_unique())["iso"].unique().to_list() == [1]
    assert by_week["week"].n_unique() == by_week["iso"].n_unique()


def test_a_window_over_the_change_of_the_clock_has_its_true_length():
    span = span_of(dt.date(2024, 3, 30), dt.date(2024, 4, 1), OSLO)
    assert span.stop_s - span.start_s == (24 + 23 + 24) * 3600
    assert span.days == 3
    assert [span.days_of(week) for week in span.weeks] == [2, 1]  # Saturday and Sunday; Monday


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(MeasureError, match="swap"):
        span_of(dt.date(2024, 3, 2), dt.date(2024, 3, 1), OSLO)
