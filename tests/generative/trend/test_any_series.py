"""Of any series: the order of rows changes nothing, intervals hold their middle."""

import datetime as dt

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.answering import question, questionnaire, wave
from torg.survey import ESTIMATES, nowcast, trend

YEARS = tuple(range(2010, 2020))
WAVES = tuple(wave(str(year), day=f"{year}-05-01") for year in YEARS)
EDITIONS = st.dictionaries(
    st.sampled_from(YEARS), st.tuples(st.floats(0, 1), st.floats(0, 0.2)), min_size=1, max_size=8
)


def estimates(editions):
    found = {}
    for year, (share, arm) in editions.items():
        named = {"wave": str(year), "item": "uses", "category": "yes", "group": "all", "n": 90}
        ends = {"low": max(share - arm, 0), "high": min(share + arm, 1), "estimate": share}
        row = {**dict.fromkeys(ESTIMATES), **named, **ends, "base": "answered", "weighted_by": ""}
        found[str(year)] = pl.DataFrame([row], schema=dict(ESTIMATES))
    return found


def asked(broken=()):
    return questionnaire(question("uses", "one", break_at=broken), waves=WAVES)


@given(EDITIONS, st.sampled_from(YEARS), st.randoms())
@settings(deadline=None)
def test_the_order_of_editions_changes_nothing(editions, broken, random):
    one = trend(estimates(editions), asked((str(broken),)))
    years = list(editions)
    random.shuffle(years)
    other = trend(estimates({year: editions[year] for year in years}), asked((str(broken),)))
    assert one.equals(other)
    after = one.filter(pl.col("wave") >= str(broken))["stretch"]
    assert after.n_unique() <= 1


@given(EDITIONS, st.integers(2010, 2024))
@settings(deadline=None)
def test_a_nowcast_lies_in_its_interval_and_between_none_and_all(editions, year):
    lines = trend(estimates(editions), asked())
    row = nowcast(lines, day=dt.date(year, 12, 1)).row(0, named=True)
    if row["estimate"] is None:
        assert min(editions) > year
    else:
        assert 0 <= row["low"] <= row["estimate"] <= row["high"] <= 1


@given(EDITIONS)
@settings(deadline=None)
def test_more_confidence_is_a_wider_interval(editions):
    # The editions' own intervals are read as of the confidence that is asked for, so they are none.
    known = {year: (share, 0.0) for year, (share, _) in editions.items()}
    lines = trend(estimates(known), asked())
    widths = []
    for confidence in (0.5, 0.9, 0.99):
        row = nowcast(lines, day=dt.date(2021, 1, 1), confidence=confidence).row(0, named=True)
        widths.append(row["high"] - row["low"])
    assert widths == sorted(widths)
