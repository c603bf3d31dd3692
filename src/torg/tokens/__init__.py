"""Secrets that networks ask for: read where they lie, never shown, never in the study's folder.

A few have names and come from the environment or the system's keyring (`secret_named`); the many
of a national study lie encrypted in a `TokenStore`. `connect` and `revoke` take them in and give
them back.
"""

from torg.tokens.choosing import token_for
from torg.tokens.connecting import Revoked, connect, read_tokens, revoke
from torg.tokens.grant import Grant, Held
from torg.tokens.granting import Granting
from torg.tokens.named import (
    META_APP_ID,
    META_APP_SECRET,
    TOKENS_KEY,
    YOUTUBE_KEY,
    secret_named,
)
from torg.tokens.sealing import new_key
from torg.tokens.secret import Secret
from torg.tokens.store import TokenStore

__all__ = [
    "META_APP_ID",
    "META_APP_SECRET",
    "TOKENS_KEY",
    "YOUTUBE_KEY",
    "Grant",
    "Granting",
    "Held",
    "Revoked",
    "Secret",
    "TokenStore",
    "connect",
    "new_key",
    "read_tokens",
    "revoke",
    "secret_named",
    "token_for",
]
