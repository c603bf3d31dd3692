"""How often somebody may try to sign in: counted in the database, so all processes count together.

A try is noted before it is looked at, and taken out again when it succeeds.
"""

import datetime as dt
from typing import Literal

from django.utils.crypto import salted_hmac

from torg.site.accounts.models import Try

Kind = Literal["address", "account", "code"]

WITHIN = dt.timedelta(minutes=15)
MOST = {
    "address": 30,  # from one network address: an office may share it
    "account": 10,  # at one account, known or not
    "code": 8,  # codes of a second factor, of one account
}


def noted_try(kind: Kind, what: str, *, at: dt.datetime) -> Try | None:
    """Note a try; None where there were too many, and this one must not be looked at."""
    key = salted_hmac(f"torg try {kind}", what.strip().lower(), algorithm="sha256").hexdigest()
    recent = Try.objects.filter(kind=kind, key=key, at__gt=at - WITHIN)
    if recent.count() >= MOST[kind]:
        return None
    one = Try.objects.create(kind=kind, key=key, at=at)
    # Of many at once each sees those before it: no more than the most are looked at.
    return one if recent.filter(id__lte=one.pk).count() <= MOST[kind] else None


def forget_tries(*tries: Try) -> None:
    """Take the tries of whoever succeeded out, and all at the same account."""
    for one in tries:
        same = Try.objects.filter(kind=one.kind, key=one.key)
        (same.filter(id=one.pk) if one.kind == "address" else same).delete()


def drop_old_tries(*, at: dt.datetime) -> int:
    """Forget tries that count no more."""
    return int(Try.objects.filter(at__lte=at - WITHIN).delete()[0])
