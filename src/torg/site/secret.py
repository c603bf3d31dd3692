"""The secret that the site signs with: outside the study, as all secrets are (ADR 9)."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

from torg.errors import LackingPart
from torg.study import Study
from torg.tokens import Secret, secret_named

VARIABLE = "TORG_SITE_SECRET"
LEAST = 50  # characters

_BYTES = 48


def secret_of(study: Study) -> Secret:
    """The study's secret: as the environment or the keyring has it, else of a file made for it.

    Raises LackingPart where it is too short, or its file cannot be made.
    """
    return _checked(secret_named(VARIABLE) or _kept(study))


def _kept(study: Study) -> Secret:
    """The secret in the user's own configuration folder, made there for the first server."""
    path = Path(platformdirs.user_config_path("torg")) / "keys" / f"{study.id}.site"
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(path)
    except OSError as error:
        raise LackingPart(
            f"{path} cannot be made ({error.strerror}): set {VARIABLE} to at least {LEAST} "
            "characters that nobody else knows."
        ) from error
    return Secret(path.read_text(encoding="ascii").strip())


def _make(path: Path) -> None:
    """A secret in a file that is there whole or not at all; the first of several makes it."""
    handle, aside = tempfile.mkstemp(dir=path.parent)  # which its owner alone can read
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(_BYTES))
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        Path(aside).unlink()


def _checked(secret: Secret) -> Secret:
    if len(secret.value) < LEAST:
        raise LackingPart(
            f"the site's secret has fewer than {LEAST} characters: give {VARIABLE} more, such as "
            "those of 'openssl rand -base64 48'."
        )
    return secret
