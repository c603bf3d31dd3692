"""Estimates: what is a share of what, how sure it is, and what is said beside it."""

import polars as pl
import pytest

from tests.lib.answering import frame, options, question, questionnaire, wave
from tests.lib.registers import drawn
from torg.errors import SurveyError
from torg.survey import SHEET, Surveyed, cross, differences, estimate, respondents_of, weigh
from torg.survey.questionnaire import Condition

QUESTIONS = questionnaire(
    question("facebook", "one", allows_dont_know=True),
    question("pages", "number", low=0, shown_if=Condition("facebook", ("yes",))),
    question("tiktok", "one", waves=("2022",)),
    question("why", "text"),
)


def units(small, large):
    """A frame of so many small and large municipalities: s1, s2 ..., l1, l2 ..."""
    rows = [f"s{n} | 0-2k | North | 1000" for n in range(1, small + 1)]
    rows += [f"l{n} | 50k+ | South | 60000" for n in range(1, large + 1)]
    return frame("unit | size_class | county | population\n" + "\n".join(rows))


def sheet(table):
    """SHEET rows of a drawn table: a unit a line, a column an item; "(state)" is no answer."""
    rows = []
    for line in drawn(table):
        unit = line.pop("unit")
        for item, value in line.items():
            is_answer = not value.startswith("(")
            is_number = is_answer and item in ("pages",)
            rows.append(
                (
                    "2015", "XX", unit, item,
                    "answered" if is_answer else value.strip("()"),
                    value if is_answer and not is_number else None,
                    float(value) if is_number else None,
                )
            )  # fmt: skip
    return pl.DataFrame(rows, schema=dict(SHEET), orient="row")


def facebook(yes, no=(), dont_know=()):
    """A sheet of the one item."""
    lines = [
        f"{u} | {c}" for c, us in (("yes", yes), ("no", no), ("dont_know", dont_know)) for u in us
    ]
    return sheet("unit | facebook\n" + "\n".join(lines))


def named(letter, *numbers):
    return [f"{letter}{n}" for n in numbers]


def surveyed(units_, rows, *, method="poststratify", margins=("size",), least=2):
    weighting = weigh(units_, respondents_of(rows), method=method, margins=margins, least=least)
    return Surveyed(wave(), units_, rows, weighting)


def row(rows, item, category="yes", group="all"):
    chosen = rows.filter(
        pl.col("item") == item, pl.col("category").eq_missing(category), pl.col("group") == group
    )
    assert len(chosen) == 1
    return chosen.row(0, named=True)


def test_a_share_is_weighted():
    # Of 4 small 2 answered, one yes; of 6 large 3, all yes: (2 x 1 + 2 x 3) / 10.
    rows = facebook(yes=["s1", "l1", "l2", "l3"], no=["s2"])
    got = row(estimate(surveyed(units(4, 6), rows), QUESTIONS), "facebook")
    assert got["estimate"] == pytest.approx(0.8)
    assert (got["n"], got["base"], got["weighted_by"]) == (5, "answered", "size")
    # One more of the large, no: (2 x 1 + 6/4 x 3) / 10.
    rows = facebook(yes=["s1", "l1", "l2", "l3"], no=["s2", "l4"])
    got = row(estimate(surveyed(units(4, 6), rows), QUESTIONS), "facebook")
    assert got["estimate"] == pytest.approx(0.65)


def test_dont_know_is_an_answer_and_counts_in_the_base():
    rows = facebook(yes=["s1"], no=["s2"], dont_know=["s3", "s4"])
    got = estimate(surveyed(units(8, 0), rows), QUESTIONS)
    assert [row(got, "facebook", c)["estimate"] for c in ("yes", "no", "dont_know")] == [
        0.25, 0.25, 0.5,
    ]  # fmt: skip
    assert row(got, "facebook")["n"] == 4


