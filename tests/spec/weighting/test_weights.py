"""Weights: those who answered stand for all, and what was joined or left out is said."""

import polars as pl
import pytest

from tests.lib.answering import frame
from torg.errors import SurveyError
from torg.survey import OBSERVED, weigh

# Four small and six large units of two counties.
UNITS = frame(
    """
    unit | size_class | county | population
    01   | 0-2k       | North  | 1000
    02   | 0-2k       | North  | 1100
    03   | 0-2k       | South  | 1200
    04   | 0-2k       | South  | 1300
    05   | 2-5k       | North  | 3000
    06   | 2-5k       | North  | 3100
    07   | 2-5k       | North  | 3200
    08   | 2-5k       | South  | 3300
    09   | 2-5k       | South  | 3400
    10   | 2-5k       | South  | 3500
    """
)


def answered(*units, of=UNITS):
    return of.filter(pl.col("unit").is_in(list(units))).select("country", "unit")


def weights(weighting):
    return {unit: round(w, 6) for unit, w in weighting.weights.select("unit", "weight").rows()}


def observed(values, measure="posts_per_week"):
    rows = [("XX", unit, measure, value, "open_network", None) for unit, value in values.items()]
    return pl.DataFrame(rows, schema=dict(OBSERVED), orient="row")


def test_post_stratified_each_answer_stands_for_its_class():
    # Two of the four small answered, and three of the six large: 4/2 and 6/3.
    got = weigh(
        UNITS, answered("01", "03", "05", "06", "08"), method="poststratify", margins=("size",),
        least=2,
    )  # fmt: skip
    assert weights(got) == {"01": 2.0, "03": 2.0, "05": 2.0, "06": 2.0, "08": 2.0}
    # One more of the large: 6/4.
    got = weigh(
        UNITS, answered("01", "03", "05", "06", "08", "09"), method="poststratify",
        margins=("size",), least=2,
    )  # fmt: skip
    assert weights(got) == {"01": 2.0, "03": 2.0, "05": 1.5, "06": 1.5, "08": 1.5, "09": 1.5}
    assert got.by == "size"
    assert got.classes.rows() == [("size", "0-2k", 4, 2, 4.0), ("size", "2-5k", 6, 4, 6.0)]


def test_what_unequal_weights_cost_is_told():
    got = weigh(
        UNITS, answered("01", "03", "05", "06", "08", "09"), method="poststratify",
        margins=("size",), least=2,
    )  # fmt: skip
    # Kish: 6 (2 x 2^2 + 4 x 1.5^2) / 10^2 = 6 x 17 / 100
    assert got.kish == pytest.approx(1.02)
    assert got.effective_n == pytest.approx(6 / 1.02)
    assert (got.least, got.most, got.respondents) == (1.5, 2.0, 6)


def test_raked_every_margin_is_met_by_itself():
    who = answered("01", "02", "03", "05", "06", "08", "09", "10")
    got = weigh(UNITS, who, margins=("size", "region"), least=2)
    # Of the frame 4 are small and 6 large, 5 in the north and 5 in the south.
    assert [(m, c, n, round(w, 9)) for m, c, _, n, w in got.classes.rows()] == [
        ("size", "0-2k", 3, 4.0),
        ("size", "2-5k", 5, 6.0),
        ("region", "North", 4, 5.0),
        ("region", "South", 4, 5.0),
    ]
    assert got.by == "size + region"
    assert got.joined == ()


def test_no_answer_stands_for_less_than_itself_or_more_than_the_bound():
    who = answered("01", "05", "06", "07", "08", "09", "10")
    got = weigh(UNITS, who, margins=("size",), bounds=(0.3, 3.0), least=2)
    # 0-2k has one answer, which is too few: the classes are joined, 10/7 each.
    assert got.joined == ("size: 0-2k + 2-5k",)
    assert (round(got.least, 6), round(got.most, 6)) == (round(10 / 7, 6), round(10 / 7, 6))


