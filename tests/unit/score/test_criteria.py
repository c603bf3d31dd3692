"""What can be a criterion is settled for every measure that there is."""

from torg.measure import DEFINITIONS
from torg.score import DEFAULT_CRITERIA, REASONS, STOCKS, criteria_page
from torg.score.criteria import INSTEAD, is_share


def test_every_measure_is_additive_a_stock_or_has_one_to_take_instead():
    unsettled = {
        name
        for name, definition in DEFINITIONS.items()
        if not definition.additive and name not in STOCKS and name not in INSTEAD
    }
    assert unsettled == {}.keys()


def test_what_to_take_instead_can_itself_be_taken():
    assert all(DEFINITIONS[other].additive for other in INSTEAD.values())
    assert not any(DEFINITIONS[name].additive for name in INSTEAD)
    assert DEFINITIONS.keys() >= STOCKS


def test_torgs_own_set_is_made_of_measures_in_their_direction():
    for criterion in DEFAULT_CRITERIA:
        definition = DEFINITIONS[criterion.measure]
        assert definition.additive
        assert definition.direction == "higher", criterion.measure


def test_no_comment_that_needs_no_answer_counts_against_anybody():
    answers = [one.measure for one in DEFAULT_CRITERIA if "answer" in one.measure]
    assert answers
    assert all(measure.startswith("question_") for measure in answers)


def test_shares_are_those_that_are_defined_as_shares():
    assert is_share("c1")
    assert is_share("question_answered_24h")
    assert not is_share("c2")
    assert not is_share("follower_growth_rate")  # a stock's change: no items are counted
    assert not is_share("talking_about")


def test_the_page_names_every_criterion_and_reason():
    page = criteria_page()
    assert all(f"`{criterion.measure}`" in page for criterion in DEFAULT_CRITERIA)
    assert all(f"`{code}`" in page for code in REASONS)
