"""What a round of collecting did."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from torg.archive import Appended
from torg.collect.platforms import Task
from torg.follow.whom import Learned

_REASONS = 5  # different reasons that are told of a platform; more of them help nobody


@dataclass(frozen=True, kw_only=True)
class PlatformRound:
    """What a round did on one platform. `left_over` is due still; `why` says what stood against."""

    platform: str
    channels: int
    tasks: int
    done: int
    failed: int
    left_over: int
    posts_new: int
    replies_new: int
    snapshots_new: int
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a round did, platform by platform."""

    began_at: dt.datetime
    ended_at: dt.datetime
    is_stopped: bool  # somebody ended it before it was through
    platforms: tuple[PlatformRound, ...]
    next_look: dt.datetime | None = None  # at a channel, where nothing was due
    learned: tuple[Learned, ...] = ()
    not_learned: str | None = None  # why the register could not be given what was learned

    @property
    def had_tasks(self) -> bool:
        """Whether anything was due."""
        return any(platform.tasks for platform in self.platforms)

    def rows(self) -> list[dict[str, Any]]:
        """A row per platform."""
        return [asdict(platform) for platform in self.platforms]


@dataclass
class Tally:
    """Counts what a round does on one platform, as it does it."""

    platform: str
    channels: set[str] = field(default_factory=set)
    tasks: int = 0
    done: int = 0
    failed: int = 0
    new: Counter[str] = field(default_factory=Counter)
    why: dict[str, None] = field(default_factory=dict)

    def due(self, tasks: Sequence[Task]) -> None:
        """What is due now, after all that was done."""
        self.channels |= {task.followed.address for task in tasks}
        self.tasks = self.done + self.failed + len(tasks)

    def kept(self, appended: Appended) -> None:
        """What a chunk brought."""
        for name in ("posts_new", "replies_new", "snapshots_new"):
            self.new[name] += getattr(appended, name)

    def said(self, reason: str | None) -> None:
        """Something stood against it."""
        if reason and len(self.why) < _REASONS:
            self.why[reason] = None

    def finished(self) -> PlatformRound:
        """As a value."""
        return PlatformRound(
            platform=self.platform,
            channels=len(self.channels),
            tasks=self.tasks,
            done=self.done,
            failed=self.failed,
            left_over=self.tasks - self.done - self.failed,
            posts_new=self.new["posts_new"],
            replies_new=self.new["replies_new"],
            snapshots_new=self.new["snapshots_new"],
            why=tuple(self.why),
        )
