"""The invented week: when posts, comments and answers fall."""

import numpy as np
import pytest

from torg.simulate.clock import (
    QUARTERS,
    answered_within_a_day,
    at_office_hour,
    comment_quarters,
    lag_hours,
    office_hours_passed,
    post_quarters,
)
from torg.simulate.world import World


def test_the_quarters_of_a_week_share_all_posts_and_all_comments():
    assert post_quarters().sum() == pytest.approx(1)
    assert comment_quarters(World()).sum() == pytest.approx(1)
    assert len(post_quarters()) == len(comment_quarters(World())) == QUARTERS


def test_nothing_is_posted_at_night():
    night = (np.arange(QUARTERS) / 4 % 24 < 8) | (np.arange(QUARTERS) / 4 % 24 >= 22)
    assert post_quarters()[night].sum() == 0


@pytest.mark.parametrize(
    ("hours", "passed"),
    [
        (0, 0),  # Monday, midnight
        (8, 0),  # the office opens
        (9.5, 1.5),
        (15.5, 7.5),  # it closes
        (23, 7.5),
        (24 + 8.5, 8),  # Tuesday, half past eight
        (5 * 24 + 12, 37.5),  # Saturday
        (7 * 24 + 9, 38.5),  # the next Monday
    ],
)
def test_office_hours_pass_only_while_the_office_is_open(hours, passed):
    assert office_hours_passed(np.array([float(hours)]))[0] == pytest.approx(passed)


def test_an_answer_waits_for_the_office():
    friday_evening = np.array([4 * 24 + 20.0])
    answered = at_office_hour(office_hours_passed(friday_evening) + 0.5)
    assert answered[0] == pytest.approx(7 * 24 + 8.5)


def test_an_owner_who_answers_at_once_misses_the_day_only_before_a_weekend():
    at_once = answered_within_a_day(World(delay_spread=0.01), np.array([1e-6]))[0]
    hour = (np.arange(QUARTERS) + 0.5) / 4
    # From closing time on Friday, no office hour lies within 24 hours, until Sunday at eight.
    in_vain = (hour >= 4 * 24 + 15.5) & (hour < 6 * 24 + 8)
    assert at_once == pytest.approx(1 - comment_quarters(World())[in_vain].sum(), abs=1e-9)


def test_the_share_within_a_day_is_what_drawing_one_by_one_gives():
    world, rng, count = World(), np.random.default_rng(3), 200_000
    posted = (rng.choice(QUARTERS, count, p=post_quarters()) + rng.random(count)) / 4
    asked = posted + lag_hours(rng, world, count=count)
    delay = 4.0 * rng.lognormal(0, world.delay_spread, count)
    waited = at_office_hour(office_hours_passed(asked) + delay) - asked
    share = answered_within_a_day(world, np.array([4.0]))[0]
    assert (waited <= 24).mean() == pytest.approx(share, abs=0.005)
