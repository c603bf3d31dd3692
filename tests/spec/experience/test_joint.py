"""A campaign's curve: the mean of who takes part, beside others in the same mixture of sizes."""

import datetime as dt

from torg.experience import joint_curve
from torg.experience.joint import AROUND

MONDAY = dt.date(2026, 5, 4)
SIZES = {"A": "<2k", "B": "<2k", "C": ">50k", "D": "<2k", "E": ">50k", "F": ">50k", "G": None}


def curve(values, *, participants=("A", "B", "C")):
    weeks = {place: {MONDAY: value} for place, value in values.items()}
    return joint_curve(
        weeks, sizes=SIZES, participants=set(participants), begins=MONDAY,
        ends=MONDAY + dt.timedelta(days=6),
    )  # fmt: skip


def test_others_count_by_the_sizes_of_those_that_take_part():
    # A and B are small, C is large: two thirds small. Others: small 3; large (10 + 20) / 2 = 15.
    told = curve({"A": 1, "B": 3, "C": 8, "D": 3, "E": 10, "F": 20, "G": 99})
    week = next(each for each in told if each.week == MONDAY)
    assert (week.mean, week.n) == (4, 3)
    assert (week.others, week.n_others) == ((3 + 3 + 15) / 3, 3)


def test_a_week_without_a_value_is_none_and_not_nothing():
    told = curve({"A": None, "D": None})
    assert (told[-1].mean, told[-1].n, told[-1].others) == (None, 0, None)


def test_it_goes_from_eight_weeks_before_as_far_as_weeks_are_known():
    told = curve({"A": 1})
    assert [each.week for each in told] == [
        MONDAY - dt.timedelta(weeks=n) for n in range(AROUND, -1, -1)
    ]
    assert [each.week for each in told if each.is_within] == [MONDAY]


def test_without_weeks_there_is_no_curve():
    assert curve({}) == ()
