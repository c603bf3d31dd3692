"""What a server says of its limits is heeded, and cannot hold anybody up for days."""

import pytest

from tests.lib.doors import Server, answer
from torg.collect.transport import Budget
from torg.errors import OverBudget

URL = "https://a.example/"


def left(calls, seconds):
    return answer(headers={"RateLimit-Remaining": str(calls), "RateLimit-Reset": str(seconds)})


@pytest.mark.parametrize("budget", [None, Budget(calls=10, seconds=10)])
@pytest.mark.parametrize(("calls", "seconds"), [(1, 86_400), (1, 999_999_999), (5, 3_600)])
def test_nobody_sleeps_for_days_over_a_servers_own_counting(budget, calls, seconds):
    """One call left for a day: the thread is not kept until tomorrow."""
    server = Server(left(calls, seconds), 200)
    door = server.door(budget=budget)
    door.get(URL)
    with pytest.raises(OverBudget, match="wants to be left alone"):
        for _ in range(3):
            door.get(URL)
    assert server.hands.elapsed <= 120


def test_when_the_server_counts_anew_it_is_asked_again():
    server = Server(left(1, 3_600), 200)
    door = server.door()
    door.get(URL)
    server.hands.pass_(3_600)
    assert door.get(URL).status == 200


@pytest.mark.parametrize(
    "name", ["RateLimit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"]
)
def test_a_number_of_thousands_of_digits_says_nothing(name):
    long = "9" * 5_000
    said = {"RateLimit-Remaining": "5", "RateLimit-Reset": "5"}
    said[name] = f"remaining={long}, reset={long}" if name == "RateLimit" else long
    assert Server(answer(headers=said)).door().get(URL).status == 200


@pytest.mark.parametrize(
    "date",
    [
        "9" * 5_000,
        "Mon, 02 Mar " + "9" * 5_000 + " 12:00:00 GMT",
        "\x00",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_a_date_that_is_none_says_nothing(date):
    said = {"Retry-After": date, "Date": date, "RateLimit-Remaining": "5", "RateLimit-Reset": date}
    assert Server(answer(503, headers=said), 200).door().get(URL).status == 200
