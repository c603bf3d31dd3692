"""Which accounts, links and wishes there are."""

import datetime as dt
from typing import Any

import polars as pl
from django_otp.plugins.otp_totp.models import TOTPDevice

from torg.site.accounts.models import Account, AccountWish, RoomLink
from torg.site.opening import with_people
from torg.study import Study

_INSTANT = pl.Datetime("us", "UTC")

ACCOUNTS = {
    "account": pl.Int64(),
    "address": pl.String(),
    "role": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "second_factor": pl.Boolean(),
    "made": _INSTANT,
    "last_signed_in": _INSTANT,
    "ended": _INSTANT,
}

ROOM_LINKS = {
    "link": pl.Int64(),
    "country": pl.String(),
    "unit": pl.String(),
    "made": _INSTANT,
    "by": pl.String(),
    "expires": _INSTANT,
    "used": _INSTANT,
    "revoked": _INSTANT,
}


@with_people
def accounts_known(study: Study) -> pl.DataFrame:
    """All accounts, by number: rows of ACCOUNTS."""
    secured = with_factor()
    rows = [
        (one.pk, one.address, one.role, one.country, one.unit, one.pk in secured, one.made,
         one.last_login, one.ended)
        for one in Account.objects.order_by("pk")
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=ACCOUNTS, orient="row")


@with_people
def room_links(study: Study) -> pl.DataFrame:
    """All links to rooms, by number: rows of ROOM_LINKS. A link itself is known to nobody."""
    rows = RoomLink.objects.order_by("pk").values_list("pk", *list(ROOM_LINKS)[1:])
    return pl.DataFrame(list(rows), schema=ROOM_LINKS, orient="row")


def with_factor() -> set[int]:
    """The accounts that have a second factor, by number."""
    return set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))


def links_newest_first(*, country: str = "", unit: str = "") -> Any:  # noqa: ANN401 -- Django's
    """Links to rooms; of one municipality, where it is named."""
    named = {"country": country, "unit": unit}
    said = {name: value for name, value in named.items() if value}
    return RoomLink.objects.filter(**said).order_by("-made", "-id")


def state_of(link: RoomLink, *, at: dt.datetime) -> str:
    """One word for a link: revoked, expired, used or unused."""
    if link.revoked:
        return "revoked"
    return "expired" if link.expires <= at else "used" if link.used else "unused"


def wishes_waiting() -> Any:  # noqa: ANN401
    """Accounts that are asked for, the oldest first."""
    return AccountWish.objects.filter(decided__isnull=True).order_by("at", "id")
