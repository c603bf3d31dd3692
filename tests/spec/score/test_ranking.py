"""What `rank` says of everybody: who is compared, in which groups, and who is only listed."""

from pathlib import Path

import pytest

from tests.lib.observed import municipalities, observed
from torg.errors import MeasureError
from torg.score import RANK_COLUMNS, rank
from torg.study import Criterion, Ranking, Study

WEEKS = 10


def study(*criteria, **ranking):
    return Study(
        folder=Path(),
        id="spec",
        title="Spec",
        criteria=criteria,
        ranking=Ranking(draws=200, **ranking),
    )


def steady(share, posts=20):
    """Ten weeks with the same number of posts, give or take one that is commented."""
    return [(share * posts + (-1) ** week, posts) for week in range(WEEKS)]


C1 = Criterion(measure="c1", area="dialogue", transform="linear")
V1 = Criterion(measure="v1", area="reputation", transform="linear")
SHARES = {"0301": 0.8, "1101": 0.5, "4601": 0.2}
TOWNS = municipalities(list(SHARES))


def commented(**options):
    return observed({"c1": {town: steady(share) for town, share in SHARES.items()}}, **options)


def group(ranked, name, kind):
    return ranked.rows.filter(group=name, set=kind)


def test_the_first_rows_are_all_with_the_simultaneous_set():
    ranked = rank(commented(), TOWNS, study(C1))
    assert ranked.rows.columns == list(RANK_COLUMNS)
    first = ranked.rows.head(3)
    assert first["group"].to_list() == ["all"] * 3
    assert first["set"].to_list() == ["simultaneous"] * 3
    assert first["municipality"].to_list() == ["0301", "1101", "4601"]
    assert first["rank"].to_list() == [1, 2, 3]
    assert first["missing"].to_list() == [None] * 3


def test_areas_have_their_points_and_a_missing_area_stays_missing():
    # The median has 50.5. With 0.2 and 0.8 the MAD is 0.3: z = 1 / 1.4826, 1 + 16.5 (z + 3) = 61.6.
    ranked = rank(commented(), TOWNS, study(C1))
    first, second, _ = group(ranked, "all", "simultaneous")["areas"].to_list()
    assert first == {
        "dialogue": pytest.approx(61.629, abs=1e-3),
        "reputation": None,
        "crisis": None,
    }
    assert second["dialogue"] == 50.5


def test_a_criterion_that_nobody_has_is_dropped_and_reported():
    ranked = rank(commented(), TOWNS, study(C1, V1))
    told = ranked.criteria.select("measure", "kept", "reason").rows()
    assert told == [("c1", True, None), ("v1", False, "missing_for_all")]
    assert group(ranked, "all", "simultaneous")["rank"].to_list() == [1, 2, 3]


def test_an_area_that_most_lack_is_dropped_for_all_instead_of_shutting_them_out():
    seen = observed(
        {
            "c1": {town: steady(share) for town, share in SHARES.items()},
            "v1": {"0301": steady(0.5)},
        }
    )
    liked = Criterion(measure="v1", area="reputation", transform="enough", enough=0.9)
    ranked = rank(seen, TOWNS, study(C1, liked))
    assert ranked.criteria["reason"].to_list() == [None, "area_missing_for_most"]
    assert ranked.not_ranked.is_empty()


def test_too_little_data_is_listed_and_never_ranked_last():
    seen = observed(
        {"c1": {**{t: steady(s) for t, s in SHARES.items()}, "5001": steady(0.1)[:2]}},
        posts={"4601": 3, "1101": 50},
    )
    towns = municipalities([*SHARES, "5001", "5501"])
    ranked = rank(seen, towns, study(C1, least_posts=5, least_weeks=4))
    rows = group(ranked, "all", "simultaneous").select("municipality", "rank", "missing").rows()
    assert rows == [
        ("0301", 1, None),
        ("1101", 2, None),
        ("4601", None, "few_posts"),
        ("5001", None, "few_weeks"),
        ("5501", None, "no_posts"),
    ]
    assert ranked.not_ranked["municipality"].to_list() == ["4601", "5001", "5501"]


def test_who_has_no_area_is_listed_with_the_area():
    shared = {town: steady(share) for town, share in SHARES.items()}
    seen = observed({"v1": shared, "c1": {t: shared[t] for t in ("0301", "1101")}})
    ranked = rank(seen, TOWNS, study(C1, V1))
    assert ranked.not_ranked.rows() == [("NO", "4601", "lacks_dialogue")]


