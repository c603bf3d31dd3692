"""The log: a row for every write that a person made; the database refuses to change one."""

from django.db import models


class Entry(models.Model):
    """Who did what to what. `who` is an account or a link by its number, never a name."""

    at = models.DateTimeField()
    who = models.TextField()
    role = models.TextField()
    country = models.TextField(default="")  # of the municipality that it was done for
    unit = models.TextField(default="")
    what = models.TextField()  # "accepted a file"
    about = models.TextField(default="")  # "hand-in 12"
    detail = models.JSONField(default=dict)

    class Meta:
        """The newest of all, and of one municipality, are asked for."""

        indexes = (
            models.Index(fields=("at",), name="entry_at"),
            models.Index(fields=("country", "unit", "at"), name="entry_unit"),
        )