def test_left_blank_is_not_in_the_base():
    rows = sheet("unit | facebook | why\ns1 | yes | so\ns2 | (no_answer) | so\ns3 | no | so")
    got = row(estimate(surveyed(units(6, 0), rows), QUESTIONS), "facebook")
    assert (got["estimate"], got["n"]) == (0.5, 2)


def test_not_asked_is_not_no():
    got = row(estimate(surveyed(units(4, 0), facebook(yes=["s1", "s2"])), QUESTIONS), "tiktok")
    assert (got["estimate"], got["missing"], got["n"]) == (None, "not_asked", 0)


def test_nobody_answered_the_item():
    rows = sheet("unit | facebook | why\ns1 | (no_answer) | so\ns2 | (no_answer) | so")
    got = row(estimate(surveyed(units(4, 0), rows), QUESTIONS), "facebook")
    assert (got["estimate"], got["low"], got["missing"]) == (None, None, "no_answers")


def test_a_mean_has_the_base_of_its_condition():
    rows = sheet(
        """
        unit | facebook | pages
        s1   | yes      | 1
        s2   | yes      | 3
        s3   | no       | (not_applicable)
        s4   | yes      | (no_answer)
        """
    )
    got = row(estimate(surveyed(units(8, 0), rows), QUESTIONS), "pages", None)
    assert (got["estimate"], got["n"], got["base"]) == (2.0, 2, "answered:facebook=yes")
    assert got["low"] >= 0.5  # (1 + 3 + 5 x 0) / 7 units that may have pages: no fewer


@pytest.mark.parametrize(
    ("yes", "n", "size", "low", "high"),
    [(0, 20, 30, 0, 0.1), (19, 20, 30, 0.8333, 0.9667), (60, 211, 357, 0.2465, 0.3249)],
)
def test_the_exact_interval_of_a_finite_population(yes, n, size, low, high):
    numbers = named("s", *range(1, n + 1))
    rows = facebook(yes=numbers[:yes], no=numbers[yes:])
    got = row(estimate(surveyed(units(size, 0), rows), QUESTIONS), "facebook")
    assert (round(got["low"], 4), round(got["high"], 4)) == (low, high)
    assert "exact" in got["flags"]


def test_no_interval_goes_beyond_what_is_possible():
    # 9 of 10 answered, 8 yes: at least 8 and at most 9 of the ten.
    numbers = named("s", *range(1, 10))
    got = row(
        estimate(surveyed(units(10, 0), facebook(yes=numbers[:8], no=numbers[8:])), QUESTIONS),
        "facebook",
    )
    assert (got["low"], got["high"]) == (0.8, 0.9)


def test_when_all_have_answered_there_is_nothing_left_to_chance():
    got = row(
        estimate(surveyed(units(4, 0), facebook(yes=["s1", "s2", "s3"], no=["s4"])), QUESTIONS),
        "facebook",
    )
    assert (got["low"], got["estimate"], got["high"]) == (0.75, 0.75, 0.75)


def test_that_each_class_is_of_one_mind_does_not_make_it_certain():
    # Ten of 20 small all say no, ten of 30 large all yes: no spread in any class to judge by.
    small, large = named("s", *range(1, 11)), named("l", *range(1, 11))
    at = surveyed(units(20, 30), facebook(yes=large, no=small))
    got = row(estimate(at, QUESTIONS), "facebook")
    assert got["estimate"] == pytest.approx(0.6)
    assert got["low"] < 0.45 < 0.75 < got["high"]
    gap = row(differences(at, QUESTIONS), "facebook", group="size:0-2k - size:50k+")
    assert gap["low"] == -1  # both at their ends
    assert gap["high"] > -0.9


