"""The second factor: a code from an app (RFC 6238), and codes on paper for when it is lost."""

import base64
import hashlib
import io
import secrets
from urllib.parse import quote

import segno
from django.db import transaction
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from markupsafe import Markup

from torg.site.accounts.models import Account
from torg.site.accounts.visiting import visitor_for
from torg.site.audit.actions import note

RECOVERY_CODES = 10

_DIGITS = 6
_BYTES = 10  # of a recovery code: 80 random bits


def has_factor(account: Account) -> bool:
    """Whether a code is asked of the account."""
    return bool(TOTPDevice.objects.filter(user=account, confirmed=True).exists())


def begun_factor(account: Account) -> TOTPDevice:
    """The app's secret that is being set up; the same until its first code was right."""
    with transaction.atomic():
        found = TOTPDevice.objects.select_for_update().filter(user=account, confirmed=False)
        return found.first() or TOTPDevice.objects.create(user=account, name="app", confirmed=False)


def secret_in_text(device: TOTPDevice) -> str:
    """The secret as apps take it by hand, in groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def drawing_of(device: TOTPDevice, *, issuer: str) -> Markup:
    """The secret as a drawing that apps read: SVG, without a style of its own."""
    address = f"{device.config_url}&issuer={quote(issuer)}"
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", scale=5, border=3, dark="#000", light="#fff", xmldecl=False, svgns=False,
        svgclass="qr", lineclass=None, omitsize=False,
    )  # fmt: skip
    return Markup(drawn.getvalue().decode())  # noqa: S704 -- drawn here


def confirm_factor(account: Account, device: TOTPDevice, code: str) -> bool:
    """Take the secret in use, where the code is its own; an earlier one then counts no more."""
    if not verify_token(account, device.persistent_id, _plain(code)):
        return False
    with transaction.atomic():
        note(visitor_for(account), "set up a second factor", about=f"account {account.pk}")
        TOTPDevice.objects.filter(user=account).exclude(pk=device.pk).delete()
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
    return True


def new_recovery_codes(account: Account) -> list[str]:
    """Fresh codes for paper: known only now, and those before open nothing more."""
    codes = [base64.b32encode(secrets.token_bytes(_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=account).delete()
        device = StaticDevice.objects.create(user=account, name="paper")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=_kept(code)) for code in codes
        )
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def device_for(account: Account, code: str) -> TOTPDevice | StaticDevice | None:
    """The device whose code it is, None where it is nobody's, was used, or came too soon.

    A code of the app is taken once; one from paper too. After a wrong one the next has to wait,
    longer each time.
    """
    plain = _plain(code)
    is_of_app = len(plain) == _DIGITS
    kind = TOTPDevice if is_of_app else StaticDevice
    token = plain if is_of_app else _kept(plain)
    devices = kind.objects.filter(user=account, confirmed=True)
    tried = (verify_token(account, device.persistent_id, token) for device in devices)
    return next((device for device in tried if device is not None), None)


def recovery_codes_left(account: Account) -> int:
    """How many codes from paper were not used yet."""
    return int(StaticToken.objects.filter(device__user=account).count())


def drop_devices(account: Account) -> None:
    """Let the account have no second factor any more."""
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(user=account).delete()


def drop_begun_factor(account: Account) -> None:
    """Forget a secret that no code was right for yet."""
    TOTPDevice.objects.filter(user=account, confirmed=False).delete()


def _plain(code: str) -> str:
    """The code as people write it, without blanks and hyphens."""
    return "".join(sign for sign in code.upper() if sign.isalnum() and sign.isascii())


def _kept(code: str) -> str:
    """What is kept of a recovery code: 96 bits of its hash, as many as fit the column."""
    digest = hashlib.sha256(f"torg recovery {code}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()
