"""Visits to platforms behind a door that is a function, with time that only tests let pass."""

import datetime as dt
from dataclasses import dataclass, field

import polars as pl

from torg.collect import Batch
from torg.collect.platforms import Followed, Means, Task
from torg.collect.transport import Clock, Door

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclass
class Time:
    """Stands still; waiting lets it pass."""

    at: dt.datetime = START
    waited: list[float] = field(default_factory=list)

    def wait(self, seconds):
        self.waited.append(seconds)
        self.at += dt.timedelta(seconds=seconds)

    @property
    def clock(self):
        return Clock(
            now=lambda: self.at,
            seconds=lambda: (self.at - START).total_seconds(),
            wait=self.wait,
        )


def means(send, *, token=None, time=None, **door):
    """What a visit is made with, where `send` answers."""
    clock = (time or Time()).clock
    return Means(door=Door(send=send, clock=clock, **door), clock=clock, token=token)


def task(platform, what, channel, subjects=(), *, handle=None, **further):
    """A task of that platform."""
    followed = Followed(platform.name, channel, handle, f"https://example.org/{channel}")
    return Task(followed, what, subjects=tuple(subjects), **further)


def visit(platform, what, channel, subjects=(), *, by, **further):
    """All that one visit brings, as one batch."""
    asked = task(platform, what, channel, subjects, **further)
    return joined(platform.visits[what](asked, by))


def joined(batches):
    """Batches as one."""
    several = list(batches) or [Batch()]
    names = ("posts", "replies", "audience", "rejects", "visits", "vanished")
    return Batch(**{name: pl.concat([getattr(one, name) for one in several]) for name in names})


def ends(batch):
    """(subject, outcome, detail) of every visit, in their order."""
    return batch.visits.select("subject", "outcome", "detail").rows()
