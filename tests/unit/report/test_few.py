"""Weeks of few comments are hidden, and cannot be had back from the whole."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lib.results import sample
from torg.report.few import hidden_weeks, weeks_shown
from torg.report.results import MEASURES, WEEKS
from torg.report.shown import shown

MONDAY = dt.date(2024, 1, 1)


@pytest.mark.parametrize(
    ("comments", "hidden"),
    [
        ([], set()),
        ([9, 8, 0], set()),  # nothing is of few; none at all is a figure
        ([3, 9, 7, 0], {0, 2}),  # 19 less 9 less 7 would be the 3: so the 7 goes with it
        ([3, 9, 7, 7], {0, 2}),  # of equals the first
        ([1, 1, 0], {0, 1}),  # all there is: the whole is of few as well, and hidden
        ([1, 1, 8], {0, 1, 2}),  # two weeks of two together: both are one
        ([4, 4, 8], {0, 1}),  # eight together: not told whose
    ],
)
def test_which_weeks_are_hidden(comments, hidden):
    assert hidden_weeks(comments) == hidden


@pytest.mark.parametrize(
    ("comments", "unseen", "hidden"),
    [
        ([9, 8, 0], 3, {1}),  # 20 less 9 less 8 would be the 3 of the week that was not seen
        ([9, 2, 0], 3, {1}),  # 14 less 9 are 5 in two weeks: not told whose
        ([9, 1, 0], 3, {0, 1}),  # 13 less 9 would be 4 in both
        ([9, 8, 0], 5, set()),
        ([0, 0], 3, set()),  # the whole is of few as well, and hidden
    ],
)
def test_a_week_that_was_not_seen_is_not_told_by_the_whole(comments, unseen, hidden):
    assert hidden_weeks(comments, unseen=unseen) == hidden


@given(st.lists(st.integers(0, 12), max_size=12), st.integers(0, 9))
def test_what_the_whole_leaves_of_weeks_that_are_not_told_is_of_five_or_of_all(comments, unseen):
    hidden = hidden_weeks(comments, unseen=unseen)
    left = unseen + sum(comments[at] for at in hidden)
    shown = [n for at, n in enumerate(comments) if at not in hidden]
    assert left == 0 or left >= 5 or not any(shown)


@given(st.lists(st.integers(0, 12), max_size=12))
def test_nobody_can_work_out_a_week_of_few(comments):
    hidden = hidden_weeks(comments)
    few = {at for at, n in enumerate(comments) if 0 < n < 5}
    assert few <= hidden
    if few and sum(comments) >= 5:
        assert len(hidden) >= 2
        assert sum(comments[at] for at in hidden) >= 5
    if not few:
        assert not hidden


def weeks(comments):
    rows = [
        {"country": "XX", "municipality": "0101", "week": MONDAY + dt.timedelta(7 * at), "days": 7,
         "posts": 3, "comments": n, "owner_replies": 1}
        for at, n in enumerate(comments)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=dict(WEEKS), orient="row")


def test_a_hidden_week_says_why_and_keeps_what_is_not_about_citizens():
    told = weeks_shown(weeks([3, 9, 7, 0, None]), sample(count=20).measures.clear())
    assert told["comments"].to_list() == [None, 9, None, 0, None]
    assert told["comments_missing"].to_list() == ["few_citizens", None, "few_citizens", None, None]
    assert told["owner_replies"].to_list() == [1] * 5


def received(total):
    """So many comments over all weeks."""
    row = {"country": "XX", "municipality": "0101", "measure": "comments_received",
           "period": "2024", "value": float(total), "n": total}  # fmt: skip
    return pl.DataFrame([row], schema=dict(MEASURES), orient="row")


def test_the_last_week_cannot_be_had_from_the_comments_of_the_window():
    results = sample(count=20, weeks=weeks([9, 8, 0, None]), measures=received(20))
    told = shown(results)
    assert told.measures["value"].to_list() == [20]
    assert told.weeks["comments"].to_list() == [9, None, 0, None]
    assert shown(told).weeks.equals(told.weeks)


@pytest.mark.parametrize("total", [19, 21, 23, 28])
def test_shown_twice_is_shown_once(total):
    results = sample(count=20, weeks=weeks([3, 9, 7, 0, None]), measures=received(total))
    once = shown(results)
    assert once.weeks["comments"].null_count() >= 2
    assert shown(once).weeks.equals(once.weeks)
    assert shown(once).measures.equals(once.measures)
    assert shown(once).persons == once.persons