def test_where_the_bounds_cannot_be_met_classes_are_joined_until_they_can():
    # 4/1 were 2.8 times the mean weight of 10/7; at most twice it is allowed.
    who = answered("01", "05", "06", "07", "08", "09", "10")
    alone = weigh(UNITS, answered("01", "02", "05", "06", "07"), margins=("size",), least=2)
    assert weights(alone)["01"] == 2.0
    tight = weigh(UNITS, who, margins=("size", "region"), bounds=(0.9, 1.01), least=2)
    assert "size: 0-2k + 2-5k" in tight.joined
    assert sum(weights(tight).values()) == pytest.approx(10)


def test_a_class_with_few_answers_joins_its_neighbour_in_size():
    units = UNITS.with_columns(
        size_class=pl.Series(["a"] * 3 + ["b"] * 3 + ["c"] * 4)  # by population
    )
    got = weigh(
        units, answered("01", "02", "04", "07", "08", "09"), method="poststratify",
        margins=("size",), least=2,
    )  # fmt: skip
    # b has one answer; of its neighbours a has two and c three: it joins a.
    assert got.joined == ("size: a + b",)
    assert weights(got)["01"] == 2.0  # 6/3
    assert weights(got)["07"] == round(4 / 3, 6)


def test_where_all_have_answered_few_are_all_there_are():
    units = UNITS.with_columns(size_class=pl.Series(["a"] * 9 + ["b"]))
    got = weigh(
        units, answered("01", "02", "03", "10"), method="poststratify", margins=("size",), least=2
    )
    assert weights(got) == {"01": 3.0, "02": 3.0, "03": 3.0, "10": 1.0}


def test_county_units_are_a_class_of_their_own():
    units = frame(
        """
        unit         | kind         | size_class | county | population
        01           | municipality | 0-2k       | North  | 1000
        02           | municipality | 0-2k       | North  | 1000
        03           | both         | 0-2k       | Oslo   | 1000
        county:North | county       | county     | North  | 90000
        county:South | county       | county     | South  | 90000
        county:West  | county       | county     | West   | 90000
        """
    )
    who = answered("01", "03", "county:North", "county:South", of=units)
    for method in ("poststratify", "rake"):
        got = weigh(units, who, method=method, margins=("size", "region"))
        assert weights(got) == {"01": 1.5, "03": 1.5, "county:North": 1.5, "county:South": 1.5}
        assert "county" in got.classes["class"].to_list()


def test_a_lone_county_is_joined_because_of_one_answer_no_spread_can_be_told():
    units = frame(
        """
        unit         | kind         | size_class | county | population
        01           | municipality | 0-2k       | North  | 1000
        02           | municipality | 0-2k       | North  | 1000
        county:North | county       | county     | North  | 90000
        county:South | county       | county     | South  | 90000
        """
    )
    got = weigh(units, answered("01", "02", "county:North", of=units), margins=("size",))
    assert got.joined == ("size: 0-2k + county",)


def test_counties_that_the_bounds_leave_no_weights_are_joined_and_nobody_else():
    # Two of twelve counties would stand for six each, and five is the most: 3 x 32 / 19. Of the
    # municipalities enough answered in each class.
    lines = [
        f"{n:02} | municipality | {s} | North | {p}"
        for s, p, ns in (("0-2k", 1000, range(10)), ("2-5k", 3000, range(10, 20)))
        for n in ns
    ]
    lines += [f"county:{n:02} | county | county | North | 90000" for n in range(12)]
    units = frame("\n".join(["unit | kind | size_class | county | population", *lines]))
    who = answered(*(f"{n:02}" for n in (*range(9), *range(10, 18))), "county:00", "county:01",
                   of=units)  # fmt: skip
    got = weigh(units, who, margins=("size",))
    assert got.joined == ("size: 2-5k + county",)
    assert weights(got)["00"] == round(10 / 9, 6)


def test_activity_is_weighted_on_where_the_whole_frame_was_observed():
    posts = {f"{n:02}": float(n) for n in range(1, 11)}
    who = answered("01", "03", "05", "06", "08", "10")
    got = weigh(UNITS, who, margins=("activity",), observed=observed(posts), least=2)
    assert got.by == "activity"
    # Fifths of two units each; those with one answer are joined to their neighbours.
    assert got.classes["class"].to_list() == ["lowest + low", "middle", "high + highest"]
    assert got.joined == ("activity: lowest + low", "activity: high + highest")


