"""What sets the top apart: a small drawn ranking in, exact figures out."""

import datetime as dt

import polars as pl
import pytest

from torg.compare import CONTRASTS, Hypothesis, Order, contrasts, dominance, holm
from torg.report.results import CONTRASTS as REPORTED

H = Hypothesis(
    id="H1",
    texts={"en": "The first two post more."},
    measure="posts_per_week",
    direction="higher",
    registered_on=dt.date(2024, 1, 1),
    top=5,
)


def test_every_pair_is_held_against_each_other():
    # 5 and 3 against 4, 2 and 1: above in 3 + 2 = 5 of 6 pairs, below in 1; (5 - 1) / 6.
    found = dominance([([5, 3], [4, 2, 1])], confidence=0.95)
    assert found.delta == pytest.approx(4 / 6)
    # The differences: 1 3 4 -1 1 2; in order -1 1 1 2 3 4, the middle (1 + 2) / 2.
    assert found.difference == 1.5
    # Of the 10 ways to choose two of five, {5,4} {5,3} have as many pairs above, or more.
    assert found.p_higher == pytest.approx(2 / 10)
    # All but {5,4} have as few, or fewer.
    assert found.p_lower == pytest.approx(9 / 10)
    assert found.p_different == pytest.approx(4 / 10)
    assert (found.low, found.high) == (None, None)  # of ten ways none is as rare as 1 in 40


def test_only_pairs_of_one_size_class_count():
    # The large are above the small in everything; within each class top and others are equal.
    found = dominance([([10, 11], [10, 11]), ([1], [1, 1])], confidence=0.95)
    assert (found.delta, found.difference) == (0.0, 0.0)
    assert found.p_different == 1.0


def test_equal_values_are_counted_as_they_are():
    # 2 2 against 2 1: of the pairs two are above and two equal; doubled 2*2 + 2 = 6 of 8.
    # Choices of two of {2, 2, 2, 1}: three without the 1 (as many), three with it (fewer).
    found = dominance([([2, 2], [2, 1])], confidence=0.95)
    assert found.delta == 0.5
    assert found.p_higher == pytest.approx(3 / 6)
    assert found.p_lower == pytest.approx(1.0)


def test_holm_steps_up_and_leaves_out_what_was_not_tested():
    # 0.01 * 3 = 0.03; 0.02 * 2 = 0.04; 0.04 * 1 = 0.04, and no less than the one before.
    assert holm([0.04, None, 0.01, 0.02]) == pytest.approx([0.04, None, 0.03, 0.04])
    assert holm([0.6, 0.9]) == [1.0, 1.0]


def _places(count, *, classes=("2-5k",)):
    rows = [("XX", f"{n:04}", n, classes[n % len(classes)]) for n in range(1, count + 1)]
    schema = {"country": pl.String, "municipality": pl.String, "rank": pl.Int64}
    return pl.DataFrame(rows, schema={**schema, "size_class": pl.String}, orient="row")


def _values(places, value, *, access="public_page", measure="posts_per_week"):
    rows = [(*row[:2], measure, value(row[2]), access) for row in places.iter_rows()]
    names = ("country", "municipality", "measure", "value", "access")
    kinds = (pl.String, pl.String, pl.String, pl.Float64, pl.String)
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def _order(places, **more):
    told = {"top_set": (), "criteria": ["answered_24h"], "access": "public_page"}
    return Order(places=places, **(told | more))


def _one(values, order, hypothesis=H):
    return contrasts(values, order, [hypothesis], confidence=0.95).row(0, named=True)


def test_the_first_five_against_the_others():
    places = _places(15)
    row = _one(_values(places, lambda rank: float(100 - rank)), _order(places))
    assert (row["n_top"], row["n_contrast"]) == (5, 10)
    assert (row["top_median"], row["contrast_median"]) == (97.0, 89.5)  # ranks 3; 10 and 11
    assert row["delta"] == 1.0
    assert row["p_value"] == pytest.approx(1 / 3003)  # one of the ways to choose 5 of 15
    assert row["p_holm"] == row["p_value"]
    assert row["low"] <= row["difference"] <= row["high"]
    assert row["missing"] is None


def test_the_columns_are_those_that_the_report_knows():
    places = _places(15)
    found = contrasts(_values(places, float), _order(places), [H], confidence=0.95)
    assert dict(found.schema) == dict(CONTRASTS) == dict(REPORTED)


def test_without_a_number_it_is_the_rankings_top_set():
    places = _places(15)
    top = [("XX", f"{n:04}") for n in range(3, 10)]
    row = _one(
        _values(places, float),
        _order(places, top_set=top),
        Hypothesis(**{**vars(H), "top": None}),
    )
    assert (row["n_top"], row["n_contrast"]) == (7, 8)


def test_a_contrast_may_begin_further_down_as_it_was_registered():
    places = _places(20)
    told = Hypothesis(**{**vars(H), "contrast": "same size, outside the top 12"})
    row = _one(_values(places, float), _order(places), told)
    assert (row["n_top"], row["n_contrast"]) == (5, 8)


def test_who_has_nobody_of_its_size_on_the_other_side_is_not_compared():
    places = _places(15).with_columns(
        size_class=pl.when(pl.col("rank") == 15).then(pl.lit(">50k")).otherwise("size_class")
    )
    row = _one(_values(places, float), _order(places))
    assert (row["n_top"], row["n_contrast"]) == (5, 9)


def test_figures_of_another_access_tier_are_not_compared():
    places = _places(15)
    row = _one(_values(places, float, access="owner"), _order(places))
    assert (row["n_top"], row["missing"]) == (0, "few_compared")


@pytest.mark.parametrize(("count", "n_contrast"), [(9, 4), (5, 0)])
def test_fewer_than_five_on_a_side_are_not_told(count, n_contrast):
    places = _places(count)
    row = _one(_values(places, float), _order(places))
    assert (row["missing"], row["n_contrast"]) == ("few_compared", n_contrast)
    figures = ("top_median", "contrast_median", "difference", "low", "high", "delta", "p_value")
    assert [row[name] for name in figures] == [None] * 7


@pytest.mark.parametrize(
    ("criteria", "part"),
    [
        (["posts_per_week"], "criterion"),
        (["active_weeks"], "family"),
        (["answered_24h"], None),
    ],
)
def test_a_row_says_what_part_the_measure_had_in_the_ranking(criteria, part):
    places = _places(15)
    assert _one(_values(places, float), _order(places, criteria=criteria))["in_ranking"] == part


def test_a_measure_that_there_is_not_is_told():
    places = _places(15)
    row = _one(_values(places, float), _order(places), Hypothesis(**{**vars(H), "measure": "joy"}))
    assert row["missing"] == "no_such_measure"


def test_all_that_were_registered_share_the_risk():
    places = _places(15)
    two = [H, Hypothesis(**{**vars(H), "id": "H2", "direction": "lower"})]
    found = contrasts(
        _values(places, lambda rank: float(-rank)), _order(places), two, confidence=0.95
    )
    assert found["p_value"].to_list() == pytest.approx([1 / 3003, 1.0])
    assert found["p_holm"].to_list() == pytest.approx([2 / 3003, 1.0])
