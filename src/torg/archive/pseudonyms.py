"""Author names become keyed hashes; the key lives outside the study."""

import hashlib
import hmac
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
import polars as pl

from torg.errors import LackingPart

VARIABLE = "TORG_AUTHOR_KEY"
KEY_BYTES = 32
HIDDEN = "h:"  # how ids begin that stand for others; no platform's ids do

# What exports write where a platform withholds the author: nobody, not a person of that name.
NOBODY = frozenset({"", "n/a", "na", "none", "null"})


@dataclass(frozen=True)
class Pseudonyms:
    """Names to author keys by HMAC-SHA256; without the key a name cannot be tried out."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) < KEY_BYTES:
            raise LackingPart(
                f"The author key has {len(self.key)} bytes but needs {KEY_BYTES}: "
                f"give {VARIABLE} at least {2 * KEY_BYTES} hexadecimal digits."
            )

    def author_key(self, name: str | None) -> str | None:
        """The key of one author, 64 hexadecimal digits; None where nobody is named."""
        known = _normal(name)
        if known is None:
            return None
        return hmac.digest(self.key, known.encode(), hashlib.sha256).hex()

    def hidden_id(self, native_id: str) -> str:
        """An id that names its author, as it is stored: "h:" and 32 hexadecimal digits."""
        return HIDDEN + hmac.digest(self.key, b"id\x1f" + native_id.encode(), "sha256").hex()[:32]

    def hidden_ids(self, ids: pl.Series) -> pl.Series:
        """Every id as it is stored; null stays null, and what is hidden already stays as it is."""
        return pl.Series(
            ids.name,
            [
                text if text is None or text.startswith(HIDDEN) else self.hidden_id(text)
                for text in ids
            ],
            dtype=pl.String,
        )

    def author_keys(self, names: pl.Series) -> pl.Series:
        """The key of every name, null where nobody is named."""
        different = names.unique().drop_nulls()
        keys = [self.author_key(name) for name in different]
        return names.replace_strict(
            different, pl.Series(keys, dtype=pl.String), default=None, return_dtype=pl.String
        ).alias("author_key")


def make_key(study_id: str) -> Path:
    """Make the study's author key in the user's configuration folder; an existing one stays."""
    path = _path(study_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
    return path


def load_key(study_id: str) -> Pseudonyms | None:
    """The study's pseudonyms, from the environment first; None where there is no key."""
    given = os.environ.get(VARIABLE)
    if given:
        return Pseudonyms(_bytes(given, place=f"the environment variable {VARIABLE}"))
    path = _path(study_id)
    if not path.exists():
        return None
    return Pseudonyms(_bytes(path.read_text(encoding="ascii"), place=str(path)))


def _path(study_id: str) -> Path:
    return platformdirs.user_config_path("torg") / "keys" / study_id


def _bytes(text: str, *, place: str) -> bytes:
    try:
        return bytes.fromhex(text.strip())
    except ValueError:
        raise LackingPart(
            f"The author key in {place} is not hexadecimal: restore it from your copy, or make "
            f"one with: python3 -c 'import secrets; print(secrets.token_hex({KEY_BYTES}))'."
        ) from None


def _normal(name: str | None) -> str | None:
    known = " ".join(unicodedata.normalize("NFC", name or "").split())
    return None if known.casefold() in NOBODY else known
