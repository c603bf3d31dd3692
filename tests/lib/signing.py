"""Signing in as people do: accounts with passwords, and the codes that their apps show."""

import time

PASSWORD = "four quiet herons wade"  # noqa: S105 -- of nobody
SIGN_IN = "/en/sign-in/"


def account_of(study, address="ada@example.org", role="analyst", *, password=PASSWORD, **named):
    """An account that has its password."""
    from torg.site.accounts.actions import add_account
    from torg.site.accounts.models import Account
    from torg.site.accounts.passwords import hashed

    made = add_account(study, address, role=role, **named)
    account = Account.objects.get(pk=made.account)
    account.password = hashed(password)
    account.save()
    return account


def factor_of(account):
    """A second factor that was set up, and whose last code was long ago."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return TOTPDevice.objects.create(user=account, name="app", confirmed=True)


def code_of(device, *, steps=0):
    """The code that the app shows now, or so many steps from now."""
    from django_otp.oath import TOTP

    device.refresh_from_db()
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    shown.time = time.time() + steps * device.step
    return f"{shown.token():06d}"


def sign_in(client, account, *, password=PASSWORD, **more):
    """Send address and password."""
    return client.post(SIGN_IN, {"address": account.address, "password": password, **more})


def give_code(client, code):
    """Send a code of the second factor."""
    return client.post("/en/sign-in/code/", {"code": code})


def signed_in(client, account, *, device=None):
    """Sign in with all that is asked for."""
    device = device or factor_of(account)
    sign_in(client, account)
    assert give_code(client, code_of(device))["Location"] == "/en/staff/"
    return client
