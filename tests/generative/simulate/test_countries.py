"""Whatever the seed and the size, a country hangs together; clever clocks agree with slow ones."""

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.office import slow_office_hours
from torg.simulate import simulate, simulate_weekly
from torg.simulate.clock import at_office_hour, office_hours_passed

SEEDS = st.integers(0, 2**32)


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS, municipalities=st.integers(1, 60), weeks=st.integers(1, 8))
def test_every_record_belongs_to_a_page_of_the_register(seed, municipalities, weeks):
    country = simulate(seed, municipalities=municipalities, weeks=weeks)
    pages = {channel.platform_id for channel in country.register.channels}
    assert set(country.posts["channel"]) <= pages
    assert set(country.audience["channel"]) == pages
    assert country.replies.join(
        country.posts, left_on="post_native_id", right_on="native_id", how="anti"
    ).is_empty()
    for frame in (country.posts, country.replies):
        assert frame["native_id"].is_unique().all()
        assert frame["line"].to_list() == list(range(2, frame.height + 2))


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS, municipalities=st.integers(1, 80), weeks=st.integers(1, 20))
def test_shares_are_shares_and_every_known_page_has_every_week(seed, municipalities, weeks):
    drawn = simulate_weekly(seed, municipalities=municipalities, weeks=weeks)
    shares = drawn.weekly.filter(pl.col("measure").str.contains("answered"))
    assert shares.filter(pl.col("numerator") > pl.col("denominator")).is_empty()
    assert drawn.weekly.filter(pl.col("numerator") < 0).is_empty()
    assert drawn.municipalities.height == municipalities
    rows = drawn.weekly.group_by("municipality", "measure").len()
    assert rows.filter(pl.col("len") != weeks).is_empty()


@given(start=st.integers(0, 3 * 7 * 24 * 60), length=st.integers(0, 2 * 7 * 24 * 60))
@settings(max_examples=50, deadline=None)
def test_office_hours_agree_with_counting_minutes(start, length):
    ends = np.array([start, start + length]) / 60
    passed = np.diff(office_hours_passed(ends))[0]
    assert abs(passed - slow_office_hours(start, start + length)) < 1e-9


@given(passed=st.floats(0, 5000))
def test_the_hour_at_which_so_much_has_passed_is_found_again(passed):
    assert abs(office_hours_passed(at_office_hour(np.array([passed])))[0] - passed) < 1e-6
