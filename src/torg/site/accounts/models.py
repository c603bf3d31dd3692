"""Who may sign in, and the links that open a municipality's own room."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

ROLES = ("municipality", "reader", "editor", "analyst")
STAFF = ROLES[1:]
TRIES = ("address", "account", "code")  # what tries to sign in are counted by


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

    @property
    def is_staff(self) -> bool:
        """Whether it is one of those who make the study: they need a second factor."""
        return self.role in STAFF


class RoomLink(models.Model):
    """A personal link to a municipality's room, of which only the hash is kept."""

    country = models.TextField()
    unit = models.TextField()
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the link's random 256 bits
    made = models.DateTimeField()
    by = models.TextField(default="")  # who made it, as in the log
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)  # for the last time
    revoked = models.DateTimeField(null=True)

    @classmethod
    def valid(cls, *, at: dt.datetime) -> "models.QuerySet[RoomLink]":
        """The links that open a room at that moment."""
        return cls.objects.filter(revoked__isnull=True, expires__gt=at)


class AccountLink(models.Model):
    """A link by which an account's own password is set, once; only its hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE)
    hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)  # or taken back


class AccountWish(models.Model):
    """That one of a municipality asks for an account, for a colleague or for itself."""

    country = models.TextField()
    unit = models.TextField()
    address = models.TextField()
    name = models.TextField(default="")
    language = models.TextField(default="")
    at = models.DateTimeField()
    by = models.TextField()  # who asked, as in the log
    decided = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)

    class Meta:
        """What is decided says how."""

        constraints = (
            models.CheckConstraint(
                condition=Q(decided__isnull=True, granted__isnull=True)
                | Q(decided__isnull=False, granted__isnull=False),
                name="wish_decided",
            ),
        )


class Try(models.Model):
    """One try to sign in, counted by what it came from and at; neither is kept in the clear."""

    kind = models.TextField()
    key = models.CharField(max_length=64)  # keyed hash of the network address, or of the account
    at = models.DateTimeField()

    class Meta:
        """The newest of one kind and key are counted."""

        constraints = (models.CheckConstraint(condition=Q(kind__in=TRIES), name="try_kind"),)
        indexes = (models.Index(fields=("kind", "key", "at"), name="try_newest"),)
