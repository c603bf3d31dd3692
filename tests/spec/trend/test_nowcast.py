"""Nowcast: the level on a day between or after the editions."""

import datetime as dt

import polars as pl
import pytest

from torg.survey import nowcast
from torg.survey.trend import TREND


def lines(*editions, stretch=1):
    """A trend of "yes" from (day, share, arm of the interval)."""
    blank = {**dict.fromkeys(TREND), "item": "uses", "category": "yes", "group": "all", "n": 200,
             "flags": "", "stretch": stretch}  # fmt: skip
    rows = [
        {**blank, "wave": day[:4], "day": dt.date.fromisoformat(day), "estimate": share,
         "low": share - arm, "high": share + arm}
        for day, share, arm in editions
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(TREND))


def told(given, day):
    return nowcast(given, day=dt.date.fromisoformat(day)).row(0, named=True)


def test_a_little_over_60_per_cent_at_the_end_of_2010_is_about_70_in_january_2012(figure):
    found = told(lines(("2010-11-25", 0.61, 0.03)), "2012-01-20")
    figure(
        f"nowcast, Sweden: 61 % at the end of 2010 gives {100 * found['estimate']:.0f} % "
        f"[{100 * found['low']:.0f}, {100 * found['high']:.0f}] in January 2012 (printed: about 70)"
    )
    assert found["estimate"] == pytest.approx(0.70, abs=0.02)
    assert found["low"] < 0.61 < 0.75 < found["high"]
    assert set(found["flags"].split()) == {"prior", "wide"}
    assert found["waves"] == "2010"


def test_on_the_day_of_an_edition_it_is_that_edition():
    found = told(lines(("2010-11-25", 0.6, 0.0), ("2012-11-25", 0.7, 0.0)), "2012-11-25")
    assert found["estimate"] == pytest.approx(0.7, abs=1e-3)
    assert found["high"] - found["low"] < 0.01


def test_the_interval_widens_with_every_month():
    given = lines(("2010-11-25", 0.5, 0.04), ("2012-11-25", 0.6, 0.04))
    widths = [told(given, day)["high"] - told(given, day)["low"]
              for day in ("2013-01-01", "2013-07-01", "2014-07-01")]  # fmt: skip
    assert widths == sorted(widths)


def test_between_two_editions_it_lies_between_them():
    given = lines(("2010-06-01", 0.3, 0.01), ("2014-06-01", 0.6, 0.01))
    found = told(given, "2012-06-01")
    assert 0.3 < found["estimate"] < 0.6


def test_own_editions_outweigh_the_prior():
    falling = lines(*((f"{y}-06-01", 0.7 - 0.04 * (y - 2010), 0.01) for y in range(2010, 2017)))
    found = told(falling, "2017-06-01")
    assert found["estimate"] < 0.5
    assert found["flags"] == ""


def test_editions_before_a_break_do_not_go_in():
    old, new = lines(("2010-06-01", 0.1, 0.01)), lines(("2012-06-01", 0.6, 0.01), stretch=2)
    found = told(pl.concat([old, new]), "2013-06-01")
    assert found["waves"] == "2012"


def test_a_share_of_all_stays_below_all():
    found = told(lines(("2020-06-01", 1.0, 0.0)), "2022-06-01")
    assert 0.9 < found["low"] < found["estimate"] < found["high"] <= 1


def test_before_the_first_edition_and_without_one_there_is_none():
    given = lines(("2012-06-01", 0.5, 0.05))
    assert told(given, "2010-06-01")["missing"] == "before_editions"
    gap = given.with_columns(estimate=pl.lit(None, dtype=pl.Float64))
    assert told(gap, "2013-06-01")["missing"] == "no_editions"
