"""Dialogue: comments, replies, and the answers between them."""

import pytest

from tests.lib.conversations import conversation, measured, weekly
from torg.measure.formulas.dialogue import FORMULAS

COMMENTS = """
    reply | parent | at               | by
    1     |        | 2024-03-04 10:00 | kari
    2     | 1      | 2024-03-04 12:00 | owner
    3     |        | 2024-03-04 10:00 | per
    4     | 3      | 2024-03-04 11:00 | kari
    5     | 4      | 2024-03-06 10:00 | owner
    6     |        | 2024-03-04 10:00 | per
    7     |        | 2024-03-05 10:00 | owner
    8     |        | 2024-03-08 22:00 | per
    9     | 8      | 2024-03-08 23:00 | owner
"""
# 1 waited 2 hours, 3 waited 48 (answered further down in its sub-thread), 6 has no answer, and
# nobody can know yet whether 8, one hour later answered, would have waited 24 hours.
UNTIL = "2024-03-09 10:00"


@pytest.fixture(scope="module")
def rows():
    """The figures of COMMENTS under three posts, by measure: the value, or why it is missing."""
    views = conversation(COMMENTS, until=UNTIL, posts={"1": 3}, signed=True)
    return by_measure(views)


def by_measure(views):
    return {
        row["measure"]: row["missing"] or row["value"]
        for row in measured(views, FORMULAS).iter_rows(named=True)
    }


def test_comments_received_are_those_of_citizens_on_the_top_level(rows):
    assert rows["comments_received"] == 4  # 1, 3, 6, 8


def test_owner_replies_are_all_that_the_owner_writes_under_posts(rows):
    assert rows["owner_replies"] == 4  # 2, 5, 7, 9


def test_two_way_ratio_is_the_share_of_replies_in_what_the_owner_writes(rows):
    assert rows["two_way_ratio"] == pytest.approx(4 / (3 + 4))


def test_commenters_are_different_people(rows):
    assert rows["commenters"] == 2  # kari and per


def test_answered_means_a_reply_by_the_owner_in_the_same_sub_thread(rows):
    assert rows["answered"] == 3 / 4  # not 6: the owner's comment 7 answers nobody


def test_answered_24h_leaves_out_comments_followed_for_less(rows):
    assert rows["answered_24h"] == pytest.approx(1 / 3)  # 1 of 1, 3, 6; 8 is too young


def test_answered_72h_leaves_out_comments_followed_for_less(rows):
    assert rows["answered_72h"] == pytest.approx(2 / 3)  # 1 and 3 of 1, 3, 6


def test_answer_hours_answered_median_passes_over_the_unanswered(rows):
    assert rows["answer_hours_answered_median"] == 2  # of 1, 2 and 48 hours


def test_answer_hours_median_counts_those_who_still_wait(rows):
    # S after 1 hour 3/4, after 2 hours 2/4: half have their answer.
    assert rows["answer_hours_median"] == 2


def test_answer_hours_rmst72_is_the_area_under_the_share_that_waits(rows):
    # 1 hour all wait, 1 hour 3/4, 46 hours 2/4, and 24 hours 1/4 up to 72 hours.
    assert rows["answer_hours_rmst72"] == pytest.approx(1 + 3 / 4 + 46 * 2 / 4 + 24 * 1 / 4)


def test_a_comment_that_was_followed_for_less_is_at_risk_only_until_then():
    rows = by_measure(
        conversation(
            """
            reply | parent | at               | by
            1     |        | 2024-03-01 10:00 | kari
            2     | 1      | 2024-03-02 10:00 | owner
            3     |        | 2024-03-08 22:00 | per
            4     |        | 2024-03-01 10:00 | ola
            """,
            until=UNTIL,  # 12 hours after 3
        )
    )
    # After 24 hours 3 is no longer followed: 1 of the 2 at risk is answered, S = 1/2.
    assert rows["answer_hours_median"] == 24
    assert rows["answer_hours_rmst72"] == pytest.approx(24 + 48 / 2)


def test_the_median_is_missing_where_fewer_than_half_were_answered():
    rows = by_measure(
        conversation(
            """
            reply | parent | at               | by
            1     |        | 2024-03-01 10:00 | kari
            2     | 1      | 2024-03-01 11:00 | owner
            3     |        | 2024-03-01 10:00 | per
            4     |        | 2024-03-01 10:00 | ola
            """,
            until=UNTIL,
        )
    )
    assert rows["answer_hours_answered_median"] == 1  # looks excellent
    assert rows["answer_hours_median"] == "never_reached"


def test_an_answer_dated_before_its_comment_is_a_fault_of_a_clock_and_passed_over():
    rows = by_measure(
        conversation(
            """
            reply | parent | at               | by
            1     |        | 2024-03-01 10:00 | kari
            2     | 1      | 2024-03-01 09:00 | owner
            3     |        | 2024-03-01 10:00 | per
            4     | 3      | 2024-03-01 10:00 | owner
            """,
            until=UNTIL,
        )
    )
    assert rows["answered"] == 1 / 2  # the second came within the same minute
    assert rows["answer_hours_answered_median"] == 0


