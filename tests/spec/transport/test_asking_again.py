"""When the door asks again, how long it waits before, and what it says in the end."""

import datetime as dt
from email.utils import format_datetime

import pytest

from tests.lib.clocks import START, Hands
from tests.lib.doors import Server, answer
from torg.collect.transport import Call, Retries
from torg.errors import OverBudget, Unreachable

URL = "https://a.example/feed?access_token=hidden"
CUT = ConnectionError("cut")


@pytest.mark.parametrize(
    ("says", "waits", "in_the_end"),
    [
        # The first wait is a second, and each is four times the one before.
        ([200], [], 200),
        ([500, 200], [1], 200),
        ([502, 503, 504, 200], [1, 4, 16], 200),
        ([CUT, 200], [1], 200),
        ([TimeoutError(), 429, 200], [1, 4], 200),
        # What a server says of us, not of itself, is its answer.
        ([404], [], 404),
        ([401], [], 401),
        ([400], [], 400),
        ([501], [], 501),
    ],
)
def test_what_passes_is_asked_again(says, waits, in_the_end):
    server = Server(*says)
    assert server.door().get(URL).status == in_the_end
    assert server.hands.waits == waits
    assert len(server.calls) == len(waits) + 1


@pytest.mark.parametrize(
    ("says", "error", "said"),
    [
        ([500], Unreachable, "a.example/feed answered 500."),
        ([CUT], Unreachable, "a.example/feed gave no answer (the connection was cut or refused)."),
        ([TimeoutError()], Unreachable, "a.example/feed gave no answer (it took too long)."),
        ([429], OverBudget, "a.example says that it was asked too often."),
    ],
)
def test_after_four_times_it_is_given_up(says, error, said):
    server = Server(*says)
    with pytest.raises(error) as raised:
        server.door().get(URL)
    assert str(raised.value) == said
    assert len(server.calls) == 4
    assert server.hands.waits == [1, 4, 16]


def test_half_of_each_wait_is_up_to_chance():
    for chance, wait in ((0.0, 0.5), (0.5, 0.75), (1.0, 1.0)):
        assert Retries().wait(1, chance=lambda drawn=chance: drawn) == wait


HTTP_DATE = format_datetime(START + dt.timedelta(seconds=30), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "30"}, 30),
        ({"retry-after": "0"}, 1),
        ({"Retry-After": HTTP_DATE}, 30),
        # By the server's own clock, which here runs ten seconds behind ours.
        (
            {
                "Retry-After": HTTP_DATE,
                "Date": format_datetime(START - dt.timedelta(seconds=10), usegmt=True),
            },
            40,
        ),
        ({"Retry-After": "soon"}, 1),
        ({"Retry-After": "-5"}, 1),
        # Mastodon's way, Bluesky's, and the one of the drafts.
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-03-02T12:00:30.000Z"}, 30),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": f"{START.timestamp() + 30:.0f}"}, 30),
        ({"RateLimit": "limit=10, remaining=0, reset=30"}, 30),
        ({"RateLimit": '"default";r=0;t=30'}, 30),
    ],
)
def test_a_server_is_left_alone_for_as_long_as_it_asks(headers, waited):
    server = Server(answer(429, headers=headers), 200)
    assert server.door().get(URL).status == 200
    assert server.moments == [0, waited]


def test_who_wants_to_be_left_alone_for_long_is_left_alone():
    server = Server(answer(429, headers={"Retry-After": "3600"}))
    door = server.door()
    with pytest.raises(OverBudget):
        door.get(URL)
    with pytest.raises(OverBudget, match=r"a\.example wants to be left alone for 3600 seconds"):
        door.get(URL)
    assert len(server.calls) == 1
    server.says = [200]
    server.hands.pass_(3600)
    assert door.get(URL).status == 200


def test_all_waits_of_a_request_have_a_bound():
    server = Server(answer(503, headers={"Retry-After": "100"}))
    with pytest.raises(Unreachable):
        server.door().get(URL)
    assert sum(server.hands.waits) <= 120
    assert len(server.calls) == 2


@pytest.mark.parametrize(("say", "calls"), [(500, 1), (CUT, 1), (503, 4), (429, 4)])
def test_what_is_told_is_told_again_only_if_it_was_not_heard(say, calls):
    server = Server(say)
    with pytest.raises((Unreachable, OverBudget)):
        server.door().ask(Call("POST", URL, {}, b'{"a": 1}'))
    assert len(server.calls) == calls


def test_a_clock_set_back_while_waiting_changes_nothing():
    hands = Hands()
    server = Server(answer(503, headers={"Retry-After": "20"}), 200, hands=hands)
    hands.shift = -dt.timedelta(days=400)
    assert server.door().get(URL).status == 200
    assert server.moments == [0, 20]


def test_garbage_is_no_answer():
    server = Server(answer(body=b"<html>"))
    with pytest.raises(Unreachable, match=r"^a\.example/ answered with something that is not"):
        server.door().get(URL).json()