def test_the_mean_of_one_answer_or_of_equal_ones_has_no_interval_of_its_own():
    rows = sheet("unit | facebook | pages\ns1 | yes | 2\ns2 | yes | 2\ns3 | yes | 2")
    got = row(estimate(surveyed(units(4, 0), rows), QUESTIONS), "pages", None)
    # The fourth has 0 pages or more: at least (2 + 2 + 2 + 0) / 4.
    assert (got["estimate"], got["low"], got["high"], got["flags"]) == (2, 1.5, None, "wide few")
    rows = sheet("unit | facebook | pages\ns1 | yes | 2")
    got = row(estimate(surveyed(units(1, 0), rows), QUESTIONS), "pages", None)
    assert (got["low"], got["high"]) == (2, 2)  # all have answered


@pytest.mark.parametrize("method", ["rake", "poststratify", "propensity", "none"])
def test_a_single_answer_among_many_is_estimated_with_all_that_is_possible(method):
    unknown = units(4, 3).with_columns(
        pl.lit(None, pl.Int64).alias("population"), pl.lit(None, pl.String).alias("county")
    )
    at = surveyed(unknown, facebook(yes=["s1"]), method=method, margins=("size", "region"))
    got = row(estimate(at, QUESTIONS), "facebook")
    assert (got["estimate"], got["low"], got["high"]) == (1, pytest.approx(1 / 7), 1)
    assert got["flags"] == "wide few exact"


def test_groups_by_size_and_county():
    rows = facebook(yes=["s1", "l1", "l2", "l3"], no=["s2"])
    got = estimate(surveyed(units(4, 6), rows), QUESTIONS, items=["facebook"])
    assert got["group"].unique(maintain_order=True).to_list() == [
        "all", "size:0-2k", "size:50k+", "county:North", "county:South",
    ]  # fmt: skip
    assert row(got, "facebook", group="size:0-2k")["estimate"] == 0.5
    assert row(got, "facebook", group="county:South")["estimate"] == 1.0


def test_a_unit_that_is_both_counts_once_in_all_and_in_both_kinds():
    both = frame(
        """
        unit         | kind         | size_class | county | population
        01           | municipality | 0-2k       | North  | 1000
        oslo         | both         | 50k+       | Oslo   | 600000
        county:North | county       | county     | North  | 90000
        """
    )
    rows = facebook(yes=["oslo"], no=["01", "county:North"])
    got = estimate(surveyed(both, rows), QUESTIONS)
    assert row(got, "facebook")["estimate"] == pytest.approx(1 / 3)
    assert row(got, "facebook", group="kind:municipality")["estimate"] == pytest.approx(1 / 2)
    assert row(got, "facebook", group="kind:county")["estimate"] == pytest.approx(1 / 2)


def test_a_question_for_counties_alone_is_not_about_municipalities():
    asked = questionnaire(question("facebook", "one", units=("county",)))
    both = frame(
        """
        unit         | kind         | size_class | county | population
        01           | municipality | 0-2k       | North  | 1000
        county:North | county       | county     | North  | 90000
        county:South | county       | county     | South  | 90000
        """
    )
    rows = sheet("unit | facebook\n01 | (not_applicable)\ncounty:North | yes\ncounty:South | no")
    got = row(estimate(surveyed(both, rows), asked), "facebook")
    assert (got["estimate"], got["low"], got["high"], got["n"]) == (0.5, 0.5, 0.5, 2)


def test_a_cross_table_is_of_those_that_gave_each_answer():
    asked = questionnaire(question("facebook", "one"), question("guidelines", options=options()))
    rows = sheet(
        """
        unit | facebook | guidelines
        s1   | yes      | yes
        s2   | yes      | yes
        s3   | yes      | planned
        s4   | no       | no
        """
    )
    got = cross(surveyed(units(4, 0), rows), asked, item="guidelines", by="facebook")
    assert row(got, "guidelines", group="item:facebook=yes")["estimate"] == pytest.approx(2 / 3)
    assert row(got, "guidelines", group="item:facebook=no")["estimate"] == 0
    assert row(got, "guidelines")["estimate"] == 0.5


