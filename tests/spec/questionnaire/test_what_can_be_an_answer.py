"""Which values can be an answer to an item, and what is said of those that cannot."""

import pytest

from tests.lib.questionnaires import towns
from torg.survey.questionnaire import fault_of


@pytest.fixture
def items(tmp_path):
    return towns(tmp_path).items


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("channels.facebook", "yes"),
        ("channels.facebook", "no"),
        ("guidelines", "planned"),
        ("guidelines", "dont_know"),
        ("leader", "private"),
        ("use", "3"),
        ("services.library.youtube", "yes"),
        ("tried.crisis.young", "bad"),
        ("pages", "1"),
        ("pages", "12.5"),
        ("pages", "50"),
        ("why", "Because – of “this”\nand that."),
    ],
)
def test_an_answer_that_can_be(items, item, value):
    assert fault_of(items[item], value) is None


@pytest.mark.parametrize(
    ("item", "value", "said"),
    [
        ("channels.facebook", "dont_know", "'dont_know' is not among the answers: yes, no."),
        ("guidelines", "Yes", "'Yes' is not among the answers: yes, planned, no, dont_know."),
        ("use", "4", "'4' is not among the answers: 1, 2, 3, dont_know."),
        ("pages", "12,5", "'12,5' has a comma: write 12.5."),
        ("pages", "1 000,5", "'1 000,5' has a comma: write 1000.5."),
        ("pages", "about 3", "'about 3' is no number: write digits, with a point before decimals."),
        ("pages", "1e1", "'1e1' is no number: write digits, with a point before decimals."),
        ("pages", "nan", "'nan' is no number: write digits, with a point before decimals."),
        ("pages", "٣", "'٣' is no number: write digits, with a point before decimals."),
        ("pages", "0", "0 is too little: the least is 1."),
        ("pages", "50.1", "50.1 is too much: the most is 50."),
        ("pages", "dont_know", "'dont_know' is no number: write digits, with a point before "),
        ("why", " \n", "a blank is no answer: leave it out."),
        ("why", "a" * 10_001, "this is 10001 characters long: 10000 are the most, so shorten it."),
        ("why", "a\0b", "this holds a character that is no text: take it out."),
        ("leader", "x" * 99, f"'{'x' * 39}…' is not among the answers: yes, private."),
    ],
)
def test_a_value_that_is_no_answer(items, item, value, said):
    assert (fault_of(items[item], value) or "").startswith(said)


def test_a_number_that_allows_it_can_be_not_known(items):
    from dataclasses import replace

    asked = replace(items["pages"].question, allows_dont_know=True)
    assert fault_of(replace(items["pages"], question=asked), "dont_know") is None
