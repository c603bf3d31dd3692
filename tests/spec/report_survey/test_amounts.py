"""Which words may stand for a share: only those that its interval bears."""

from dataclasses import dataclass

import pytest

from torg.locale import translate
from torg.report.survey.amounts import amount, direction, fraction, is_more


@dataclass(frozen=True)
class Share:
    estimate: float | None
    low: float | None
    high: float | None


#   per cent: estimate, low, high   said
TABLE = [
    (46, 43, 49, "nearly half"),  # within 4 points, all of it below the half
    (46, 40, 52, None),  # the half is not left out: the number alone
    (49, 45, 53, "about half"),  # near, and neither end further than 8 points
    (49, 40, 58, None),  # an end is further
    (50, 45, 55, "about half"),
    (36, 34, 38, "a good third"),  # 34 is more than 33.3
    (36, 33, 39, None),  # 33 is not
    (35, 30, 40, "about a third"),
    (23, 21, 24, "nearly a quarter"),
    (24, 18, 30, "about a quarter"),
    (27, 26, 28, "just over a quarter"),
    (89, 84, 93, "about nine in ten"),
    (29, 27, 31, "about three in ten"),
    (30, 29, 31, "about three in ten"),
    (32, 30, 33, "nearly a third"),
    (13, 12, 14, None),
    (2, 0, 5, None),
    (100, 100, 100, None),
]


@pytest.mark.parametrize(("estimate", "low", "high", "said"), TABLE)
def test_a_word_is_said_where_the_interval_bears_it(estimate, low, high, said):
    assert fraction(Share(estimate / 100, low / 100, high / 100)) == said


def test_the_number_stands_beside_the_word():
    words = translate("en")
    assert amount(Share(0.46, 0.43, 0.49), words) == "nearly half (46 per cent)"
    assert amount(Share(0.46, 0.40, 0.52), words) == "46 per cent"
    assert amount(Share(0.995, 0.99, 1.0), words) == "99.5 per cent"


def test_a_share_without_an_interval_is_a_number():
    assert fraction(Share(0.48, None, None)) is None
    assert amount(Share(None, None, None), translate("en")) == "–"


def test_one_is_more_than_another_only_where_their_intervals_do_not_meet():
    assert is_more(Share(0.9, 0.85, 0.95), Share(0.7, 0.6, 0.84))
    assert not is_more(Share(0.9, 0.85, 0.95), Share(0.8, 0.7, 0.86))
    assert not is_more(Share(0.9, None, None), Share(0.1, 0.0, 0.2))


@pytest.mark.parametrize(
    ("low", "high", "expected"), [(0.01, 0.1, 1), (-0.02, 0.1, 0), (-0.1, -0.01, -1), (0.0, 0.1, 0)]
)
def test_a_share_has_changed_where_the_interval_leaves_out_zero(low, high, expected):
    assert direction(Share((low + high) / 2, low, high)) == expected
