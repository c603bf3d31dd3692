"""To take a token in, and to give it back: one function for each of the two."""

import getpass
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TextIO

from torg.errors import TokenError
from torg.tokens.grant import Grant, Held
from torg.tokens.granting import Granting
from torg.tokens.naming import meant
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

    `by` is the role of who granted them, never a name. With `channel` (id, @handle or title) only
    that one is kept; a token that does not open it is refused, and so is a name of several.
    """
    opened = {
        held.grant.key: held
        for token in tokens
        for held in granting.examine(granting.lengthen(token), by=by)
    }
    found = tuple(opened.values()) if channel is None else meant(opened.values(), channel)
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
    """Take a channel's tokens back: at the platform where it can be, and out of the store.

    All that one token opens go together (a page and its Instagram account share one). Where other
    channels hang on the same grant the platform is not asked, for it would take theirs too.
    `granting` gives a platform's way, None without one.

    Raises TokenError where nobody is called so, or several are. Unreachable and OverBudget go
    through, and what they kept from being withdrawn stays in the store, so that it can be later.
    """
    held = store.held()
    named = {one.secret for one in meant(held, channel)}
    if not named:
        raise TokenError(
            f"There is no token of {channel}: 'torg connect --list' shows which there are."
        )
    gone = tuple(one for one in held if one.secret in named)
    remains: dict[str, None] = {}
    for root, part in _by_root(gone).items():
        remains[_withdraw(root, part, held, granting)] = None
        store.remove(one.grant for one in part)
    said = " ".join(filter(None, remains))
    return Revoked(tuple(one.grant for one in gone), not said, said)


def _by_root(gone: Iterable[Held]) -> dict[Secret | None, list[Held]]:
    """What goes, by the grant that it hangs on: each is withdrawn by itself."""
    found: dict[Secret | None, list[Held]] = {}
    for one in gone:
        found.setdefault(one.root, []).append(one)
    return found


def _withdraw(
    root: Secret | None,
    part: list[Held],
    held: tuple[Held, ...],
    granting: Callable[[str], Granting | None],
) -> str:
    """Ask the platform to forget one grant; what is left to do by hand, "" for nothing."""
    way = granting(part[0].grant.platform)
    if way is None or root is None:
        return "The platform has no way to take this token back from here: delete it there."
    others = sum(one.root == root for one in held) - len(part)
    if others:
        hang = "1 other channel hangs" if others == 1 else f"{others} other channels hang"
        return (
            f"{hang} on the same grant, so it stays at the platform: take this page out there, in "
            "the settings of the business portfolio."
        )
    try:
        way.withdraw(root)
    except TokenError as error:
        return f"The platform did not take the grant back: {error}"
    return ""
