"""What is known of releases beside their folders: since when they are shown, and what is said."""

from django.db import models
from django.db.models import F, Q


class Publication(models.Model):
    """A release as it goes to the public: first to each municipality alone, then to everybody."""

    release = models.TextField(unique=True)  # the folder's name
    digest = models.TextField()
    offered = models.DateTimeField()  # since when municipalities see their own pages
    public_from = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True)
    why = models.TextField(default="")  # it was withdrawn

    class Meta:
        """First offered, then public; what is withdrawn says why."""

        constraints = (
            models.CheckConstraint(
                condition=Q(public_from__gte=F("offered")), name="publication_in_order"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn__isnull=True) | ~Q(why=""), name="publication_says_why"
            ),
        )


STATES = ("waiting", "accepted", "refused", "withdrawn")


class Objection(models.Model):
    """What a municipality says is wrong in a figure of its own, until the staff decides.

    What comes of it is a line of corrections.csv, which is kept here too once it is written.
    """

    release = models.TextField()
    country = models.TextField()
    unit = models.TextField()
    measure = models.TextField()
    should_be = models.TextField()  # in the municipality's words
    reason = models.TextField()
    evidence = models.TextField(default="")
    by = models.TextField()
    made = models.DateTimeField()
    state = models.TextField(default="waiting")
    why = models.TextField(default="")  # it was refused
    line = models.JSONField(null=True)  # of corrections.csv
    decided = models.DateTimeField(null=True)
    decided_by = models.TextField(default="")

    class Meta:
        """What is refused says why; what is accepted has its line."""

        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="objection_state_known"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="objection_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(line__isnull=False), name="objection_has_a_line"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_has_a_reason"),
        )
        indexes = (models.Index(fields=("country", "unit", "made"), name="objection_of_unit"),)


class Statement(models.Model):
    """What a municipality says beside its figures in a release."""

    release = models.TextField()
    country = models.TextField()
    unit = models.TextField()
    text = models.TextField()
    language = models.TextField()
    by = models.TextField()
    made = models.DateTimeField()
    state = models.TextField(default="waiting")
    why = models.TextField(default="")  # it was refused
    decided = models.DateTimeField(null=True)
    decided_by = models.TextField(default="")

    class Meta:
        """One at a time waits or stands beside the figures; what is refused says why."""

        constraints = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="statement_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(why=""), name="statement_says_why"
            ),
            models.UniqueConstraint(
                fields=("release", "country", "unit"),
                condition=Q(state="waiting"),
                name="statement_waits_once",
            ),
            models.UniqueConstraint(
                fields=("release", "country", "unit"),
                condition=Q(state="accepted"),
                name="statement_stands_once",
            ),
        )


class Notice(models.Model):
    """A letter that tells a contact of the release in preview: begun before it goes out."""

    release = models.TextField()
    contact = models.ForeignKey("answers.Contact", models.SET_NULL, null=True)
    country = models.TextField()
    unit = models.TextField()
    state = models.TextField()
    begun = models.DateTimeField()

    class Meta:
        """Nobody is told twice of a release."""

        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("sending", "taken", "later", "refused", "unsure")),
                name="notice_state_known",
            ),
            models.UniqueConstraint(fields=("release", "contact"), name="notice_once"),
        )
