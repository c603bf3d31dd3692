"""The queue's one worker: what was begun by a process that died is begun again."""

from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from torg.site.alone import alone
from torg.site.work.models import Job

_INTERVAL = 0.5  # seconds between two looks at an empty queue


def run_queue(*, until_empty: bool = False) -> None:
    """Do the jobs one after another. Raises SurveyError where another process is at it."""
    with alone("work", patience=5):
        _take_up_again()
        call_command(
            "db_worker", interval=_INTERVAL, batch=until_empty, startup_delay=False, reload=False,
            verbosity=0, queue_name="*",
        )  # fmt: skip


def _take_up_again() -> None:
    """Nobody else is at work, so what is running was left by a process that died."""
    Job.objects.filter(state="running").update(state="waiting", part=0)
    DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).update(
        status=TaskResultStatus.READY
    )