def test_a_measure_without_weeks_behind_it_cannot_be_ranked_on():
    seen = commented(values=[("0301", "v1", 0.5), ("1101", "v1", 0.6), ("4601", "v1", 0.7)])
    ranked = rank(seen, TOWNS, study(C1, V1))
    assert ranked.criteria["reason"].to_list() == [None, "missing_for_all"]


def test_no_ranking_runs_across_access_tiers():
    # Two towns are seen by their own token: they are compared with each other, and apart.
    shares = {**SHARES, "5001": 0.9, "5501": 0.1}
    seen = observed(
        {"c1": {town: steady(share) for town, share in shares.items()}},
        tiers={"5001": "owner", "5501": "owner"},
    )
    ranked = rank(seen, municipalities(list(shares)), study(C1))
    assert group(ranked, "all", "simultaneous")["municipality"].to_list() == list(SHARES)
    own = group(ranked, "access:owner", "simultaneous")
    assert own.select("municipality", "rank").rows() == [("5001", 1), ("5501", 2)]
    assert ranked.access.rows() == [("public_page", 3), ("owner", 2)]


def test_size_classes_and_counties_have_places_of_their_own():
    towns = municipalities(
        list(SHARES), counties={"0301": "Oslo"}, sizes={"0301": ">50k", "4601": "2-5k"}
    )
    ranked = rank(commented(), towns, study(C1))
    names = ranked.rows.select("group", "set").unique(maintain_order=True).rows()
    # Oslo is alone in its county and size class: a place among one says nothing.
    assert names == [
        ("all", "simultaneous"),
        ("all", "marginal"),
        ("size:2-5k", "marginal"),
        ("county:Vest", "marginal"),
    ]
    assert group(ranked, "county:Vest", "marginal").select("municipality", "rank").rows() == [
        ("1101", 1),
        ("4601", 2),
    ]


def test_one_alone_is_listed_and_not_ranked_first():
    seen = observed({"c1": {"0301": steady(0.8)}})
    enough = Criterion(measure="c1", area="dialogue", transform="enough", enough=0.9)
    ranked = rank(seen, municipalities(["0301"]), study(enough))
    (row,) = group(ranked, "all", "simultaneous").rows(named=True)
    assert (row["rank"], row["score"], row["missing"]) == (None, None, "alone")
    assert ranked.not_ranked.rows() == [("NO", "0301", "alone")]
    assert ranked.top_set == ()


def test_the_top_set_holds_all_that_may_be_among_the_best():
    ranked = rank(commented(), TOWNS, study(C1, top=1))
    assert ("NO", "0301") in ranked.top_set
    lows = group(ranked, "all", "simultaneous").filter(rank_low=1)["municipality"].to_list()
    assert [code for _, code in ranked.top_set] == lows


def test_the_same_figures_give_the_same_places_in_whatever_order_they_come():
    seen = commented()
    shuffled = type(seen)(seen.rows.reverse(), seen.weekly.sample(fraction=1, shuffle=True, seed=3))
    one, other = rank(seen, TOWNS, study(C1)), rank(shuffled, TOWNS.reverse(), study(C1))
    assert one.rows.equals(other.rows)
    assert one.scores.equals(other.scores)


def test_a_stock_is_a_criterion_without_error():
    seen = commented(values=[("0301", "followers", 10), ("1101", "followers", 20)])
    stock = Criterion(measure="followers", area="reputation")
    ranked = rank(seen, TOWNS, study(stock))
    assert ranked.scores["standard_error"].to_list() == [0, 0]
    found = group(ranked, "all", "simultaneous").select("rank_low", "rank_high").rows()
    assert found[:2] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    ("measure", "sentence"),
    [
        ("answer_hours_median", "Take answered_24h instead"),
        ("longest_silence_days", "Take posts_per_week instead"),
        ("posts_per_wek", "Did you mean posts_per_week?"),
        ("answer_hours_rmst72", "Write higher_is_better = false"),
    ],
)
def test_what_cannot_be_a_criterion_is_refused_with_what_to_take_instead(measure, sentence):
    with pytest.raises(MeasureError, match=sentence.replace("?", r"\?")):
        rank(commented(), TOWNS, study(Criterion(measure=measure, area="dialogue")))


def test_a_criterion_twice_is_refused():
    with pytest.raises(MeasureError, match="more weight"):
        rank(commented(), TOWNS, study(C1, C1))


def test_with_nobody_to_rank_everybody_is_listed():
    ranked = rank(commented(posts=1), TOWNS, study(C1))
    assert group(ranked, "all", "simultaneous")["missing"].to_list() == ["few_posts"] * 3
    assert ranked.top_set == ()
