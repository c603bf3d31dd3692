"""A round of collecting over a thousand channels on a local server: within the budget, and soon.

The server counts the calls as they arrive. The budget is kept where no window of its length holds
more calls than it allows; the round is soon where it takes hardly longer than the budget does.
"""

import datetime as dt
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.children import ROOT, in_child
from bench.rows import Row

CHANNELS, QUICK_CHANNELS = 1_000, 100
CALLS, SECONDS = 600, 10.0  # the budget
POSTS = 3  # of each channel; the second pass of the round asks for the replies to them
_LONGER = 1.05  # than the budget allows


def main(*, quick: bool = False) -> list[Row]:
    """The figures of one round."""
    channels = QUICK_CHANNELS if quick else CHANNELS
    with tempfile.TemporaryDirectory(prefix="torg-bench-") as name:
        done = in_child("bench.round", "one_round", name, channels, CALLS, SECONDS)
    allowed = (done["calls"] - 1) * SECONDS / CALLS
    what = f"{channels:,} channels, {done['calls']:,} calls, {CALLS} allowed in {SECONDS:g} s"
    return [
        Row(
            f"Most calls in any window: {what}",
            done["most"],
            "calls",
            asked=f"at most {CALLS}",
            reached=done["most"] <= CALLS,
        ),
        Row(
            "The same: time of the whole round, archive and all",
            done["seconds"],
            "s",
            f"{done['seconds'] / allowed:.3f} x what the budget allows ({allowed:.1f} s)",
            f"at most {_LONGER} x",
            None if quick else done["seconds"] <= _LONGER * allowed,
        ),
        Row("The same: peak memory", done["peak_mb"], "MB"),
    ]


def one_round(folder: str, channels: str, calls: str, seconds: str) -> dict[str, Any]:
    """Follow so many channels for one round, in this process; the server has its own."""
    from tests.lib.following import following
    from tests.lib.platforms import board_platform
    from torg.collect.transport import Budget, internet
    from torg.follow import Ways, collect_round

    names = {f"town{n}.example": f"did:{n}" for n in range(int(channels))}
    study = following(Path(folder) / "study", names, study_id="bench")
    with _server(int(channels)) as server, internet() as send:
        url = _said(server)
        budget = Budget(int(calls), float(seconds))
        ways = Ways(send, tokens=lambda *_: None)
        platforms = {"bluesky": board_platform(url, budget=budget, subjects_at_once=25)}
        began = time.perf_counter()
        outcome = collect_round(study, platforms=platforms, ways=ways)
        took = time.perf_counter() - began
        arrived = _arrivals(server)
    [done] = outcome.platforms
    assert done.left_over == done.failed == 0, done
    assert done.posts_new == int(channels) * POSTS
    most = most_in_a_window(arrived, seconds=float(seconds))
    return {"seconds": took, "calls": len(arrived), "most": most}


def most_in_a_window(arrived: list[float], *, seconds: float) -> int:
    """The most calls that arrived within less than `seconds` of each other."""
    most, first = 0, 0
    for last, moment in enumerate(arrived):
        while moment - arrived[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def _server(channels: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 -- our own module, named by us
        [sys.executable, "-m", "bench.round", str(channels)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _said(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    return server.stdout.readline().strip()


def _arrivals(server: "subprocess.Popen[str]") -> list[float]:
    assert server.stdin is not None
    server.stdin.close()
    return sorted(float(moment) for moment in _said(server).split())


def serve(channels: int) -> None:
    """Serve a network of so many channels until the input ends; then say when calls arrived."""
    from tests.lib.loopback import serving
    from tests.lib.platforms import Board
    from torg.collect.transport import Clock

    posted = Clock().now() - dt.timedelta(hours=1)
    board = Board(now=lambda: posted)
    for channel in range(channels):
        board.channel(f"did:{channel}", handle=f"town{channel}.example")
        for post in range(POSTS):
            name = board.post(f"did:{channel}", f"{channel}-{post}")
            board.reply(name, f"{channel}-{post}-0")
    with serving(board) as server:
        print(server.url, flush=True)
        sys.stdin.read()
        arrived = [f"{moment:.6f}" for moment in server.arrived]
    print(" ".join(arrived), flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
