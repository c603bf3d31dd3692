"""Grants, stores and platforms that say what a test wants."""

import datetime as dt
from dataclasses import dataclass, field

from torg.errors import TokenError, Unreachable
from torg.tokens import Grant, Held, Secret, TokenStore, new_key

TODAY = dt.date(2026, 3, 1)


def grant(channel="1001", *, platform="facebook", title="Fjordvik kommune", handle=None, **more):
    return Grant(
        platform=platform,
        channel=channel,
        title=title,
        handle=handle,
        may=tuple(more.get("may", ())),
        granted_on=TODAY,
        ends_on=more.get("ends_on"),
        by="head of communication",
    )


def held(channel="1001", value="page-token-1", *, root=None, **more):
    return Held(grant(channel, **more), Secret(value), Secret(root) if root else None)


def store_in(folder, key=None):
    sealed_with = key or new_key()
    return TokenStore(folder / "tokens" / "one.sealed", lambda: sealed_with)


@dataclass
class GrantingOf:
    """A platform on which each token opens what the test says; it notes what it was asked."""

    opens: dict[str, tuple[Held, ...]]
    platform: str = "facebook"
    refuses: bool = False
    is_away: bool = False
    withdrawn: list[Secret] = field(default_factory=list)

    def lengthen(self, token):
        return token

    def examine(self, token, *, by):
        if token.value not in self.opens:
            raise TokenError("the platform does not know this token")
        return self.opens[token.value]

    def withdraw(self, root):
        if self.is_away:
            raise Unreachable("graph.example gave no answer.")
        if self.refuses:
            raise TokenError("the grant has ended")
        self.withdrawn.append(root)
