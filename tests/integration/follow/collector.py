"""A process that collects from a server on loopback, to be killed at any moment."""

import datetime as dt
import time
from pathlib import Path

from tests.lib.platforms import board_platform
from torg.collect.transport import Budget, Clock, internet
from torg.follow import Chunks, Manner, Ways, collect_round
from torg.study import read_study

MANNER = Manner(threads=4, chunks=Chunks(records=12, seconds=0.05))


def clock(hours: float) -> Clock:
    """The real clock, so many hours ahead, that has no patience."""
    ahead = dt.timedelta(hours=hours)
    return Clock(
        now=lambda: dt.datetime.now(dt.UTC) + ahead,
        wait=lambda seconds: time.sleep(min(seconds, 0.002)),
    )


def collect(folder: Path, url: str, hours: float) -> None:
    """One round, committed in many small chunks."""
    platform = board_platform(url, subjects_at_once=50, budget=Budget(10_000, 1))
    with internet() as send:
        ways = Ways(send, clock=clock(hours), tokens=lambda _platform, _channel: None)
        study = read_study(folder)
        collect_round(study, platforms={"bluesky": platform}, ways=ways, manner=MANNER)
