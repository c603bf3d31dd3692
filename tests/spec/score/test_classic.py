"""The six lists of NM i Facebook: number and share of followers, of talk, and of growth."""

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from tests.lib.observed import municipalities, observed
from torg.score import rank
from torg.study import Criterion, Ranking, Study

TOWNS = municipalities(["0301", "1151"])
STUDY = Study(folder=Path(), id="spec", title="Spec", ranking=Ranking(lists="classic", draws=200))

# Utsira (1151) had 810 fans and 218 inhabitants: shares above 100 % are real.
STOCKS = [
    ("0301", "followers", 5000),
    ("1151", "followers", 810),
    ("0301", "followers_per_1000", 8.0),
    ("1151", "followers_per_1000", 3715.6),
    ("0301", "follower_growth", 30),
    ("1151", "follower_growth", 30),
    ("0301", "follower_growth_rate", "one_reading"),
]


def seen():
    weekly = {"p2": 40, "c2": 8, "v2": 2}  # reactions, comments and shares of four posts a week
    weeks = {
        measure: {
            town: [(number * times + week % 2, 4) for week in range(10)]
            for town, times in (("0301", 3), ("1151", 1))
        }
        for measure, number in weekly.items()
    }
    inhabitants = {"0301": 600.0, "1151": 0.218}  # thousands
    weeks["engagement_per_1000"] = {
        town: [(50 * times + 3 * (week % 2), inhabitants[town]) for week in range(10)]
        for town, times in (("0301", 3), ("1151", 1))
    }
    return observed(weeks, values=STOCKS)


def on_list(name):
    return rank(seen(), TOWNS, STUDY).rows.filter(group=f"classic:{name}")


def test_the_six_lists_in_their_order_and_no_list_of_all():
    groups = rank(seen(), TOWNS, STUDY).rows["group"].unique(maintain_order=True).to_list()
    assert groups == [
        "classic:likes",
        "classic:likes_share",
        "classic:talking",
        "classic:talking_share",
        "classic:growth",
        "classic:growth_share",
    ]


def test_a_stock_has_no_sampling_error_and_no_set():
    rows = on_list("likes").select("municipality", "set", "score", "rank", "rank_low").rows()
    assert rows == [("0301", "none", 5000, 1, None), ("1151", "none", 810, 2, None)]


def test_by_share_the_smallest_can_be_first():
    assert on_list("likes_share")["municipality"].to_list() == ["1151", "0301"]
    assert on_list("talking_share")["municipality"].to_list() == ["1151", "0301"]


def test_talking_about_is_all_reactions_comments_and_shares():
    # Ten weeks: 3 x (40 + 8 + 2) a week, and one more of each of the three every other week.
    rows = on_list("talking").select("municipality", "set", "score", "rank_high").rows()
    assert rows == [("0301", "simultaneous", 1515, 1), ("1151", "simultaneous", 515, 2)]


def test_equal_growth_is_an_equal_place():
    assert on_list("growth")["rank"].to_list() == [1, 1]


def test_a_list_without_figures_lists_the_municipalities_with_the_reason():
    rows = on_list("growth_share").select("municipality", "rank", "missing").rows()
    assert rows == [("0301", None, "one_reading"), ("1151", None, "no_figure")]


def test_beside_a_score_over_areas_the_lists_are_the_same_and_change_no_place():
    criteria = (Criterion(measure="engagement_per_1000", area="reputation"),)
    with_areas = STUDY.model_copy(update={"criteria": criteria, "ranking": Ranking(draws=200)})
    with_both = with_areas.model_copy(update={"ranking": Ranking(lists="both", draws=200)})
    alone, both = rank(seen(), TOWNS, with_areas), rank(seen(), TOWNS, with_both)
    assert alone.rows.filter(group="all")["rank"].to_list() == [1, 2, 1, 2]
    lists = both.rows.filter(pl.col("group").str.starts_with("classic:"))
    assert_frame_equal(lists, rank(seen(), TOWNS, STUDY).rows)
    assert_frame_equal(both.rows.head(alone.rows.height), alone.rows)
    assert both.rows.height == alone.rows.height + lists.height
    assert both.top_set == alone.top_set
    assert_frame_equal(both.criteria, alone.criteria)
