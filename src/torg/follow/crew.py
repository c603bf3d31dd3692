"""The threads of a round: several ask, one keeps."""

import queue
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace

import polars as pl

from torg.collect.platforms import Task
from torg.follow.asking import Asked, Ending, ask, refuse
from torg.follow.keeping import Keeper
from torg.follow.stopping import Stop
from torg.follow.turns import Turn, Turns

LOOK = 0.2  # seconds after which it is looked whether a chunk has grown old


@dataclass(frozen=True)
class Crew:
    """Those who take the turns; what they bring waits in a row that does not grow without end."""

    turns: Turns
    stop: Stop
    threads: int
    _brought: "queue.Queue[Asked]" = field(default_factory=lambda: queue.Queue(maxsize=1_000))

    def work(self, keeper: Keeper) -> None:
        """Take all turns; the thread that calls this one does the keeping."""
        with ThreadPoolExecutor(self.threads, thread_name_prefix="collect") as pool:
            threads = [pool.submit(self._take_turns) for _ in range(self.threads)]
            try:
                self._keep(threads, keeper)
            except BaseException:
                self.stop.now()
                self._let_go(threads)
                raise
        for thread in threads:
            thread.result()

    def _keep(self, threads: "Sequence[Future[None]]", keeper: Keeper) -> None:
        while self._may_come(threads):
            with suppress(queue.Empty):
                keeper.take(self._brought.get(timeout=LOOK))
            keeper.keep_due()
        keeper.keep_all()

    def _let_go(self, threads: "Sequence[Future[None]]") -> None:
        """Take what nobody will keep any more, so that those who bring it can end."""
        while self._may_come(threads):
            with suppress(queue.Empty):
                self._brought.get(timeout=LOOK)

    def _may_come(self, threads: "Sequence[Future[None]]") -> bool:
        if self.stop:
            self.turns.give_up()
        return not all(thread.done() for thread in threads) or not self._brought.empty()

    def _take_turns(self) -> None:
        while (turn := self.turns.take()) is not None:
            ending: Ending = "fault"
            try:
                ending = self._take(turn)
            finally:
                self.turns.ended(turn, ending)

    def _take(self, turn: Turn) -> Ending:
        """A channel's tasks one after the other; the first that does not end well ends them all."""
        channel = None
        for task in turn.tasks:
            if self.stop:
                return "stopped"
            asked = _asked(turn, task, channel or task.followed.channel)
            self._brought.put(asked)
            if asked.ending != "well" and turn.lacking is None:
                return asked.ending
            channel = told_channel(asked) or channel
        return "well"


def _asked(turn: Turn, task: Task, channel: str) -> Asked:
    task = replace(task, followed=replace(task.followed, channel=channel))
    if turn.lacking is not None:
        return refuse(task, platform=turn.platform, means=turn.means, why=turn.lacking)
    return ask(task, platform=turn.platform, means=turn.means)


def told_channel(asked: Asked) -> str | None:
    """The id that a look at a profile told, where the channel was only known by its handle."""
    if asked.task.what != "profile" or not asked.platform.learns_ids:
        return None
    told = asked.visits.filter(pl.col("outcome") == "ok")["channel"].drop_nulls()
    return None if told.is_empty() else str(told[0])
