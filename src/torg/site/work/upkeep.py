"""What is done now and then without being asked for: releases offered, what is too old let go."""

import datetime as dt
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

from django_tasks_db.models import DBTaskResult

from torg.errors import TorgError
from torg.site.opening import with_people
from torg.study import Study

_log = logging.getLogger("torg.site.work")

HOUR = 3600.0  # seconds

# A function of the study, and how many seconds lie between two calls.
DUTIES: Mapping[str, float] = {
    "torg.site.releases.actions.offer_new": 60.0,
    "torg.site.work.upkeep.sweep": HOUR,
    "torg.site.work.keeping.keep": 24 * HOUR,
}

_KEPT = dt.timedelta(days=30)  # what the queue remembers of what it did


@dataclass
class Upkeep:
    """The duties of one worker; each is done when it begins, and again when it is due."""

    study: Study
    next_at: dict[str, float] = field(default_factory=dict)
    clock: Callable[[], float] = time.monotonic

    def when_due(self) -> None:
        """Do what is due. What fails is logged, and tried again when it is due again."""
        now = self.clock()
        for name, interval in DUTIES.items():
            if now >= self.next_at.get(name, now):
                self.next_at[name] = now + interval
                self._do(name)

    def _do(self, name: str) -> None:
        module, _, function = name.rpartition(".")
        try:
            getattr(import_module(module), function)(self.study)
        except TorgError as error:
            _log.warning("%s: %s", function, error)
        except Exception:
            _log.exception("%s failed", name)


@with_people
def sweep(study: Study, *, at: dt.datetime | None = None) -> None:
    """Forget what counts no more: tries, links, sessions that are over, tasks that are done."""
    from torg.site.accounts.actions.holding import drop_old_links
    from torg.site.accounts.trying import drop_old_tries

    at = at or dt.datetime.now(dt.UTC)
    drop_old_tries(at=at)
    drop_old_links(at=at)
    DBTaskResult.objects.finished().filter(finished_at__lt=at - _KEPT).delete()