def test_a_measure_that_was_not_observed_of_all_is_left_out_and_said():
    posts = {f"{n:02}": float(n) for n in range(1, 10)}
    got = weigh(
        UNITS, answered("01", "03", "05", "08"), margins=("size", "activity"),
        observed=observed(posts), least=2,
    )  # fmt: skip
    assert got.by == "size"
    assert got.joined == ("activity: posts_per_week left out, not observed of 1 of 10",)
    without = weigh(UNITS, answered("01", "03", "05", "08"), margins=("size", "activity"), least=2)
    assert without.joined == ("activity: left out, nothing was observed of the whole frame",)


def test_what_was_not_observed_of_a_few_is_a_class_of_its_own():
    units = frame(
        "unit | size_class | county | population\n"
        + "\n".join(f"{n:03} | x | North | {1000 + n}" for n in range(60))
    )
    posts = {f"{n:03}": float(n) for n in range(57)}  # of a twentieth it is not known
    who = answered(*(f"{n:03}" for n in range(1, 60, 2)), of=units)
    got = weigh(units, who, margins=("activity",), observed=observed(posts), least=2)
    # 57, 58 and 59 are unknown, and 57 and 59 answered.
    assert got.classes.rows()[0] == ("activity", "unknown", 3, 2, pytest.approx(3))


def test_margins_crossed():
    who = answered("01", "03", "05", "06", "08", "09")
    got = weigh(UNITS, who, method="poststratify", margins=("size", "region"), least=2)
    # Small: one answer north and one south, so 4/2 for both. Large: 3/2 in each county.
    assert got.by == "size x region"
    assert weights(got) == {"01": 2.0, "03": 2.0, "05": 1.5, "06": 1.5, "08": 1.5, "09": 1.5}
    assert got.joined == ("size x region: 2 cells as 0-2k",)


def test_without_weights_all_stand_for_as_many():
    got = weigh(UNITS, answered("01", "05", "06", "07"), method="none")
    assert set(weights(got).values()) == {2.5}
    assert (got.by, got.kish, got.joined) == ("", 1.0, ())


def test_propensity_classes_are_made_of_how_likely_a_unit_was_to_answer():
    units = frame(
        "unit | size_class | county | population\n"
        + "\n".join(f"{n:03} | x | North | {100 * 2 ** (n // 10)}" for n in range(100))
    )
    # The larger, the likelier: n of ten in the n-th ten.
    who = answered(*(f"{n:03}" for n in range(100) if n % 10 <= n // 10), of=units)
    got = weigh(units, who, method="propensity", margins=("size", "region"))
    assert got.by == "propensity"
    # The smallest two tens are the first fifth: 1 + 2 of 20 answered, fewer than five.
    assert got.classes.rows()[0] == ("propensity", "1 + 2", 40, 10, pytest.approx(40))
    assert weights(got)["099"] == round(20 / 19, 6)


def test_who_is_not_in_the_frame_is_refused():
    stranger = pl.DataFrame({"country": ["XX"], "unit": ["99"]})
    with pytest.raises(SurveyError, match="answers came from XX 99, which the frame does not"):
        weigh(UNITS, stranger)


def test_nobody_cannot_be_weighed():
    with pytest.raises(SurveyError, match="nobody has answered this wave"):
        weigh(UNITS, answered())


def test_a_unit_stands_in_the_frame_once():
    with pytest.raises(SurveyError, match="the frame has XX 01 twice"):
        weigh(pl.concat([UNITS, UNITS.head(1)]), answered("02"))


def test_a_margin_or_method_that_there_is_none():
    with pytest.raises(SurveyError, match="no margin is called age: choose of size, region"):
        weigh(UNITS, answered("01"), margins=("age",))
    with pytest.raises(SurveyError, match="no way of weighting is called magic"):
        weigh(UNITS, answered("01"), method="magic")


def test_every_unit_of_the_frame_has_its_class():
    got = weigh(UNITS, answered("01", "02", "05", "06"), margins=("size", "region"), least=2)
    assert got.memberships.filter(unit="10").rows() == [
        ("XX", "10", "size", "2-5k"),
        ("XX", "10", "region", got.classes.filter(margin="region")["class"][0]),
    ]
    assert len(got.memberships) == 20
