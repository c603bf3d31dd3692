"""One task carried out: what it brought, and how it ended."""

import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import polars as pl

from torg.collect import VISITS, Batch, empty
from torg.collect.platforms import Means, Platform, Task
from torg.errors import OverBudget, TorgError, Unreachable
from torg.follow.stopping import Stopped

Ending = Literal["well", "unreachable", "turned away", "over budget", "fault", "stopped"]
# Asked, and to no good end: that is noted, so that the channel rests and others have their turn.
_FAILURES = ("unreachable", "turned away", "fault")
# Of these each batch stands for itself; of the others only the whole of them.
_BY_SUBJECT = ("counts", "replies")
_WENT_WELL = ("ok", "partial")


@dataclass(frozen=True)
class Asked:
    """A task, all that it brought, and how it ended; `why` where it did not end well."""

    task: Task
    platform: Platform
    batches: tuple[Batch, ...]
    ending: Ending
    why: str | None = None

    @property
    def records(self) -> int:
        """How many rows it brought."""
        return sum(
            batch.posts.height + batch.replies.height + batch.audience.height + batch.visits.height
            for batch in self.batches
        )

    @property
    def is_failure(self) -> bool:
        """Whether it was asked and did not end well, which is noted."""
        return self.ending in _FAILURES

    @property
    def visits(self) -> pl.DataFrame:
        """What was visited, and how it went."""
        return pl.concat([empty(VISITS), *(batch.visits for batch in self.batches)])


def ask(task: Task, *, platform: Platform, means: Means) -> Asked:
    """Carry out a task. Whatever happens becomes part of the answer; nothing is raised.

    What came before a failure is kept, but not as something that was seen whole: the visit is noted
    as failed, with the mark it began with, and will be made again from there.
    """
    batches: list[Batch] = []
    ending, why = _ending(platform.visits[task.what](task, means), batches, platform)
    if ending == "well":
        return Asked(task, platform, tuple(_left_behind(task, batches)), ending)
    halves = [_without_visits(task, batch) for batch in batches]
    if ending in _FAILURES:
        rest = _unanswered(task, halves)
        rows = unvisited(task, means, outcome="failed", detail=why, subjects=rest)
        halves.append(Batch(visits=rows))
    return Asked(task, platform, tuple(halves), ending, why)


def refuse(task: Task, *, platform: Platform, means: Means, why: str) -> Asked:
    """What is noted where a platform cannot be asked for lack of a token."""
    rows = unvisited(task, means, outcome="refused", detail=why, subjects=[None])
    return Asked(task, platform, (Batch(visits=rows),), "fault", why)


def unvisited(
    task: Task, means: Means, *, outcome: str, detail: str | None, subjects: Iterable[str | None]
) -> pl.DataFrame:
    """Visits that did not come about, a row for each subject."""
    row = {
        "platform": task.followed.platform,
        "channel": task.followed.channel,
        "what": task.what,
        "visited_at": means.clock.now(),
        "outcome": outcome,
        "detail": detail,
        "mark": task.mark,
    }
    return pl.DataFrame([{**row, "subject": subject} for subject in subjects], schema=VISITS)


def _ending(
    coming: Iterator[Batch], batches: list[Batch], platform: Platform
) -> tuple[Ending, str | None]:
    try:
        batches.extend(coming)
    except Stopped:
        return "stopped", None
    except OverBudget as error:
        return "over budget" if error.is_shut else "turned away", str(error)
    except Unreachable as error:
        return "unreachable", str(error)
    except TorgError as error:
        return "fault", str(error)
    except Exception as error:  # one odd answer must not end a night's round
        return "fault", _odd(error, platform)
    return "well", None


def _odd(error: Exception, platform: Platform) -> str:
    """A bug, or an answer of a kind never seen. Its own words may hold what people wrote."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"What {platform.title} answered could not be read ({type(error).__name__} in "
        f"{Path(where.filename).name}, line {where.lineno}): please tell Torg's authors."
    )


def _left_behind(task: Task, batches: list[Batch]) -> Iterator[Batch]:
    """The batches, with the mark that the round itself leaves where it leaves one."""
    went_well = pl.col("outcome").is_in(_WENT_WELL)
    mark = pl.when(went_well).then(pl.lit(task.leaves)).otherwise(pl.lit(task.mark))
    for batch in batches:
        yield batch if task.leaves is None else _with_visits(batch, batch.visits, mark=mark)


def _with_visits(batch: Batch, visits: pl.DataFrame, **changes: pl.Expr) -> Batch:
    return replace(batch, visits=visits.with_columns(**changes).cast(pl.Schema(VISITS)))


def _without_visits(task: Task, batch: Batch) -> Batch:
    kept = batch.visits.filter(pl.col("subject").is_not_null() & (task.what in _BY_SUBJECT))
    return replace(batch, visits=kept)


def _unanswered(task: Task, halves: list[Batch]) -> list[str | None]:
    """Of what the task asked, that which no kept visit speaks of."""
    if task.what not in _BY_SUBJECT:
        return [None]
    answered = {subject for batch in halves for subject in batch.visits["subject"]}
    return [subject for subject in task.subjects if subject not in answered]
