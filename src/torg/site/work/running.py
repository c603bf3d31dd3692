"""The queue's one worker: what was begun by a process that died is begun again, once."""

import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from torg.site.alone import Busy, alone
from torg.site.work.actions import run_job
from torg.site.work.models import Job
from torg.site.work.upkeep import Upkeep
from torg.study import Study

_log = logging.getLogger("torg.site.work")

MOST_TIMES = 2  # that a job is begun: what kills its worker twice is not tried a third time

AGAIN = "The process that did it ended in the middle: it is begun again, from its beginning."
DIED_AGAIN = (
    "The process that did it ended in the middle, twice: look into the server's log, then ask for "
    "it anew."
)

_INTERVAL = 0.5  # seconds between two looks at an empty queue
_PATIENCE = 5.0  # seconds between two tries to become the one worker


@dataclass
class Stop:
    """Whether the process was told to end; told twice, it leaves what it does in the middle."""

    told: threading.Event = field(default_factory=threading.Event)

    def hear(self, number: int, frame: FrameType | None) -> None:
        """Take a signal in."""
        if self.told.is_set():
            raise KeyboardInterrupt
        self.told.set()


def run_queue(study: Study, *, until_empty: bool = False) -> None:
    """Do the jobs one after another, until the process is told to end.

    Where another process is at it this one waits, to go on when that ends, and so it does where the
    database is away; `until_empty` it raises what it met instead.
    """
    logging.getLogger("django_tasks").setLevel(logging.CRITICAL)
    with _listening() as stop:
        while not stop.told.is_set():
            try:
                with alone("work", patience=_PATIENCE) as still_alone:
                    take_up_again()
                    _do_all(study, still_alone, stop, until_empty=until_empty)
                    return
            except Busy:
                if until_empty:
                    raise
            except (OperationalError, InterfaceError) as error:
                if until_empty:
                    raise
                _log.error("the queue cannot be looked at: %s", error)
                connection.close()  # a line that broke is not used again
                stop.told.wait(_PATIENCE)


def _do_all(
    study: Study, still_alone: Callable[[], None], stop: Stop, *, until_empty: bool
) -> None:
    worker, upkeep = _worker(), Upkeep(study)
    while not stop.told.is_set():
        close_old_connections()
        still_alone()
        upkeep.when_due()
        if _did_one(worker):
            continue
        if until_empty:
            return
        stop.told.wait(_INTERVAL)


def _did_one(worker: Worker) -> bool:
    """Do the next job; False where there is none. A look at an empty queue locks nothing."""
    if not DBTaskResult.objects.ready().exists():
        return False
    with exclusive_transaction():
        result = DBTaskResult.objects.ready().get_locked()
        if result is not None:
            result.claim(worker.worker_id)
    if result is not None:
        worker.run_task(result)
    return result is not None


def take_up_again() -> None:
    """Nobody else is at work, so what is running was left by a process that died.

    What waits without standing in the queue is put into it.
    """
    with transaction.atomic():
        DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).delete()
        for job in Job.objects.select_for_update().filter(state="running"):
            _take_up(job)
        queued = {
            number
            for arguments in DBTaskResult.objects.ready().values_list("args_kwargs", flat=True)
            for number in arguments["args"]
        }
        waiting = Job.objects.filter(state="waiting").order_by("id").values_list("id", flat=True)
        for number in waiting:
            if number not in queued:
                run_job.enqueue(number)


def _take_up(job: Job) -> None:
    if job.times >= MOST_TIMES:
        job.state, job.outcome, job.ended = "failed", DIED_AGAIN, dt.datetime.now(dt.UTC)
    else:
        job.state, job.part, job.said = "waiting", 0, f"{job.said}{AGAIN}\n"
    job.save()


@contextmanager
def _listening() -> Iterator[Stop]:
    """Hear SIGTERM and Ctrl-C while the work goes on; the job at hand is done before it ends."""
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop  # only the first thread of a process gets signals
        return
    before = {each: signal.signal(each, stop.hear) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _worker() -> Worker:
    return Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="torg work", excluded_queue_names=[],
    )  # fmt: skip
