"""To take a token in, and to give it back: one function for each of the two."""

import getpass
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from torg.errors import TokenError
from torg.tokens.grant import Grant, Held
from torg.tokens.granting import Granting
from torg.tokens.secret import Secret
from torg.tokens.store import TokenStore


@dataclass(frozen=True)
class Revoked:
    """What was taken out of the store, and what is left to do by hand; "" for nothing."""

    grants: tuple[Grant, ...]
    at_platform: bool
    remains: str


def read_tokens(
    stream: TextIO | None = None, *, ask: Callable[[str], str] = getpass.getpass
) -> tuple[Secret, ...]:
    """Tokens from standard input, one a line; at a terminal one is asked for without an echo.

    Never from the command line: that is seen by everybody on the machine, and remembered.
    """
    source = sys.stdin if stream is None else stream
    if source.isatty():
        return (Secret(ask("Token (it is not shown): ").strip()),)
    tokens = tuple(Secret(line.strip()) for line in source if line.strip())
    if not tokens:
        raise TokenError("No token came: give it on standard input, one a line.")
    return tokens


def connect(
    tokens: Iterable[Secret],
    *,
    granting: Granting,
    store: TokenStore,
    by: str,
    channel: str | None = None,
) -> tuple[Grant, ...]:
    """Check tokens with the platform and keep them; gives what they open.

    `by` is the role of who granted them, never a name. With `channel` (id, @handle or name) only
    that one is kept, and a token that does not open it is refused.
    """
    found = [
        held
        for token in tokens
        for held in granting.examine(granting.lengthen(token), by=by)
        if channel is None or _is_meant(held.grant, channel)
    ]
    if not found:
        wanted = "a channel" if channel is None else channel
        raise TokenError(
            f"The token does not open {wanted} on {granting.platform}: whoever grants it must "
            "choose the page in the dialogue of the platform, and may run the page."
        )
    store.put_all(found)
    return tuple(held.grant for held in found)


def revoke(
    channel: str, *, store: TokenStore, granting: Callable[[str], Granting | None]
) -> Revoked:
    """Take a channel's tokens back: at the platform where it can be, and out of the store always.

    All that hang on the same grant and are of the same channel go together (a page and its
    Instagram account share one token). Where other channels hang on it as well, the platform is
    not asked, for it would take theirs too. `granting` gives a platform's way, None without one.
    """
    held = store.held()
    meant = [one for one in held if _is_meant(one.grant, channel)]
    if not meant:
        raise TokenError(
            f"There is no token of {channel}: 'torg connect --list' shows which there are."
        )
    gone = [one for one in held if one.secret in [m.secret for m in meant]]
    remains = _withdraw(gone, held, granting(meant[0].grant.platform))
    store.remove(one.grant for one in gone)
    return Revoked(tuple(one.grant for one in gone), not remains, remains)


def _withdraw(gone: list[Held], held: tuple[Held, ...], granting: Granting | None) -> str:
    """Ask the platform to forget the grant; what is left to do by hand."""
    root = gone[0].root
    if granting is None or root is None:
        return "The platform has no way to take this token back from here: delete it there."
    others = sum(one.root == root for one in held) - len(gone)
    if others:
        return (
            f"{others} other channels hang on the same grant, so it stays at the platform: "
            "take this page out there, in the settings of the business portfolio."
        )
    try:
        granting.withdraw(root)
    except TokenError as error:
        return f"The platform did not take the grant back: {error}"
    return ""


def _is_meant(grant: Grant, channel: str) -> bool:
    names = (grant.channel or grant.platform, grant.title, grant.handle or grant.title)
    return channel.removeprefix("@").casefold() in {name.casefold() for name in names}
