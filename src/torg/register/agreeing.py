"""Agreeing and withdrawing: the owner's word entered into the register, and taken back."""

import datetime as dt
from dataclasses import replace

from torg.errors import RegisterError
from torg.register.addresses import normalise_address
from torg.register.agreements import Agreement
from torg.register.model import Channel
from torg.register.platforms import platform_called
from torg.register.register import Register


def agree(
    register: Register,
    *,
    platform: str,
    channel: str,
    on: dt.date,
    evidence: str,
    ends_on: dt.date | None = None,
) -> Register:
    """The register in which the owner of a channel agreed on a day.

    `channel` is the platform's id, "@handle" or the page's address; `evidence` says where the
    agreement is written down. Raises RegisterError where no such channel is in the register, or
    where an agreement is in force already.
    """
    name = _channel(register, platform, channel).known_as
    new = Agreement(
        platform=platform, channel=name, agreed_on=on, ends_on=ends_on, evidence=evidence
    )
    held = _in_force(register, new.platform, name, on)
    if held:
        raise RegisterError(
            f"{new.platform} {name}: an agreement of {held.agreed_on} is in force; withdraw it "
            "first if another takes its place."
        )
    return replace(register, agreements=(*register.agreements, new))


def withdraw(register: Register, *, platform: str, channel: str, on: dt.date) -> Register:
    """The register in which the owner's agreement no longer holds, from `on`.

    Raises RegisterError where none is in force on that day.
    """
    name = _channel(register, platform, channel).known_as
    held = _in_force(register, platform_called(platform), name, on)
    if held is None:
        raise RegisterError(
            f"{platform_called(platform)} {name}: no agreement is in force on {on}, so there is "
            "none to withdraw; agreements.csv lists them."
        )
    others = tuple(a for a in register.agreements if a is not held)
    return replace(register, agreements=(*others, replace(held, ends_on=on)))


def _in_force(register: Register, platform: str, name: str, day: dt.date) -> Agreement | None:
    held = (a for a in register.agreements if (a.platform, a.channel) == (platform, name))
    return next((a for a in held if a.is_in_force(day)), None)


def _channel(register: Register, platform: str, said: str) -> Channel:
    """The channel that is meant: by id, by handle, or by address in any spelling."""
    name = platform_called(platform)
    on_platform = [c for c in register.channels if c.platform == name]
    found = [c for c in on_platform if said in (*c.names, c.address)]
    found = found or _spelled(on_platform, name, said)
    if not found:
        raise RegisterError(
            f"{name} {said}: the register has no such channel; 'torg register show' lists them, "
            "and 'torg register claim' enters one."
        )
    return found[0]


def _spelled(channels: list[Channel], platform: str, said: str) -> list[Channel]:
    try:
        where = normalise_address(said, platform=platform)
    except RegisterError:
        return []
    return [c for c in channels if where.address and c.address == where.address]
