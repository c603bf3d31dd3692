"""What a municipality hands in and sets right, until it is part of the study or is refused."""

from django.db import models
from django.db.models import Q

FILE_STATES = (
    "reading",  # it is read, or waits to be
    "asked",  # only the owner knows what the file does not say
    "unfit",  # it cannot be read, or is about others
    "waiting",  # it was understood, and waits for one of the staff
    "accepted",  # it goes into the archive, or waits to
    "taken",  # it is in the archive; the upload is deleted
    "refused",
    "withdrawn",
)
OPEN = ("reading", "asked", "waiting", "accepted")

PROPOSALS = ("add", "change", "end", "disown")
PROPOSAL_STATES = ("waiting", "accepted", "refused", "withdrawn")


class HandIn(models.Model):
    """A file that a municipality handed in. The upload itself lies in the study's folder."""

    country = models.TextField()
    unit = models.TextField()
    name = models.TextField()  # as the owner calls it: shown, and never used as a path
    place = models.TextField()  # of the upload, below the folder of hand-ins; "" once deleted
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    by = models.TextField()
    made = models.DateTimeField()
    state = models.TextField(default="reading")
    rows = models.BigIntegerField(null=True)  # read so far
    job = models.BigIntegerField(null=True)  # the work that is done on it, or was the last
    answers = models.JSONField(default=dict)  # what the owner said that the file does not
    question = models.TextField(default="")
    understood = models.JSONField(null=True)
    why = models.TextField(default="")  # it is unfit, or was refused
    decided = models.DateTimeField(null=True)
    decided_by = models.TextField(default="")

    class Meta:
        """One upload of the same bytes is open at a time; what is turned down says why."""

        constraints = (
            models.CheckConstraint(condition=Q(state__in=FILE_STATES), name="handin_state_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="handin_not_empty"),
            models.CheckConstraint(
                condition=~Q(state__in=("unfit", "refused")) | ~Q(why=""), name="handin_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | ~Q(question=""), name="handin_asks_something"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=OPEN) | ~Q(place=""), name="handin_open_has_a_file"
            ),
            models.UniqueConstraint(
                fields=("country", "unit", "sha256"),
                condition=Q(state__in=OPEN),
                name="handin_open_once",
            ),
        )
        indexes = (models.Index(fields=("country", "unit", "made"), name="handin_of_unit"),)

    @property
    def is_open(self) -> bool:
        """Whether something can still come of it."""
        return self.state in OPEN


class Proposal(models.Model):
    """What a municipality says of a channel: that it is theirs, is another, has ended, or is not.

    `meant` names the channel of the register that it is about, as the register did on that day.
    """

    country = models.TextField()
    unit = models.TextField()
    kind = models.TextField()
    platform = models.TextField()
    meant = models.TextField(default="")  # address or id in the register; "" of a new channel
    address = models.TextField(default="")
    platform_id = models.TextField(default="")
    owner_name = models.TextField(default="")
    scope = models.TextField(default="municipality")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    declared = models.DateField(null=True)
    remark = models.TextField(default="")
    by = models.TextField()
    made = models.DateTimeField()
    state = models.TextField(default="waiting")
    why = models.TextField(default="")  # it was refused
    decided = models.DateTimeField(null=True)
    decided_by = models.TextField(default="")

    class Meta:
        """Kinds and states that there are; what is not new is about a channel that is there."""

        constraints = (
            models.CheckConstraint(condition=Q(kind__in=PROPOSALS), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=PROPOSAL_STATES), name="proposal_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="proposal_says_why"
            ),
            models.CheckConstraint(
                condition=Q(kind="add", meant="") | (~Q(kind="add") & ~Q(meant="")),
                name="proposal_means_a_channel",
            ),
        )
        indexes = (models.Index(fields=("country", "unit", "made"), name="proposal_of_unit"),)
