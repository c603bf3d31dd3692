"""Adoption by plan: those that have it now, and those that plan to."""

import pytest

from tests.lib.answering import question
from tests.lib.drawn_waves import asked, surveyed
from torg.errors import SurveyError
from torg.survey import by_plan

PLANS = asked(question("uses", "planned"))


def wave(yes, planned, no, silent=0):
    said = ["yes"] * yes + ["planned"] * planned + ["no"] * no + [""] * silent
    rows = [f"{n:03} | {code}" for n, code in enumerate(said)]
    return surveyed("\n".join(["unit | uses", *rows]))


def rows(of, **how):
    found = by_plan(of, PLANS, item="uses", **how)
    return {r["category"]: r for r in found.iter_rows(named=True)}


def test_58_per_cent_now_and_71_by_plan():
    found = rows(wave(58, 13, 29))
    shares = {category: row["estimate"] for category, row in found.items()}
    assert shares == pytest.approx(
        {"yes": 0.58, "planned": 0.13, "by_plan": 0.71, "by_plan:0.5": 0.58 + 0.13 / 2}
    )


def test_base_and_n_are_the_items_own_in_every_row():
    found = rows(wave(58, 13, 29, silent=40))
    assert {row["n"] for row in found.values()} == {100}
    assert {row["base"] for row in found.values()} == {"answered"}


def test_the_sum_has_an_interval_of_its_own():
    found = rows(wave(58, 13, 29, silent=100))
    own = found["by_plan"]
    assert own["low"] < 0.71 < own["high"]
    # As of any share of 71 in 100, and not the sum of two intervals.
    parts = sum(found[c]["high"] - found[c]["low"] for c in ("yes", "planned"))
    assert own["high"] - own["low"] < parts


def test_if_only_a_share_of_plans_comes_true_less_is_reached():
    found = rows(wave(58, 13, 29, silent=100), coming_true=0.2)
    assert found["by_plan:0.2"]["estimate"] == pytest.approx(0.58 + 0.2 * 0.13)
    assert found["yes"]["low"] <= found["by_plan:0.2"]["low"] <= found["by_plan"]["low"]
    assert found["by_plan:0.2"]["high"] <= found["by_plan"]["high"]


def test_where_all_answered_nothing_is_uncertain_but_the_plans():
    found = rows(wave(58, 13, 29))
    assert found["by_plan"]["low"] == found["by_plan"]["high"] == pytest.approx(0.71)


def test_an_item_without_plans_is_told():
    plain = asked(question("uses", "one"))
    with pytest.raises(SurveyError, match="no answers 'yes' and 'planned'"):
        by_plan(surveyed("unit | uses\n1 | yes"), plain, item="uses")


def test_more_than_all_plans_cannot_come_true():
    with pytest.raises(SurveyError, match="share of plans"):
        rows(wave(1, 1, 1), coming_true=2)
