"""What the host of a virtual machine takes is told beside every figure under load."""

import os

import pytest

from bench import host

CORES = os.cpu_count() or 1


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at what the test says."""
    now = [0.0]
    monkeypatch.setattr(host.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(host.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


@pytest.fixture
def statistics(tmp_path, monkeypatch):
    """Writes the kernel's counts: so many seconds of all cores were taken since it began."""
    path = tmp_path / "stat"
    monkeypatch.setattr(host, "_STATISTICS", path)

    def write(stolen: float) -> None:
        ticks = round(stolen * os.sysconf("SC_CLK_TCK"))
        path.write_text(f"cpu  900 0 300 9000 5 0 1 {ticks} 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n")

    return write


def test_the_share_is_of_all_cores_time(clock, statistics):
    statistics(100.0)
    with host.watched() as taken:
        clock[0] += 20.0
        statistics(100.0 + 20.0 * CORES / 4)
    assert taken.share == pytest.approx(0.25)
    assert str(taken) == "the host took 25.0% of the cores' time"


def test_a_machine_that_does_not_count_it_says_nothing(clock, tmp_path, monkeypatch):
    monkeypatch.setattr(host, "_STATISTICS", tmp_path / "none")
    with host.watched() as taken:
        clock[0] += 1.0
    assert str(taken) == ""


def test_waiting_for_calm_ends_with_ten_calm_seconds(clock, statistics, monkeypatch):
    counts = iter([0.0, 5.0 * CORES, 5.0 * CORES, 5.0 * CORES])  # ten seconds half taken, ten not
    statistics(0.0)
    before = host._stolen
    monkeypatch.setattr(host, "_stolen", lambda: (statistics(next(counts)), before())[1])
    host.wait_until_calm()
    assert clock[0] == 20.0


def test_waiting_for_calm_has_an_end(clock, statistics, monkeypatch, capsys):
    monkeypatch.setattr(host, "_stolen", lambda: clock[0] * CORES / 2)
    host.wait_until_calm(patience=60.0)
    assert clock[0] == 60.0
    assert capsys.readouterr().out == "begun all the same: the host took 50.0% of the cores' time\n"
