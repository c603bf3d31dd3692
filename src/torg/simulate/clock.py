"""The invented country's week: when offices post, when citizens write, when answers can come.

Times are local and count from a Monday's midnight; the quarters of a week are numbered 0 to 671.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from torg.simulate.world import CLOSES, OPENS, World

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

QUARTERS = 7 * 24 * 4
OFFICE_DAY = CLOSES - OPENS  # hours
_WEEKDAYS = (0.18, 0.18, 0.18, 0.18, 0.16, 0.06, 0.06)
_EVENING_SHARE = 0.3  # of a day's posts; the rest falls within the office's hours
_EVENING_ENDS = 22.0


def post_quarters() -> Floats:
    """Probability that a post falls in each quarter of the week."""
    hour = np.arange(96) / 4
    office = (hour >= OPENS) & (hour < CLOSES)
    evening = (hour >= CLOSES) & (hour < _EVENING_ENDS)
    day = office * (1 - _EVENING_SHARE) / office.sum() + evening * _EVENING_SHARE / evening.sum()
    return np.outer(_WEEKDAYS, day).ravel()


def lag_hours(rng: np.random.Generator, world: World, *, count: int) -> Floats:
    """Hours from a post to each of `count` comments."""
    lags = world.comment_lag_median * rng.lognormal(0, world.comment_lag_spread, count)
    return np.minimum(lags, world.comment_lag_longest)


def comment_quarters(world: World) -> Floats:
    """Probability that a comment falls in each quarter of the week: posts', moved by the lags."""
    edges = np.arange(0, int(world.comment_lag_longest * 4) + 2) / 4
    scaled = np.log(np.maximum(edges, 1e-12) / world.comment_lag_median) / world.comment_lag_spread
    below = ndtr(scaled)
    below[0], below[-1] = 0, 1
    by_week = np.zeros(QUARTERS)
    np.add.at(by_week, np.arange(len(edges) - 1) % QUARTERS, np.diff(below))
    moved: Floats = np.fft.irfft(np.fft.rfft(post_quarters()) * np.fft.rfft(by_week), QUARTERS)
    chances: Floats = np.maximum(moved, 0) / np.maximum(moved, 0).sum()
    return chances


def office_hours_passed(hours: Floats) -> Floats:
    """Office hours between the first Monday's midnight and each of `hours` of local time."""
    days, hour = np.divmod(hours, 24)
    weeks, weekday = np.divmod(days, 7)
    today = np.where(weekday < 5, np.clip(hour - OPENS, 0, OFFICE_DAY), 0)
    return OFFICE_DAY * (5 * weeks + np.minimum(weekday, 5)) + today


def at_office_hour(passed: Floats) -> Floats:
    """The local time at which so many office hours have passed: the inverse of the above."""
    days, hour = np.divmod(passed, OFFICE_DAY)
    weeks, weekday = np.divmod(days, 5)
    return 24 * (7 * weeks + weekday) + OPENS + hour


def answered_within_a_day(world: World, median_hours: Floats) -> Floats:
    """Probability that an answer which comes at all comes within 24 hours, for each median delay.

    A delay is lognormal in office hours, and how many of them the next day holds depends on when in
    the week the question is asked: the mean over the quarters in which comments fall, each taken at
    its middle.
    """
    asked = (np.arange(QUARTERS) + 0.5) / 4
    office = office_hours_passed(asked + 24) - office_hours_passed(asked)
    with np.errstate(divide="ignore"):
        scaled = (np.log(office)[None, :] - np.log(median_hours)[:, None]) / world.delay_spread
    # A sum, not a matrix product: that one depends on the number of threads in its last digit.
    within: Floats = (ndtr(scaled) * comment_quarters(world)).sum(axis=1)
    return within
