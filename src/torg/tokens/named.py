"""The few secrets of a study that have names: in the environment, or in the system's keyring.

A keyring is asked in a thread of its own and for a few seconds at most: on a server there is
none, and one that is locked waits for a person who is not there.
"""

import os
import queue
import threading

import keyring

from torg.tokens.secret import Secret

TOKENS_KEY = "TORG_TOKENS_KEY"
YOUTUBE_KEY = "TORG_YOUTUBE_KEY"
META_APP_ID = "TORG_META_APP_ID"
META_APP_SECRET = "TORG_META_APP_SECRET"  # noqa: S105 - the name, not the secret

SERVICE = "torg"  # what the secrets lie under in the keyring
PATIENCE = 5.0  # seconds

# Set once a keyring has not answered: it would not the next time either, and a round asks often.
_silent = threading.Event()


def secret_named(name: str, *, patience: float = PATIENCE) -> Secret | None:
    """The secret of that name: of the environment, else of the keyring; None where neither has it.

    `patience` is how many seconds the keyring gets to answer.
    """
    given = os.environ.get(name, "").strip() or _from_keyring(name, patience)
    return Secret(given) if given else None


def _from_keyring(name: str, patience: float) -> str | None:
    if _silent.is_set():
        return None
    answers: queue.Queue[str | None] = queue.Queue()
    threading.Thread(target=_ask, args=(name, answers), daemon=True).start()
    try:
        return answers.get(timeout=patience)
    except queue.Empty:
        _silent.set()
        return None


def _ask(name: str, answers: "queue.Queue[str | None]") -> None:
    try:
        answers.put(keyring.get_password(SERVICE, name))
    except Exception:  # each keyring fails in its own way, and all of them mean: not here
        answers.put(None)
