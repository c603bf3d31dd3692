"""The site in a test: a study with a release, Django's own client, and visitors of every role."""

import datetime as dt
import hashlib
import os
import secrets
import shutil
from functools import cache
from pathlib import Path

import filelock

from torg import site
from torg.study import read_study

SHARED = "TORG_TESTS_SHARED"  # names the folder of this run of the tests (tests/conftest.py)
MUNICIPALITIES, WEEKS = 30, 8


@cache
def _made():
    """A small invented study with a release; made once for all processes of a run of the tests."""
    home = Path(os.environ[SHARED])
    with filelock.FileLock(home / "lock"):
        if not (home / "done").exists():
            site.demo(home / "study", municipalities=MUNICIPALITIES, weeks=WEEKS, seed=3)
            site.close_people()
            (home / "done").touch()
    return home / "study"


def released(folder):
    """An invented study with a release, in a folder of the test's own."""
    shutil.copytree(_made(), folder / "study", copy_function=shutil.copy)
    return read_study(folder / "study")


def site_of(study, **headers):
    """A browser without a screen that visits the study's site."""
    from torg.site.application import application_of

    application_of(study)
    from django.test import Client

    return Client(SERVER_NAME="localhost", headers=headers or None)


def room_link(country, unit, *, days=30, at=None):
    """A link to a municipality's room: its number."""
    from torg.site.accounts.models import RoomLink

    at = at or dt.datetime.now(dt.UTC)
    word = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
    return RoomLink.objects.create(
        country=country, unit=unit, hash=word, made=at, expires=at + dt.timedelta(days=days)
    )


def as_municipality(client, country, unit):
    """Let the client be one of a municipality's, as who opened the link to its room."""
    from torg.site.accounts.visiting import ROOM_LINK

    session = client.session
    session[ROOM_LINK] = room_link(country, unit).pk
    session.save()
    return client


def as_staff(client, role):
    """Let the client be signed in as one of the staff, with the second factor."""
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_static.models import StaticDevice

    from torg.site.accounts.models import Account

    account = Account.objects.create(
        address=f"{role}-{secrets.token_hex(4)}@example.org",
        role=role,
        made=dt.datetime.now(dt.UTC),
    )
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = StaticDevice.objects.create(
        user=account, name="test", confirmed=True
    ).persistent_id
    session.save()
    return client
