"""Tokens: take them in after the platform was asked, list them, take them back."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import Any

from torg import tokens
from torg.collect.platforms import GRANTINGS, PLATFORMS
from torg.collect.transport import Clock, Door, Send, agent, internet
from torg.errors import TokenError
from torg.register import learn_id, read_register, write_register
from torg.study import Study
from torg.tokens import Grant, Granting, Secret, TokenStore

Row = dict[str, Any]


def connect(
    study: Study,
    platform: str,
    ask: Callable[[], Iterable[Secret]],
    *,
    by: str,
    channel: str | None = None,
    send: Send | None = None,
) -> list[Row]:
    """Ask for tokens, ask the platform what they open, and keep them; a row per channel.

    Raises TokenError where the platform says no, or grants no tokens.
    """
    with _sending(send) as sending:
        granting = _granting(study, platform, sending)
        TokenStore.of(study.id).check()
        granted = tokens.connect(
            ask(),
            granting=granting,
            store=TokenStore.of(study.id),
            by=by,
            channel=channel,
        )
    _learn(study, granted)
    return [_row(grant) for grant in granted]


def connected(study: Study) -> list[Row]:
    """What the store's tokens open, and until when; never the tokens themselves."""
    return [_row(grant) for grant in TokenStore.of(study.id).listing()]


def revoke(study: Study, channel: str, *, send: Send | None = None) -> list[Row]:
    """Take a channel's tokens back, at the platform where it can be done and out of the store."""
    with _sending(send) as sending:
        revoked = tokens.revoke(
            channel,
            store=TokenStore.of(study.id),
            granting=lambda name: _granting(study, name, sending) if name in GRANTINGS else None,
        )
    return [{**_row(grant), "remains": revoked.remains or None} for grant in revoked.grants]


def _learn(study: Study, granted: Iterable[Grant]) -> None:
    """Enter the ids that belong to handles of the register: the platform has just said them."""
    known = read_register(study.register_folder)
    richer = known
    for grant in granted:
        if grant.handle and grant.channel:
            richer = learn_id(
                richer, platform=grant.platform, handle=grant.handle, platform_id=grant.channel
            )
    if richer != known:
        write_register(study.register_folder, richer)


def _sending(send: Send | None) -> AbstractContextManager[Send]:
    return internet() if send is None else nullcontext(send)


def _granting(study: Study, platform: str, send: Send) -> Granting:
    if platform not in GRANTINGS:
        raise TokenError(
            f"'{platform}' grants no tokens that Torg could use: there are "
            f"{', '.join(sorted(GRANTINGS))}."
        )
    quota = PLATFORMS[platform].quota if platform in PLATFORMS else None
    door = Door(send=send, clock=Clock(), agent=agent(study.follow.contact), quota=quota)
    return GRANTINGS[platform](door)


def _row(grant: Grant) -> Row:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(grant).items()
    }
