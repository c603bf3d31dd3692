"""The truth of a simulated country: what a measure would come to in the long run."""

import polars as pl
import pytest

from torg.simulate import World, simulate_weekly

# A country in which chance does next to nothing: all municipalities alike, all weeks alike.
EVEN = World(
    page_share=1.0,
    dormant_share=0.0,
    merging=0,
    coverage_spread=0.0,
    coverage_slope=0.0,
    growth_mean=0.0,
    growth_spread=0.0,
    posts_median=5.0,
    posts_spread=0.0,
    posts_slope=0.0,
    level_spread=0.0,
    kind_spread=0.0,
    level_slope=0.0,
    national_spread=0.0,
    week_spread=0.0,
    crisis_counties=0,
    question_evenness=1e9,
    answer_evenness=1e9,
)


def truth(world, measure, *, weeks=10):
    rows = simulate_weekly(1, municipalities=20, weeks=weeks, world=world).truth
    return rows.filter(pl.col("measure") == measure)["value"].to_list()


def test_posts_per_week_is_the_rate_that_the_municipality_was_given():
    assert truth(EVEN, "posts_per_week") == [5.0] * 20


def test_a_week_of_crisis_belongs_to_the_window_and_so_to_its_truth():
    struck = World(**{**vars(EVEN), "crisis_counties": 1, "crisis_posts": 3.0})
    # Nine quiet weeks of 5 posts and one of 15: (9 * 5 + 15) / 10
    assert set(truth(struck, "posts_per_week")) == {5.0, 6.0}


def test_engagement_is_all_that_one_post_brings_per_1000_followers():
    # Of 0.9 comments a quarter asks; 62 % of questions and a quarter as many others are answered,
    # and 15 % of the answers are thanked for.
    answers = 0.25 * 0.62 + 0.75 * 0.62 * 0.25
    expected = 9.0 + 1.2 + 0.9 * (1 + answers * 1.15)
    assert truth(EVEN, "e") == pytest.approx([expected] * 20, rel=1e-3)


def test_a_municipality_without_a_page_has_no_true_level():
    nobody = World(**{**vars(EVEN), "page_share": 0.0})
    assert truth(nobody, "posts_per_week") == [None] * 20


def test_a_page_that_never_posts_has_a_rate_of_zero_and_no_level_of_engagement():
    asleep = World(**{**vars(EVEN), "dormant_share": 1.0})
    assert truth(asleep, "posts_per_week") == [0.0] * 20
    assert truth(asleep, "e") == [None] * 20


def test_estimates_come_to_the_truth_in_the_long_run():
    # Ten years, places with enough questions, and weeks that differ only from place to place.
    world = World(national_spread=0.0, smallest=5000, median_population=20_000)
    weekly = simulate_weekly(7, municipalities=20, weeks=520, world=world)
    estimates = weekly.weekly.group_by("municipality", "measure").agg(
        estimate=pl.col("numerator").sum() / pl.col("denominator").sum()
    )
    both = weekly.truth.filter(pl.col("value") > 0).join(estimates, on=["municipality", "measure"])
    errors = both.group_by("measure").agg(
        (pl.col("estimate") / pl.col("value")).median().alias("middle"),
        (pl.col("estimate") / pl.col("value") - 1).abs().quantile(0.9).alias("nine_in_ten"),
    )
    assert errors["middle"].to_list() == pytest.approx([1.0] * errors.height, abs=0.02)
    assert errors["nine_in_ten"].max() < 0.15
