"""What is said held against what is done: a difference, with an interval, by group."""

import datetime as dt

import pytest

from tests.lib.answering import options, question, questionnaire
from tests.lib.seen import joined
from torg.compare import PAIRS, STATED, Pair, PairDefinition, own, pairs_of, stated

POSTS = PairDefinition(
    id="posts",
    title="Says that it posts",
    why="A pair for the tests on this page.",
    items=("use",),
    codes=("yes",),
    measure="posts",
    at_least=1,
    why_at_least="One post is a post.",
    caution="Nothing is out of sight.",
    author="-",
    checked_by="-",
    reviewed=dt.date(2026, 1, 1),
    next_review=dt.date(2027, 1, 1),
    source="-",
)
PAIR = Pair(POSTS, "use", "posts")


def table(*rows, more=""):
    """Lines of a drawn table: says, shows, how many; units are numbered."""
    lines = [row for row in rows for _ in range(row[2])]
    body = [f"{n} | {says} | {shows}{more}" for n, (says, shows, _) in enumerate(lines)]
    return "\n".join(["unit | says | shows", *body])


def found(drawn, *, groups=("all",), **more):
    surveyed, observed = joined(drawn, **more)
    rows = stated(surveyed, observed, [PAIR], groups=groups)
    assert rows.schema == STATED
    return {row["group"]: row for row in rows.iter_rows(named=True)}


def test_a_difference_is_what_is_said_less_what_shows():
    row = found(table(("yes", 2, 40), ("yes", 0, 30), ("no", 3, 10), ("no", 0, 20)))["all"]
    assert row["stated"] == 70 / 100
    assert row["observed"] == 50 / 100
    assert row["difference"] == pytest.approx(0.2)
    assert (row["n"], row["says"], row["shows"], row["both"]) == (100, 70, 50, 40)
    assert row["sensitivity"] == 40 / 50  # of those of which it shows, so many say so
    assert row["specificity"] == 20 / 50
    # All have answered: nothing is left to chance.
    assert (row["low"], row["high"]) == pytest.approx((0.2, 0.2))


def test_who_was_not_observed_or_did_not_answer_is_not_in_the_base():
    row = found(table(("yes", 1, 12), ("no", "-", 5), ("-", 0, 50), ("yes", 0, 8)))["all"]
    assert (row["n"], row["stated"], row["observed"]) == (20, 1.0, 12 / 20)


def test_dont_know_is_an_answer_that_does_not_say_so():
    row = found(table(("yes", 1, 5), ("dont_know", 1, 5)))["all"]
    assert (row["n"], row["stated"], row["difference"]) == (10, 0.5, -0.5)


def test_the_interval_has_the_correction_for_a_finite_population():
    rows = (("yes", 1, 40), ("yes", 0, 30), ("no", 1, 10), ("no", 0, 20))
    row = found(table(*rows, ("-", "-", 100)))["all"]
    # d is 1, -1, 0 of 30, 10, 60: its variance over 99 is (40 - 100 x 0.2^2) / 99.
    variance = (1 - 100 / 200) * ((40 - 100 * 0.2**2) / 99) / 100
    half = 1.9842169 * variance**0.5  # Student's t of 99 degrees of freedom
    assert (row["low"], row["high"]) == pytest.approx((0.2 - half, 0.2 + half))
    assert row["flags"] == ""


def test_where_few_differ_the_interval_is_exact():
    row = found(table(("yes", 1, 30), ("yes", 0, 2), ("no", 0, 8), ("-", 1, 20)))["all"]
    assert row["flags"] == "exact"
    assert row["low"] <= 0.05 <= row["high"]
    # Two of 40 were seen to say too much, of 60: so at least those two do, and nobody too little
    # was seen; at the other end the 20 silent ones, of whom it shows, can say no: not yes too much.
    assert row["high"] <= 2 / 60 + 1e-9 or row["high"] == pytest.approx(0.05)
    assert row["p_value"] == 0.5  # 2 against 0: both heads, or both tails


def test_the_exact_interval_reaches_where_the_normal_one_would_be_a_point():
    row = found(table(("yes", 1, 15), ("no", 0, 15), ("-", "-", 30)))["all"]
    assert row["difference"] == 0
    assert row["low"] < 0 < row["high"]
    assert row["p_value"] == 1


