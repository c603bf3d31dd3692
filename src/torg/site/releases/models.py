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
