"""Grants as bytes that only the key opens, and that show when they were changed."""

import datetime as dt
import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from torg.errors import TokenError
from torg.tokens.grant import Grant, Held
from torg.tokens.named import TOKENS_KEY
from torg.tokens.secret import Secret

VERSION = 1
_MAGIC = b"torg-tokens"
_REMEDY_KEY = (
    "make one with: python3 -c 'from cryptography.fernet import Fernet; "
    "print(Fernet.generate_key().decode())'"
)


def new_key() -> Secret:
    """A key that nothing was sealed with yet."""
    return Secret(Fernet.generate_key().decode())


def seal(held: tuple[Held, ...], *, key: Secret) -> bytes:
    """The grants with their secrets, encrypted and signed (Fernet: AES-128-CBC, HMAC-SHA256).

    The line before tells a wrong key from a damaged file; it gives nothing of the key away.
    """
    rows = [_row(one) for one in sorted(held, key=lambda one: one.grant.key)]
    head = b" ".join((_MAGIC, str(VERSION).encode(), _check(key)))
    return head + b"\n" + _cipher(key).encrypt(json.dumps(rows).encode())


def unseal(data: bytes, *, key: Secret, place: str) -> tuple[Held, ...]:
    """What `seal` was given. Raises TokenError for a wrong key or a damaged file."""
    head, _, body = data.partition(b"\n")
    _check_head(head.split(b" "), key=key, place=place)
    try:
        rows = json.loads(_cipher(key).decrypt(body))
    except InvalidToken:
        raise _damaged(place) from None
    return tuple(_held(row) for row in rows)


def lacking_key() -> TokenError:
    """There are tokens, or shall be, and no key to them."""
    return TokenError(
        f"The store of tokens has no key: put it into the environment as {TOKENS_KEY}, or into "
        f"the system's keyring under that name; if there is none yet, {_REMEDY_KEY}."
    )


def _check_head(head: list[bytes], *, key: Secret, place: str) -> None:
    if len(head) != 3 or head[0] != _MAGIC or not head[1].isdigit():
        raise _damaged(place)
    if int(head[1]) > VERSION:
        raise TokenError(f"{place} was written by a newer Torg: use that one.")
    if not hmac.compare_digest(head[2], _check(key)):
        raise TokenError(
            f"{place} was sealed with another key than the one given: set {TOKENS_KEY} to the key "
            "it was made with; without that key the tokens must be granted anew."
        )


def _damaged(place: str) -> TokenError:
    return TokenError(
        f"{place} is damaged and nothing of it can be trusted: restore it from your copy, or move "
        "it away and connect the channels anew."
    )


def _check(key: Secret) -> bytes:
    return hmac.digest(key.value.encode(), b"torg-tokens", hashlib.sha256)[:8].hex().encode()


def _cipher(key: Secret) -> Fernet:
    try:
        return Fernet(key.value)
    except ValueError:
        raise TokenError(
            f"The key in {TOKENS_KEY} is none: it needs 32 bytes in URL-safe base64, 44 signs; "
            f"{_REMEDY_KEY}."
        ) from None


def _row(held: Held) -> dict[str, Any]:
    grant = held.grant
    return {
        "platform": grant.platform,
        "channel": grant.channel,
        "title": grant.title,
        "handle": grant.handle,
        "may": list(grant.may),
        "granted_on": grant.granted_on.isoformat(),
        "ends_on": grant.ends_on.isoformat() if grant.ends_on else None,
        "by": grant.by,
        "secret": held.secret.value,
        "root": held.root.value if held.root else None,
    }


def _held(row: dict[str, Any]) -> Held:
    grant = Grant(
        platform=row["platform"],
        channel=row["channel"],
        title=row["title"],
        handle=row["handle"],
        may=tuple(row["may"]),
        granted_on=dt.date.fromisoformat(row["granted_on"]),
        ends_on=dt.date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        by=row["by"],
    )
    return Held(grant, Secret(row["secret"]), Secret(row["root"]) if row["root"] else None)
