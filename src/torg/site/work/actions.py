"""Ask for work, and do it: the queue is django-tasks', in the database that is there anyway."""

import datetime as dt
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db import transaction
from django_tasks import task

from torg.errors import TorgError
from torg.site.current import current_study
from torg.site.work.kinds import KINDS
from torg.site.work.models import Job

_LAST = -100  # of the queue's priorities

_log = logging.getLogger("torg.site.work")

FAULT = "A fault of Torg's own ended it; what it was is in the server's log."


@dataclass(frozen=True)
class Progress:
    """What a piece of work says while it goes on."""

    job: int

    def at(self, part: int, whole: int | None = None) -> None:
        """Say how far it is: so many of `whole` rows, files or steps."""
        changed = {"part": part} if whole is None else {"part": part, "whole": whole}
        Job.objects.filter(id=self.job).update(**changed)

    def say(self, line: str) -> None:
        """Add a line to the job's log."""
        with transaction.atomic():
            job = Job.objects.select_for_update().get(id=self.job)
            job.said += line.rstrip() + "\n"
            job.save(update_fields=("said",))


def ask_for(kind: str, *, by: str, behind: int = 0, **about: Any) -> Job:  # noqa: ANN401 -- JSON
    """Put work on the queue, in the transaction that asks for it: both are there, or neither.

    What is behind none is done first, then what is behind one, and so on.
    """
    if kind not in KINDS:
        raise ValueError(f"no work is called '{kind}'")
    with transaction.atomic():
        job = Job.objects.create(kind=kind, about=about, by=by, made=dt.datetime.now(dt.UTC))
        run_job.using(priority=max(-behind, _LAST)).enqueue(job.pk)
    return job


@task()
def run_job(number: int) -> None:
    """Do a job that waits; one that is running or over is left as it is.

    What ends the process (a second Ctrl-C) goes through: the job then stays as one that was begun,
    and the next worker takes it up again.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(id=number, state="waiting").first()
        if job is None:
            return
        job.state, job.begun, job.times = "running", dt.datetime.now(dt.UTC), job.times + 1
        job.save(update_fields=("state", "begun", "times"))
    _finish(job, *_done(job))


def _done(job: Job) -> tuple[str, Any]:
    """What became of the work: its state, and its outcome or the sentence that says why not."""
    try:
        outcome = _function(job.kind)(current_study(), Progress(job.pk), **job.about)
        json.dumps(outcome)  # what the database could not keep is a fault, too
    except TorgError as error:
        return "failed", str(error)
    except Exception:
        _log.exception("job %s (%s) failed", job.pk, job.kind)
        return "failed", FAULT
    return "done", outcome


def _function(kind: str) -> Callable[..., Any]:
    module, _, name = KINDS[kind].rpartition(".")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found


def _finish(job: Job, state: str, outcome: Any) -> None:  # noqa: ANN401
    """Say what became of it, unless another worker has taken it up meanwhile."""
    Job.objects.filter(id=job.pk, state="running", times=job.times).update(
        state=state, outcome=outcome, ended=dt.datetime.now(dt.UTC)
    )
