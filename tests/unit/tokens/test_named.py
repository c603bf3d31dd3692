"""Named secrets: the environment first, then the keyring, and no keyring stops anybody."""

import threading

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from torg.tokens import Secret, named, secret_named

NAME = "TORG_YOUTUBE_KEY"


class Ring(KeyringBackend):
    """A keyring that does what the test says."""

    priority = 1

    def __init__(self, answer):
        super().__init__()
        self.answer = answer

    def get_password(self, service, username):
        return self.answer(service, username)

    def set_password(self, service, username, password):
        raise NotImplementedError

    def delete_password(self, service, username):
        raise NotImplementedError


@pytest.fixture
def ring(monkeypatch):
    """Put a keyring in the system's place for one test."""
    before = keyring.get_keyring()
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.setattr(named, "_silent", threading.Event())
    yield lambda answer: keyring.set_keyring(Ring(answer))
    keyring.set_keyring(before)


def test_the_environment_goes_first(ring, monkeypatch):
    ring(lambda *_: "of-the-keyring")
    monkeypatch.setenv(NAME, " of-the-environment\n")
    assert secret_named(NAME) == Secret("of-the-environment")


def test_the_keyring_is_asked_under_torgs_name(ring):
    ring(lambda service, name: f"{service}/{name}")
    assert secret_named(NAME) == Secret(f"torg/{NAME}")


def test_neither_has_it(ring):
    ring(lambda *_: None)
    assert secret_named(NAME) is None


def test_a_keyring_that_fails_is_a_keyring_that_is_not_there(ring):
    def locked(*_):
        raise KeyringLocked("no")

    ring(locked)
    assert secret_named(NAME) is None


def test_a_keyring_that_waits_for_a_person_is_left_waiting_and_not_asked_again(ring):
    asked, never = [], threading.Event()

    def hang(_service, name):
        asked.append(name)
        never.wait()

    ring(hang)
    assert secret_named(NAME, patience=0.01) is None
    assert secret_named("TORG_TOKENS_KEY", patience=0.01) is None
    assert asked == [NAME]
    never.set()
