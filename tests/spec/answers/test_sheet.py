"""The manual of the sheet: one state for each unit and item, from all that was ever answered."""

import pytest

from tests.lib.answering import (
    answers,
    frame,
    options,
    question,
    questionnaire,
    states,
    wave,
)
from tests.lib.registers import register_of
from torg.errors import SurveyError
from torg.survey import sheet_of
from torg.survey.questionnaire import Condition

UNITS = frame("unit\n1\n2\n3")
GUIDELINES = question("guidelines")  # yes, planned, no
CHANNELS = question("channels", "many", options=options("facebook", "blog"))
PAGES = question("pages", "number", shown_if=Condition("channels.facebook", ("yes",)))


def sheet(table, *questions, units=UNITS, **more):
    asked = questionnaire(*questions, waves=(wave("2015"), wave("2017", day="2017-01-01")))
    return sheet_of(answers(table), asked, asked.waves[0], frame=units, **more)


def test_a_unit_that_answered_has_a_state_for_every_item():
    told = sheet(
        """
unit | item              | value
1    | guidelines        | planned
1    | channels.facebook | yes
1    | pages             | 3
""",
        GUIDELINES,
        CHANNELS,
        PAGES,
    )
    assert states(told) == {
        ("1", "guidelines"): "planned",
        ("1", "channels.facebook"): "yes",
        ("1", "channels.blog"): "(no_answer)",
        ("1", "pages"): 3.0,
    }


def test_who_answered_nothing_has_no_rows():
    told = sheet("unit | item | value\n1 | guidelines | no\n2 | guidelines | -", GUIDELINES)
    assert list(told.respondents.iter_rows()) == [("XX", "1")]
    assert told.rows["unit"].unique().to_list() == ["1"]


def test_the_newest_answer_of_a_respondent_counts_wherever_its_row_stands():
    told = sheet(
        """
unit | item       | value   | at
1    | guidelines | yes     | 9
1    | guidelines | planned | 2
1    | guidelines | no      | 5
""",
        GUIDELINES,
    )
    assert states(told) == {("1", "guidelines"): "yes"}
    assert told.disagreements.is_empty()  # changing one's mind is no disagreement


def test_what_was_taken_back_is_no_answer():
    other = question("other")
    told = sheet(
        """
unit | item       | value | at
1    | guidelines | yes   | 2
1    | guidelines | -     | 3
1    | other      | no    | 2
""",
        GUIDELINES,
        other,
    )
    assert states(told) == {("1", "guidelines"): "(no_answer)", ("1", "other"): "no"}


def test_dont_know_is_an_answer():
    scale = question("tone", "scale", options=options("good", "bad"), allows_dont_know=True)
    number = question("staff", "number", allows_dont_know=True)
    told = sheet("unit | item | value\n1 | tone | dont_know\n1 | staff | dont_know", scale, number)
    assert states(told) == {("1", "tone"): "dont_know", ("1", "staff"): "dont_know"}


def test_a_question_whose_condition_is_not_met_is_not_applicable():
    told = sheet(
        "unit | item | value\n1 | channels.facebook | no\n2 | channels.blog | yes", CHANNELS, PAGES
    )
    assert states(told, of="1")["pages"] == "(not_applicable)"
    assert states(told, of="2")["pages"] == "(not_applicable)"  # it did not say that it uses it


def test_an_answer_to_a_question_that_was_not_to_be_asked_is_set_aside():
    told = sheet("unit | item | value\n1 | channels.facebook | no\n1 | pages | 2", CHANNELS, PAGES)
    assert states(told)["1", "pages"] == "(not_applicable)"
    assert list(told.set_aside.iter_rows()) == [("XX", "1", "pages", "not_applicable", 1)]


def test_an_item_that_the_wave_does_not_have_is_not_asked_and_not_no():
    later = question("tiktok", waves=("2017",))
    told = sheet("unit | item | value\n1 | guidelines | no\n1 | tiktok | yes", GUIDELINES, later)
    assert states(told) == {("1", "guidelines"): "no", ("1", "tiktok"): "(not_asked)"}
    assert list(told.set_aside.iter_rows()) == [("XX", "1", "tiktok", "not_in_wave", 1)]


def test_answers_of_another_wave_are_not_of_this_one():
    told = sheet(
        "wave | unit | item | value\n2015 | 1 | guidelines | no\n2017 | 2 | guidelines | yes",
        GUIDELINES,
    )
    assert states(told) == {("1", "guidelines"): "no"}
    assert told.set_aside.is_empty()


def test_a_question_to_municipalities_is_not_applicable_to_a_county():
    units = frame("unit | kind\n1 | municipality\ncounty:Nord | county\n9 | both")
    told = sheet(
        "unit | item | value\n1 | schools | yes\ncounty:Nord | guidelines | no\n9 | schools | no",
        GUIDELINES,
        question("schools", units=("municipality",)),
        units=units,
    )
    assert states(told, of="county:Nord")["schools"] == "(not_applicable)"
    assert states(told, of="9")["schools"] == "no"


TWO_RESPONDENTS = """
unit | respondent | item       | value | at
1    | 1          | guidelines | yes   | 2
1    | 2          | guidelines | no    | 4
1    | 1          | other      | no    | 2
1    | 2          | other      | no    | 4
2    | 1          | guidelines | yes   | 3
2    | 2          | guidelines | -     | 5
"""


@pytest.mark.parametrize(
    ("rule", "counts"),
    [("latest", "no"), ("first", "yes"), ("agreed", "(disagreed)")],
)
def test_between_respondents_the_studys_rule_decides(rule, counts):
    told = sheet(TWO_RESPONDENTS, GUIDELINES, question("other"), conflict=rule)
    assert states(told, of="1") == {"guidelines": counts, "other": "no"}
    assert states(told, of="2")["guidelines"] == "yes"  # one of the two says nothing any more


