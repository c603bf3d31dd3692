"""However the calls come and however long they take: no window holds more than the budget."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.clocks import Hands
from tests.lib.doors import answer
from torg.collect.transport import Budget, Door

seconds = st.floats(0, 3, allow_nan=False)
calls = st.lists(st.tuples(seconds, seconds, st.floats(0, 1)), min_size=1, max_size=60)


@settings(deadline=None)
@given(budget=st.builds(Budget, st.integers(1, 7), st.sampled_from([0.5, 1.0, 10.0])), calls=calls)
def test_no_window_holds_more_calls_than_the_budget(budget, calls):
    """Each call: how long nobody asks before it, how long it takes, when in that it arrives."""
    hands = Hands()
    arrived, coming = [], iter(calls)

    def send(call):
        _, takes, share = latest
        arrived.append(hands.elapsed + takes * share)
        hands.pass_(takes)
        return answer()

    door = Door(send=send, clock=hands.clock, budget=budget)
    for latest in coming:
        hands.pass_(latest[0])
        door.get("https://a.example/")
    tight = arrived[budget.calls :]
    for early, late in zip(arrived, tight, strict=False):
        assert late - early >= budget.seconds - 1e-6


@settings(deadline=None)
@given(
    budget=st.builds(Budget, st.integers(1, 50), st.sampled_from([1.0, 60.0])),
    times=st.integers(1, 200),
)
def test_answers_that_take_no_time_come_as_fast_as_the_budget_lets_them(budget, times):
    hands = Hands()
    door = Door(send=lambda call: answer(), clock=hands.clock, budget=budget)
    for _ in range(times):
        door.get("https://a.example/")
    assert hands.elapsed <= (times - 1) * budget.interval * (1 + 1e-9) + 1e-6


@settings(deadline=None)
@given(waits=st.lists(seconds, max_size=30), seed=st.integers(0, 5))
def test_a_door_without_a_budget_lets_everybody_through_at_once(waits, seed):
    hands = Hands()
    door = Door(send=lambda call: answer(), clock=hands.clock)
    for wait in itertools.islice(waits, seed, None):
        hands.pass_(wait)
        door.get("https://a.example/")
    assert hands.waits == []
