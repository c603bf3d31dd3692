"""One visit on its way: what is said of it at its end, whether it went well or not."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import polars as pl

from torg.collect.platforms.refused import Refusal
from torg.collect.platforms.shape import Means, Task
from torg.collect.platforms.visited import Row, frame, vanished, visited, visits
from torg.collect.records import Batch

REPLY_SPACE = "comment"  # the numbering of replies where it is not that of posts


@dataclass(frozen=True)
class Visiting:
    """A task with the channel's id as far as it is known by now."""

    task: Task
    means: Means
    channel: str
    post_space: str = "post"

    @classmethod
    def of(cls, task: Task, means: Means, *, post_space: str = "post") -> "Visiting":
        """The visit at its beginning, under the channel's id as the task has it."""
        return cls(task, means, task.followed.channel, post_space)

    def to(self, channel: str) -> "Visiting":
        """The same visit, now that the platform has told the channel's id."""
        return replace(self, channel=channel)

    def went(
        self,
        *,
        mark: str | None = None,
        handle: str | None = None,
        drift: Mapping[str, str] = MappingProxyType({}),
    ) -> Batch:
        """All of the channel was given that was asked for, save what has drifted away."""
        row = self._row(None, _drifted(drift), mark=mark)
        return Batch(visits=visits({**row, "handle": handle}))

    def refused(self, refusal: Refusal) -> Batch:
        """The channel was refused; the next visit goes on where this one began."""
        return self.broken_off(refusal, mark=self.task.mark)

    def broken_off(self, refusal: Refusal, *, mark: str | None) -> Batch:
        """Not all was given that was asked for; the next visit goes on at `mark`."""
        return Batch(visits=visits(self._row(None, refusal, mark=mark)))

    def subjects(
        self, ends: Mapping[str, Refusal | None], *, drift: Mapping[str, str] = MappingProxyType({})
    ) -> Batch:
        """How it went with each subject; those that are missing have vanished."""
        missing = [one for one, refusal in ends.items() if refusal and refusal.is_missing]
        return Batch(
            visits=visits(
                *(self._row(one, refusal or _drifted(drift)) for one, refusal in ends.items())
            ),
            vanished=self.missing(missing),
        )

    def missing(self, ids: Iterable[str]) -> pl.DataFrame:
        """Posts and replies that are not there, though they were asked for by their ids."""
        at = self.means.clock.now()
        return vanished(self._missing(one, at) for one in ids)

    def _missing(self, native_id: str, at: dt.datetime) -> Row:
        is_reply = self.task.what == "presence" and self.task.of == "replies"
        return {
            "platform": self.task.followed.platform,
            "channel": self.channel,
            "native_id": native_id,
            "id_space": REPLY_SPACE if is_reply else self.post_space,
            "what": "reply" if is_reply else "post",
            "basis": "missing",
            "noticed_at": at,
        }

    def _row(self, subject: str | None, refusal: Refusal | None, mark: str | None = None) -> Row:
        return visited(
            self.task,
            at=self.means.clock.now(),
            channel=self.channel,
            outcome=refusal.outcome if refusal else "ok",
            detail=refusal.sentence if refusal else None,
            subject=subject,
            mark=mark,
        )


def _drifted(drift: Mapping[str, str]) -> Refusal | None:
    """What an interface no longer gives, in words that Torg wrote."""
    return Refusal(" ".join(drift.values()), outcome="partial") if drift else None


def rows_of(rows: Iterable[Row | None], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Those of the rows that could be made, as a frame."""
    return frame([row for row in rows if row is not None], schema)
