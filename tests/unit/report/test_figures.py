import pytest

from torg.locale import translate
from torg.report.figures import figure, reach, span

EN, NB = translate("en"), translate("nb")


@pytest.mark.parametrize(
    ("value", "unit", "english", "norwegian"),
    [
        (None, "share", "–", "–"),
        (0.0, "share", "0%", "0\u00a0%"),
        (0.415, "share", "42%", "42\u00a0%"),
        (0.004, "share", "0.4%", "0,4\u00a0%"),  # not "none"
        (0.996, "share", "99.6%", "99,6\u00a0%"),  # not "all"
        (1.0, "share", "100%", "100\u00a0%"),
        (3.7157, "shares per post", "3.72", "3,72"),
        (55.0, "posts", "55", "55"),
        (12345.0, "followers", "12,345", "12\u00a0345"),
        (0.735, "hours", "0.74 hours", "0,74 timer"),
        (13.84, "reactions per post", "13.8", "13,8"),
    ],
)
def test_a_figure_has_no_more_digits_than_mean_something(value, unit, english, norwegian):
    assert figure(value, unit=unit, words=EN) == english
    assert figure(value, unit=unit, words=NB) == norwegian


def test_an_interval_says_its_unit_once():
    assert span(4.0, 9.5, unit="hours", words=EN) == "4 to 9.50 hours"


def test_an_interval_without_width_is_not_shown():
    assert span(0.0, 0.0, unit="share", words=EN) is None


def test_half_an_interval_is_none():
    assert span(None, 9.5, unit="hours", words=EN) is None


@pytest.mark.parametrize(
    ("ends", "unit", "end"),
    [
        ([None, 0.5], "share", 0.54),
        ([0.96, 1.0], "share", 1.0),  # nothing is more than all
        ([0.96, 1.0], "posts", 1.08),
        ([0.0, None], "posts", 1.0),
        ([], "share", 1.0),
    ],
)
def test_a_strip_ends_a_little_beyond_what_it_shows_and_never_beyond_all(ends, unit, end):
    assert reach(ends, unit=unit) == pytest.approx(end)
