"""Jobs: what takes longer than a page may, with how far it is and what it said."""

from django.db import models
from django.db.models import Q

STATES = ("waiting", "running", "done", "failed")


class Job(models.Model):
    """One piece of work. It is run by `torg work`, which `torg serve` starts beside the pages."""

    kind = models.TextField()  # a name in torg.site.work.kinds.KINDS
    about = models.JSONField(default=dict)  # what the work is called with
    by = models.TextField()  # who asked for it, as in the log
    state = models.TextField(default="waiting")
    part = models.BigIntegerField(default=0)  # of `whole`: rows, files, steps
    whole = models.BigIntegerField(null=True)  # null: not known
    said = models.TextField(default="")  # line by line, as it went
    outcome = models.JSONField(null=True)
    made = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    times = models.SmallIntegerField(default=0)  # that it was begun: more where a worker died

    class Meta:
        """States that there are; the newest first are asked for."""

        constraints = (models.CheckConstraint(condition=Q(state__in=STATES), name="job_state"),)
        indexes = (models.Index(fields=("kind", "made"), name="job_newest"),)

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.state in {"done", "failed"}
