"""What changed around a trial: two means per week, with an interval, beside the peers' change."""

import datetime as dt

import pytest

from torg.experience import Change, Span, change_of, change_of_peers

MONDAY = dt.date(2026, 1, 5)
WEEK = dt.timedelta(weeks=1)


def weeks(values, first=MONDAY):
    """A value for each week in turn; "." is a week that was not observed."""
    return {first + WEEK * at: None if v == "." else float(v) for at, v in enumerate(values)}


def test_the_weeks_of_the_trial_itself_are_in_neither_mean():
    #                 before ------------|  during |  after ----------
    told = weeks([4, 6, 4, 6, 4, 6, 99, 99, 7, 9, 7, 9, 7, 9])
    begins = MONDAY + 6 * WEEK + dt.timedelta(days=2)  # a Wednesday
    ends = MONDAY + 7 * WEEK
    change = change_of(told, begins=begins, ends=ends)
    assert (change.before.mean, change.after.mean, change.change) == (5, 8, 3)
    assert (change.before.n, change.after.n, change.before.of) == (6, 6, 12)
    assert change.before.last == dt.date(2026, 2, 15)  # the Sunday before
    assert change.after.first == dt.date(2026, 3, 2)
    assert change.before.first == MONDAY  # the first that was observed, not looked at
    assert change.after.last == MONDAY + 14 * WEEK - dt.timedelta(days=1)


def test_a_span_of_which_nothing_was_observed_is_the_one_looked_at():
    change = change_of(weeks("..5555555"), begins=MONDAY + 2 * WEEK, ends=None)
    assert (change.before.n, change.before.first) == (0, MONDAY - 10 * WEEK)


def test_the_interval_is_welchs():
    # before: mean 5, variance 1.2 of 6 weeks; after: mean 8, variance 1.2 of 6. Neighbours differ
    # in sign, so nothing is added for weeks that hang together. se = sqrt(1.2/6 + 1.2/6) = 0.63246;
    # degrees of freedom (0.4)^2 / (0.2^2/5 + 0.2^2/5) = 10; t = 2.22814; half width 1.40920.
    told = weeks([4, 6, 4, 6, 4, 6, 0, 7, 9, 7, 9, 7, 9])
    change = change_of(told, begins=MONDAY + 6 * WEEK, ends=None)
    assert change.correlation == 0
    assert (change.low, change.high) == pytest.approx((3 - 1.40920, 3 + 1.40920), abs=1e-5)


def test_weeks_that_hang_together_make_it_wider():
    begins = MONDAY + 8 * WEEK
    apart = change_of(weeks("13131313013131313"), begins=begins, ends=None)
    together = change_of(weeks("11113333011113333"), begins=begins, ends=None)
    assert apart.change == together.change == 0
    assert together.correlation > 0.5
    assert together.high > 1.5 * apart.high


@pytest.mark.parametrize(
    ("values", "begins", "ends", "reason"),
    [
        ("......", 3, None, "not_observed"),
        ("5555.555555555", 6, None, "too_few_before"),
        ("5555555555", 6, None, "not_over"),
        ("5555555555555", 6, None, None),
        ("55555555..........5", 6, None, "too_few_after"),
        ("5555555......", 6, None, "too_few_after"),  # weeks passed, and nobody looked
        ("5555555.....", 6, None, "not_over"),
    ],
)
def test_too_few_weeks_are_said_to_be_too_few(values, begins, ends, reason):
    change = change_of(weeks(values), begins=MONDAY + begins * WEEK, ends=ends)
    assert change.missing == reason
    assert (change.change is None) == (reason is not None)


def test_a_week_that_was_not_observed_is_no_week_of_nothing():
    told = weeks("4.444444888888888")
    change = change_of(told, begins=MONDAY + 8 * WEEK, ends=None)
    assert (change.before.mean, change.before.n) == (4, 7)


def test_weeks_that_are_too_small_to_be_shown_leave_no_figure():
    told = weeks("77777777777777")
    hidden = {MONDAY + WEEK}
    change = change_of(told, begins=MONDAY + 7 * WEEK, ends=None, hidden=hidden)
    assert (change.missing, change.change) == ("few_citizens", None)


SPAN = Span(first=MONDAY, last=MONDAY, mean=1.0, n=6, of=12)


def changed(by):
    return Change(before=SPAN, after=SPAN, change=by)


def test_the_peers_change_is_their_quartiles_and_who_has_none_is_no_peer():
    peers = change_of_peers([changed(by) for by in (5, 1, 3, 2, 4, None)])
    assert (peers.n, peers.first, peers.median, peers.third) == (5, 2, 3, 4)


def test_of_four_peers_nothing_is_said():
    peers = change_of_peers([changed(by) for by in (5, 1, 3, 2)])
    assert (peers.n, peers.median) == (4, None)
