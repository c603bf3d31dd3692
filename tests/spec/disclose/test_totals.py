"""Sums over the withheld: of at least five, none of them dominant, in two figures."""

import polars as pl
import pytest

from torg.disclose import TOTALS, WITHHELD, totals
from torg.measure import MEASURE_COLUMNS


def rows(figures, *, measure="posts", access="owner", hidden=True, platform=None):
    """(everything, shown): one figure for each municipality, withheld or not."""
    base = {"country": "NO", "measure": measure, "access": access, "platform": platform}
    made = [
        {**base, "municipality": f"{n:04}", "value": float(value)}
        for n, value in enumerate(figures)
    ]
    everything = pl.DataFrame(made, schema=MEASURE_COLUMNS)
    blank = {"value": None, "missing": WITHHELD} if hidden else {}
    return everything, pl.DataFrame([{**row, **blank} for row in made], schema=MEASURE_COLUMNS)


def total(*figures, **about):
    """Owners and total of the only sum; None where there is none."""
    found = totals(*rows(figures, **about))
    assert found.schema == TOTALS
    return found.select("owners", "total").row(0) if found.height else None


@pytest.mark.parametrize(
    ("figures", "sum_"),
    [
        ((100, 200, 300, 400, 500), (5, 1500.0)),
        ((100, 200, 300, 400), None),  # four are too few
        ((100, 200, 300, 400, 0), None),  # who has none hides nobody
        ((1, 1, 1, 1, 12), (5, 16.0)),  # 12 of 16 is three quarters
        ((1, 1, 1, 1, 13), None),  # more is nearly that one's own figure
        ((1801, 1802, 1803, 1804, 1805), (5, 9000.0)),  # 9,015 in two figures
    ],
)
def test_when_a_sum_is_shown(figures, sum_):
    assert total(*figures) == sum_


def test_one_municipality_more_cannot_be_read_off_two_releases():
    before = (210, 220, 230, 240, 250)  # 1,150
    after = (*before, 17)
    assert total(*before)[1] == total(*after)[1] == 1200.0


def test_only_what_is_withheld_is_in_the_sum():
    everything, shown = rows((100, 200, 300, 400, 500))
    some = shown.with_columns(
        missing=pl.when(pl.col("municipality") != "0004").then("missing"),
    )
    assert totals(everything, some).is_empty()
    assert total(100, 200, 300, 400, 500, hidden=False) is None


@pytest.mark.parametrize("measure", ["answered_24h", "posts_per_week", "e"])
def test_shares_and_rates_are_not_summed(measure):
    assert total(100, 200, 300, 400, 500, measure=measure) is None


def test_parts_of_a_municipality_are_not_summed_beside_it():
    assert total(100, 200, 300, 400, 500, platform="facebook") is None


def test_ways_of_access_and_countries_are_summed_apart():
    owner = rows((100, 200, 300, 400, 500))
    library = rows((10, 20, 30, 40, 50), access="aggregate")
    both = [pl.concat(pair) for pair in zip(owner, library, strict=True)]
    found = totals(both[0], both[1].unique())
    assert found.select("access", "owners", "total").rows() == [
        ("aggregate", 5, 150.0),
        ("owner", 5, 1500.0),
    ]
