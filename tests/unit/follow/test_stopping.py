"""A signal ends a wait soon, and nothing else."""

import os
import signal

import pytest

from tests.lib.clocks import Hands
from torg.follow import Stop, Stopped, stopping


def test_who_waits_is_woken():
    hands, stop = Hands(), Stop()
    wait = stop.clock(hands.clock).wait
    wait(1.2)
    assert sum(hands.waits) == pytest.approx(1.2)
    stop.now()
    with pytest.raises(Stopped):
        wait(0.1)
    assert sum(hands.waits) == pytest.approx(1.2)


def test_nothing_waits_long_without_looking():
    hands, stop = Hands(), Stop()
    clock = stop.clock(hands.clock)
    hands.wait = lambda seconds: (hands.waits.append(seconds), stop.now())
    with pytest.raises(Stopped):
        stop.clock(hands.clock).wait(3600)
    assert max(hands.waits) <= 0.5
    assert clock.now() == hands.now()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_noted_and_afterwards_means_what_it_meant(number):
    before = signal.getsignal(number)
    with stopping() as stop:
        assert not stop
        os.kill(os.getpid(), number)
        assert stop
        assert signal.getsignal(number) == signal.SIG_DFL
    assert signal.getsignal(number) == before


def test_no_library_takes_it_for_an_error():
    assert not issubclass(Stopped, Exception)