def test_an_answer_after_the_window_counts_but_a_comment_outside_does_not():
    rows = by_measure(
        conversation(
            """
            reply | parent | at               | by    | in_window
            1     |        | 2024-03-01 10:00 | kari  | yes
            2     | 1      | 2024-03-07 10:00 | owner | no
            3     |        | 2024-03-07 10:00 | per   | no
            """,
            until=UNTIL,
        )
    )
    assert rows["comments_received"] == 1
    assert rows["answered"] == 1
    assert rows["owner_replies"] == 0


QUESTIONS = """
    reply | parent | at               | by      | asks
    1     |        | 2024-03-01 10:00 | citizen | yes
    2     | 1      | 2024-03-01 11:00 | owner   |
    3     |        | 2024-03-01 10:00 | citizen | yes
    4     | 3      | 2024-03-01 13:00 | owner   |
    5     |        | 2024-03-01 10:00 | citizen | yes
    6     |        | 2024-03-01 10:00 | citizen | yes
    7     |        | 2024-03-01 10:00 | citizen | yes
    8     |        | 2024-03-01 10:00 | citizen | no
    9     |        | 2024-03-01 10:00 | citizen |
"""


def test_question_measures_look_at_questions_only():
    rows = by_measure(conversation(QUESTIONS, until=UNTIL))
    assert rows["question_answered"] == 2 / 5  # 8 asks nothing, of 9 it is not known
    assert rows["question_answered_24h"] == 2 / 5
    assert rows["question_answered_72h"] == 2 / 5
    assert rows["question_answer_hours_median"] == "never_reached"  # S falls to 4/5 and 3/5
    assert rows["question_answer_hours_answered_median"] == (1 + 3) / 2
    assert rows["question_answer_hours_rmst72"] == pytest.approx(1 + 2 * 4 / 5 + 69 * 3 / 5)


def test_fewer_than_five_questions_make_no_rate():
    four = "\n".join(line for line in QUESTIONS.splitlines() if not line.strip().startswith("7"))
    rows = by_measure(conversation(four, until=UNTIL))
    assert rows["question_answered"] == "too_few_questions"
    assert rows["answered"] == 2 / 6


def test_every_figure_about_questions_says_how_far_the_rule_can_be_trusted():
    bases = {
        row["measure"]: row["base"]
        for row in measured(conversation(QUESTIONS, until=UNTIL), FORMULAS).iter_rows(named=True)
    }
    assert bases["question_answered_24h"].startswith(
        "citizens' questions by rule nb+nn-1: precision"
    )
    assert "recall" in bases["question_office_answer_hours_median"]
    assert bases["answered_24h"] == "citizens' comments on the top level"


@pytest.mark.parametrize(
    ("conversed", "measure", "reason"),
    [
        ("1 | | 2024-03-01 10:00 | ? | yes", "answered", "owner_unknown"),
        ("1 | | 2024-03-01 10:00 | ? | yes", "comments_received", "owner_unknown"),
        ("1 | | 2024-03-01 10:00 | ? | yes", "two_way_ratio", "owner_unknown"),
        ("1 | | 2024-03-01 10:00 | owner | no", "answered_24h", "no_comments"),
        ("1 | | 2024-03-01 10:00 | citizen | no", "question_answered", "no_questions"),
        ("1 | | 2024-03-01 10:00 | citizen | ", "question_answered", "questions_unknown"),
        ("1 | | 2024-03-09 09:00 | citizen | no", "answered_24h", "too_young"),
        ("1 | | 2024-03-09 09:00 | citizen | no", "answer_hours_rmst72", "too_young"),
        (
            "1 | | 2024-03-01 09:00 | citizen | no",
            "answer_hours_answered_median",
            "nothing_answered",
        ),
        ("1 | | 2024-03-01 09:00 | citizen | no", "commenters", "no_author_key"),
    ],
)
def test_what_cannot_be_computed_is_missing_with_its_reason(conversed, measure, reason):
    drawn = f"reply | parent | at | by | asks\n{conversed}"
    assert by_measure(conversation(drawn, until=UNTIL))[measure] == reason


def test_a_channel_without_collected_replies_has_no_rows_of_dialogue():
    drawn = "reply | parent | at | by | channel\n1 | | 2024-03-01 10:00 | citizen | 1"
    views = conversation(drawn, until=UNTIL, posts={"1": 1, "2": 5})
    rows = by_measure(views)
    # The five posts of channel 2 are left out: it may reply all day, where nobody collected it.
    assert rows["two_way_ratio"] == 0 / 1
    assert all(formula.absent == "no_replies_collected" for formula in FORMULAS)


def test_a_week_with_posts_and_no_reply_counts_in_the_weeks_too():
    # 0301 writes three posts in the first week; its one comment and the answer come in the second.
    drawn = """
        reply | parent | at               | by      | municipality | channel
        1     |        | 2024-03-04 10:00 | citizen | 4601         | 2
        2     |        | 2024-03-12 10:00 | citizen | 0301         | 1
        3     | 2      | 2024-03-12 11:00 | owner   | 0301         | 1
    """
    views = conversation(drawn, until="2024-03-31 12:00", posts={"1": 3})
    weeks = weekly(views, FORMULAS).filter(measure="two_way_ratio", municipality="0301")
    assert weeks.select("numerator", "denominator").rows() == [(0, 3), (1, 1)]
