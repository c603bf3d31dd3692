"""Budgets are kept, whoever asks; quotas are counted by the day."""

import datetime as dt

import pytest

from tests.lib.clocks import Hands
from tests.lib.doors import Server, answer
from torg.collect.transport import Budget, Quota, Used
from torg.errors import OverBudget

URL = "https://a.example/"


def asked(server, times, **further):
    door = server.door(**further)
    for _ in range(times):
        door.get(URL)
    return server.moments


def test_calls_are_spread_evenly():
    assert asked(Server(200), 5, budget=Budget(calls=2, seconds=10)) == [0, 5, 10, 15, 20]


def test_a_slow_answer_counts_from_its_end():
    """It may have arrived at any time until then: the server must not count three in ten."""
    hands = Hands()

    def slow(call):
        hands.pass_(1)
        return answer()

    # The third call waits for ten seconds after the end of the first, not after its beginning.
    server = Server(slow, hands=hands)
    assert asked(server, 4, budget=Budget(calls=2, seconds=10)) == [0, 5, 11, 16]


def test_each_server_has_its_own_budget():
    server = Server(200)
    door = server.door(
        budget=Budget(calls=1, seconds=10), budgets={"b.example": Budget(calls=1, seconds=1)}
    )
    for url in (URL, "https://b.example/", URL, "https://b.example/"):
        door.get(url)
    # a at 0; b at 0; a ten seconds later; b long ready.
    assert server.moments == [0, 0, 10, 10]


def test_what_is_asked_again_is_counted_again():
    assert asked(Server(500, 500, 200), 1, budget=Budget(calls=1, seconds=60)) == [0, 60, 120]


def test_a_server_that_counts_itself_is_heeded_before_it_says_no():
    """Ten calls left for a hundred seconds: one in ten seconds, until it counts anew."""
    headers = {"X-RateLimit-Remaining": "10", "X-RateLimit-Reset": "100"}
    server = Server(answer(headers=headers), answer(headers=headers), 200)
    moments = asked(server, 4, budget=Budget(calls=10, seconds=10))
    # The second left with the first's pace; what the first answer said holds from then on.
    assert moments == [0, 1, 11, 21]


def test_units_of_a_quota_are_used_up_by_cost():
    server = Server(200)
    door = server.door(quota=Quota(units=10))
    door.get(URL, cost=7)
    assert door.units_left() == 3
    with pytest.raises(OverBudget, match="quota of 10 units a day is used up until 2026-03-03 00"):
        door.get(URL, cost=4)
    door.get(URL, cost=3)
    assert door.units_left() == 0
    assert len(server.calls) == 2


def test_the_quotas_day_is_its_zones_day():
    """At noon UTC it is four in the morning in California; the day ends at eight UTC."""
    server = Server(200)
    door = server.door(quota=Quota(units=1, zone="America/Los_Angeles"))
    door.get(URL)
    with pytest.raises(OverBudget) as over:
        door.get(URL)
    assert over.value.until == dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC)
    server.hands.pass_(20 * 3600 - 1)
    with pytest.raises(OverBudget):
        door.get(URL)
    server.hands.pass_(1)
    assert door.get(URL).status == 200


def test_what_was_used_before_counts():
    door = Server(200).door(quota=Quota(units=10), used=Used(dt.date(2026, 3, 2), 9))
    assert door.units_left() == 1
    door = Server(200).door(quota=Quota(units=10), used=Used(dt.date(2026, 3, 1), 9))
    assert door.units_left() == 10


def test_a_clock_set_back_gives_no_second_days_units():
    server = Server(200)
    door = server.door(quota=Quota(units=1))
    door.get(URL)
    server.hands.shift = -dt.timedelta(days=1)
    with pytest.raises(OverBudget):
        door.get(URL)


def test_a_network_that_says_the_day_is_used_up_is_believed():
    door = Server(200).door(quota=Quota(units=10))
    assert isinstance(door.use_up("quotaExceeded"), OverBudget)
    with pytest.raises(OverBudget):
        door.get(URL)
    assert str(Server(200).door().use_up("that was all.")) == "that was all."


@pytest.mark.parametrize(("calls", "seconds"), [(0, 1), (1, 0)])
def test_a_budget_is_something(calls, seconds):
    with pytest.raises(ValueError, match="budget"):
        Budget(calls=calls, seconds=seconds)


def test_who_waits_in_the_row_when_the_server_closes_does_not_wait_for_its_opening():
    """While one call waits for its turn, another is told to leave the server alone for an hour."""
    server = Server(200)
    hands, waited = server.hands, server.hands.wait

    def wait(seconds):
        waited(seconds / 2)
        door._gates["a.example"].close(3600)

    hands.wait = wait
    door = server.door(budget=Budget(calls=1, seconds=100))
    door.get(URL)
    with pytest.raises(OverBudget, match="left alone"):
        door.get(URL)
    assert len(server.calls) == 1
    assert hands.elapsed == 50


def test_units_of_a_day_far_ahead_were_noted_by_a_wrong_clock_and_count_for_nothing():
    quota = Quota(units=10)
    assert Server(200).door(quota=quota, used=Used(dt.date(2026, 3, 3), 9)).units_left() == 1
    assert Server(200).door(quota=quota, used=Used(dt.date(2026, 3, 4), 9)).units_left() == 10
    assert Server(200).door(quota=quota, used=Used(dt.date(2027, 3, 2), 10)).units_left() == 10
