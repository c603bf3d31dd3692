"""A condition decides whether a question is asked, after what was answered before it."""

import pytest

from tests.lib.questionnaires import TOP, WAVES, question, towns, written
from torg.survey.questionnaire import is_shown, read_questionnaire


def test_a_question_without_a_condition_is_asked_of_everybody(tmp_path):
    channels = towns(tmp_path).questions[0]
    assert is_shown(channels, {})


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"channels.facebook": "yes"}, True),
        ({"channels.facebook": "no"}, False),
        ({"channels.facebook": None}, False),  # taken back
        ({}, False),  # not answered yet
        ({"channels.youtube": "yes"}, False),
    ],
)
def test_only_if_facebook_is_used(tmp_path, given, asked):
    pages = towns(tmp_path).questions[1]
    assert is_shown(pages, given) is asked


@pytest.mark.parametrize(("code", "asked"), [("no", True), ("dont_know", True), ("yes", False)])
def test_one_of_several_answers(tmp_path, code, asked):
    why = towns(tmp_path).questions[3]
    assert is_shown(why, {"guidelines": code}) is asked


@pytest.mark.parametrize(
    ("has", "since", "asked"), [("yes", "new", True), ("yes", "old", False), ("no", "new", False)]
)
def test_what_was_answered_before_its_own_question_fell_away_counts_for_nothing(
    tmp_path, has, since, asked
):
    """has = yes -> since = new -> why; then "has" was changed to no, and "new" was left behind."""
    chain = [
        question("has", "planned"),
        question("since", "one", 'options = { new = "n", old = "o" }', 'shown_if = "has = yes"'),
        question("why", "text", 'shown_if = "since = new"'),
    ]
    path = written(tmp_path, "\n".join([TOP, WAVES, *chain]))
    why = read_questionnaire(path).questions[2]
    assert is_shown(why, {"has": has, "since": since}) is asked
