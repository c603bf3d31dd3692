"""Who may sign in, and the links that open a municipality's own room."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

ROLES = ("municipality", "reader", "editor", "analyst")


class Account(AbstractBaseUser):
    """Somebody who signs in. One of a municipality names it; the staff's name none."""

    address = models.TextField(unique=True)
    name = models.TextField(default="")
    role = models.TextField()
    country = models.TextField(default="")
    unit = models.TextField(default="")
    language = models.TextField(default="")
    made = models.DateTimeField()
    ended = models.DateTimeField(null=True)  # may not sign in any more

    USERNAME_FIELD = "address"
    objects = BaseUserManager()

    class Meta:
        """An address once, however it is capitalised; only a municipality's have a unit."""

        constraints = (
            models.UniqueConstraint(Lower("address"), name="account_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="account_role_known"),
            models.CheckConstraint(
                condition=(Q(role="municipality") & ~Q(country="") & ~Q(unit=""))
                | (~Q(role="municipality") & Q(country="", unit="")),
                name="account_unit",
            ),
        )

    @property
    def is_active(self) -> bool:
        """Whether the account may sign in."""
        return self.ended is None


class RoomLink(models.Model):
    """A personal link to a municipality's room, of which only the hash is kept."""

    country = models.TextField()
    unit = models.TextField()
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the link's random 256 bits
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)  # for the last time
    revoked = models.DateTimeField(null=True)