def test_that_all_who_answered_differ_does_not_tell_of_the_silent():
    """However many they are: without spread the linearised interval would be a point."""
    row = found(table(("yes", 0, 20), ("-", "-", 80)))["all"]
    assert row["difference"] == 1
    assert row["flags"] == "exact"
    assert row["low"] < 0.9
    assert row["high"] == 1


def test_no_interval_is_wider_than_what_is_still_possible():
    row = found(table(("yes", 0, 10), ("no", 0, 1), ("-", 0, 1)))["all"]
    # Ten of twelve say too much already; the last one can, and nobody can say too little.
    assert row["low"] >= 10 / 12 - 1e-9
    assert row["high"] <= 11 / 12 + 1e-9


def test_groups_are_classes_of_size():
    drawn = "\n".join(
        ["unit | size_class | says | shows"]
        + [f"a{n} | <2k | yes | 0" for n in range(6)]
        + [f"b{n} | >50k | yes | 1" for n in range(6)]
    )
    rows = found(drawn, groups=("all", "size"))
    assert {name: row["difference"] for name, row in rows.items()} == {
        "all": 0.5, "size:<2k": 1.0, "size:>50k": 0.0,
    }  # fmt: skip


def test_a_countys_own_unit_is_of_no_class_of_size():
    drawn = """
        unit         | size_class | kind         | county | says | shows
        1            | <2k        | municipality | North  | yes  | 1
        2            | >50k       | both         | South  | no   | 1
        county:North | county     | county       | North  | yes  | 0
    """
    rows = found(drawn, groups=("all", "size", "county", "kind"))
    assert {name: row["n"] for name, row in rows.items()} == {
        "all": 3, "size:<2k": 1, "size:>50k": 1, "county:North": 1, "county:South": 1,
        "kind:municipality": 2, "kind:county": 2,
    }  # fmt: skip


def test_a_group_without_anybody_has_a_reason_and_no_figure():
    row = found(table(("-", 1, 3), ("yes", "-", 2)))["all"]
    assert (row["missing"], row["difference"], row["n"]) == ("no_pairs", None, 0)


def test_a_unit_sees_its_own_and_nobody_elses():
    surveyed, observed = joined("unit | says | shows\n1 | yes | 0\n2 | no | 3\n3 | - | 2")
    mine = own(surveyed.sheet, observed, [PAIR], country="XX", unit="1")
    assert mine.to_dicts() == [
        {
            "pair": "posts", "item": "use", "answer": "yes", "measure": "posts", "value": 0.0,
            "at_least": 1.0, "says": True, "shows": False,
        }
    ]  # fmt: skip
    silent = own(surveyed.sheet, observed, [PAIR], country="XX", unit="3").row(0, named=True)
    assert (silent["says"], silent["shows"]) == (None, True)


ASKED = questionnaire(
    question("facebook", "one", options=options("yes", "no")),
    question("channels", "many", options=options("youtube", "x")),
    question("answer_time", "one", options=options("hour", "day", "later")),
    question("purpose", "one", options=options("dialogue", "brand")),
)


def test_the_pairs_of_a_questionnaire_are_those_it_asks_and_that_were_observed():
    measures = ["has_page:facebook", "has_page:x", "has_page:tiktok", "question_answered_24h"]
    found = pairs_of(ASKED, measures, wave="2015")
    assert [(pair.id, pair.item, pair.measure) for pair in found] == [
        ("answers_within_a_day", "answer_time", "question_answered_24h"),
        ("has_page:facebook", "facebook", "has_page:facebook"),
        ("has_page:x", "channels.x", "has_page:x"),
    ]
    assert found[0].category == "hour or day"
    (goal,) = pairs_of(ASKED, ["two_way_ratio"], wave="2015")
    assert (goal.definition.id, goal.item) == ("dialogue_is_a_goal", "purpose")


def test_an_item_that_the_wave_does_not_ask_makes_no_pair():
    asked = questionnaire(question("facebook", "one", options=options("yes", "no"), waves=("1",)))
    assert pairs_of(asked, ["has_page:facebook"], wave="2015") == ()


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_every_pair_is_reviewed_and_says_what_it_cannot_see(name):
    pair = PAIRS[name]
    assert pair.id == name
    assert pair.reviewed < pair.next_review
    assert pair.caution.endswith(".")
    assert "claim" not in " ".join((pair.title, pair.why, pair.caution)).lower()