def test_a_difference_of_groups():
    small, large = named("s", *range(1, 41)), named("l", *range(1, 41))
    rows = facebook(yes=small[:10] + large[:30], no=small[10:] + large[30:])
    at = surveyed(units(80, 80), rows)
    got = row(differences(at, QUESTIONS), "facebook", group="size:0-2k - size:50k+")
    assert got["estimate"] == pytest.approx(10 / 40 - 30 / 40)
    # Each variance (1 - 40/80) 0.25 x 0.75 / 39; t with 78 degrees of freedom is 1.99085.
    error = (2 * 0.5 * 0.25 * 0.75 / 39) ** 0.5
    assert got["low"] == pytest.approx(-0.5 - 1.99085 * error, abs=1e-5)
    assert got["n"] == 80


def test_a_difference_from_nobody_at_all_has_an_interval_too():
    # Nobody of 20 small, 10 of 20 large: no standard error, so from the two intervals.
    small, large = named("s", *range(1, 21)), named("l", *range(1, 21))
    rows = facebook(yes=large[:10], no=small + large[10:])
    got = row(
        differences(surveyed(units(30, 40), rows), QUESTIONS, pairs=[("size:50k+", "size:0-2k")]),
        "facebook",
        group="size:50k+ - size:0-2k",
    )
    assert got["estimate"] == 0.5
    assert 0.2 < got["low"] < 0.5 < got["high"] < 0.8


def test_flags_are_words_of_warning():
    # Four answers: few; half of them yes, so anything from 8 to 92 per cent: wide.
    rows = facebook(yes=["s1", "l1"], no=["s2", "l2"])
    got = estimate(surveyed(units(20, 6), rows), QUESTIONS)
    assert row(got, "facebook")["flags"] == "wide few exact"
    # Two small stand for 30 each, four large for themselves: 6 x 1804 / 64^2 = 2.6 (Kish).
    rows = facebook(yes=["s1", *named("l", 1, 2, 3, 4)], no=["s2"])
    got = estimate(surveyed(units(60, 4), rows), QUESTIONS)
    assert row(got, "facebook")["flags"] == "wide few exact extreme_weights"
    # 100 of 200 answered, half of them yes: nothing to warn of but that counts are exact.
    rows = facebook(yes=named("s", *range(1, 51)), no=named("s", *range(51, 101)))
    got = estimate(surveyed(units(200, 0), rows), QUESTIONS)
    assert row(got, "facebook")["flags"] == "exact"


def test_a_group_or_item_that_there_is_none():
    at = surveyed(units(4, 0), facebook(yes=["s1", "s2"]))
    with pytest.raises(SurveyError, match="no groups are called age: choose of all, size"):
        estimate(at, QUESTIONS, groups=("age",))
    with pytest.raises(SurveyError, match="the questionnaire has no item myspace"):
        estimate(at, QUESTIONS, items=("myspace",))
    with pytest.raises(SurveyError, match="there is no group size:9k: choose of size:0-2k"):
        differences(at, QUESTIONS, pairs=[("size:9k", "size:0-2k")])


def test_an_answer_that_the_questionnaire_does_not_offer():
    rows = facebook(yes=["s1"]).with_columns(code=pl.lit("maybe"))
    with pytest.raises(SurveyError, match="XX s1 answered facebook by 'maybe'"):
        estimate(surveyed(units(4, 0), rows), QUESTIONS)


def test_parts_of_two_waves_do_not_make_one():
    rows = facebook(yes=["s1", "s2"])
    weighting = weigh(units(4, 0), respondents_of(rows), least=2)
    with pytest.raises(SurveyError, match="the weights are those of wave 2015, not of 2017"):
        Surveyed(wave("2017"), units(4, 0), rows, weighting)
    with pytest.raises(SurveyError, match="XX s3 answered and has no weight"):
        Surveyed(wave(), units(4, 0), facebook(yes=["s1", "s3"]), weighting)
