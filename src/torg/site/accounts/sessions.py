"""What a session knows of who signs in: first the password, then the factor, then until when.

Between password and second factor nobody is signed in: the session only says who is about to.
"""

import datetime as dt
from typing import Any

from django.contrib.auth import login, logout
from django.utils.crypto import constant_time_compare
from django_otp import login as otp_login

from torg.site.accounts.models import Account

PENDING = "torg_signing_in"  # account, when, where to, and the seal of the password it had
SEEN, SINCE = "torg_seen", "torg_since"

BETWEEN = dt.timedelta(minutes=10)  # the password and the code
IDLE = {"municipality": dt.timedelta(hours=4)}
IDLE_STAFF = dt.timedelta(hours=1)
LONGEST = dt.timedelta(hours=12)

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_STEP = 60  # seconds between two notes that somebody was there


def begin(request: Any, account: Account, *, where_to: str) -> None:  # noqa: ANN401
    """The password was right: remember for a few minutes whose code is waited for."""
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": account.pk,
        "at": _now(),
        "to": where_to,
        "seal": account.get_session_auth_hash(),
    }


def pending(request: Any) -> tuple[Account, str] | None:  # noqa: ANN401
    """Whose code is waited for, and where it leads; None where nobody's, or for too long."""
    kept = request.session.get(PENDING)
    if not kept or _now() - kept["at"] > BETWEEN.total_seconds():
        return None
    account = Account.objects.filter(pk=kept["account"], ended__isnull=True).first()
    if account is None or not constant_time_compare(kept["seal"], account.get_session_auth_hash()):
        return None
    return account, kept["to"]


def finish(request: Any, account: Account, device: Any | None = None) -> None:  # noqa: ANN401
    """Let the account be signed in, in a session with a new key."""
    request.session.pop(PENDING, None)
    login(request, account, backend=_BACKEND)
    if device is not None:
        otp_login(request, device)
    request.session[SINCE] = request.session[SEEN] = _now()


def is_awake(request: Any, role: str) -> bool:  # noqa: ANN401
    """Whether the session goes on; one left alone, or too old, ends here."""
    session, now = request.session, _now()
    seen, since = session.get(SEEN, now), session.get(SINCE, now)
    idle = IDLE.get(role, IDLE_STAFF).total_seconds()
    if now - seen > idle or now - since > LONGEST.total_seconds():
        logout(request)
        return False
    if SEEN not in session or now - seen > _STEP:
        session[SEEN], session[SINCE] = now, since
    return True


def _now() -> int:
    return int(dt.datetime.now(dt.UTC).timestamp())