@pytest.mark.parametrize("rule", ["latest", "first", "agreed"])
def test_disagreement_is_reported_in_any_case_and_not_who_said_what(rule):
    told = sheet(TWO_RESPONDENTS, GUIDELINES, question("other"), conflict=rule)
    assert told.disagreements.rows() == [("XX", "1", "guidelines", ["no", "yes"])]


def test_who_answered_first_keeps_the_turn_when_mending_the_answer():
    told = sheet(
        """
unit | respondent | item       | value   | at
1    | 1          | guidelines | no      | 2
1    | 2          | guidelines | yes     | 4
1    | 1          | guidelines | planned | 6
""",
        GUIDELINES,
        conflict="first",
    )
    assert states(told) == {("1", "guidelines"): "planned"}


def test_what_hangs_on_an_item_that_they_do_not_agree_on_is_open_too():
    told = sheet(
        """
unit | respondent | item              | value
1    | 1          | channels.facebook | yes
1    | 2          | channels.facebook | no
1    | 1          | pages             | 2
""",
        CHANNELS,
        PAGES,
        conflict="agreed",
    )
    assert states(told)["1", "pages"] == "(disagreed)"


def test_five_and_five_point_nought_are_one_answer():
    told = sheet(
        "unit | respondent | item | value\n1 | 1 | staff | 5\n1 | 2 | staff | 5.0",
        question("staff", "number"),
        conflict="agreed",
    )
    assert states(told) == {("1", "staff"): 5.0}
    assert told.disagreements.is_empty()


def test_free_text_is_an_answer_that_stays_out_of_the_sheet():
    told = sheet(
        "unit | respondent | item | value\n1 | 1 | why | Kari asked\n1 | 2 | why | No idea",
        question("why", "text"),
    )
    (row,) = told.rows.iter_rows(named=True)
    assert (row["state"], row["code"], row["number"]) == ("answered", None, None)
    assert told.disagreements.is_empty()


def test_answers_that_belong_nowhere_are_reported_and_the_rest_counts():
    told = sheet(
        """
unit | item       | value
1    | guidelines | yes
1    | guidelnies | yes
2    | guidelines | perhaps
7    | guidelines | yes
7    | channels.blog | yes
""",
        GUIDELINES,
        CHANNELS,
    )
    assert told.set_aside.rows() == [
        ("XX", "1", "guidelnies", "unknown_item", 1),
        ("XX", "2", "guidelines", "bad_value", 1),
        ("XX", "7", "channels.blog", "unknown_unit", 1),
        ("XX", "7", "guidelines", "unknown_unit", 1),
    ]
    assert told.respondents.rows() == [("XX", "1")]


def test_a_number_out_of_its_bounds_is_set_aside():
    told = sheet(
        "unit | item | value\n1 | staff | 12\n2 | staff | -3\n3 | staff | nan",
        question("staff", "number", low=0, high=1000),
    )
    assert states(told) == {("1", "staff"): 12.0}
    assert told.set_aside["reason"].to_list() == ["bad_value", "bad_value"]


MERGED = register_of(
    municipalities="""
country | code | name | valid_from | valid_to
XX      | 1    | Vika |            | 2015-01-01
XX      | 2    | Moen |            | 2015-01-01
XX      | 3    | Nyby | 2015-01-01 |
XX      | 4    | Delt |            | 2015-01-01
""",
    changes="""
country | code | successor | date       | weight
XX      | 1    | 3         | 2015-01-01 | 1
XX      | 2    | 3         | 2015-01-01 | 1
XX      | 4    | 3         | 2015-01-01 | 0.5
XX      | 4    | 5         | 2015-01-01 | 0.5
""",
)


def test_a_merged_municipality_counts_once():
    table = """
unit | item       | value | at
1    | guidelines | yes   | 2
2    | guidelines | no    | 3
"""
    told = sheet(table, GUIDELINES, units=frame("unit\n3"), register=MERGED)
    assert states(told) == {("3", "guidelines"): "no"}
    assert told.disagreements.rows() == [("XX", "3", "guidelines", ["no", "yes"])]
    assert told.carried.rows() == [("XX", "1", "3", 1), ("XX", "2", "3", 1)]


def test_of_a_municipality_that_was_split_nobody_can_say_whose_answer_it_is():
    told = sheet(
        "unit | item | value\n4 | guidelines | yes",
        GUIDELINES,
        units=frame("unit\n3"),
        register=MERGED,
    )
    assert states(told) == {}
    assert told.set_aside.rows() == [("XX", "4", "guidelines", "unknown_unit", 1)]


def test_what_is_municipality_and_county_answers_once():
    units = frame("unit | kind | county\n0301 | both | Stad\ncounty:Nord | county | Nord")
    told = sheet(
        """
unit        | item       | value | at
0301        | guidelines | no    | 2
county:Stad | guidelines | yes   | 3
county:Nord | guidelines | no    | 3
""",
        GUIDELINES,
        units=units,
    )
    assert states(told) == {("0301", "guidelines"): "yes", ("county:Nord", "guidelines"): "no"}
    assert told.carried.rows() == [("XX", "county:Stad", "0301", 1)]


def test_a_rule_that_is_none_and_a_frame_of_another_wave_are_refused():
    with pytest.raises(SurveyError, match="write one of latest, first, agreed"):
        sheet("unit | item | value\n1 | guidelines | yes", GUIDELINES, conflict="loudest")
    with pytest.raises(SurveyError, match="not that of wave '2015'"):
        sheet(
            "unit | item | value\n1 | guidelines | yes",
            GUIDELINES,
            units=frame("unit\n1", of="2017"),
        )
