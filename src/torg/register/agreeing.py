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
    where another agreement holds on one of its days.
    """
    meant = _channel(register, platform, channel)
    new = Agreement(
        platform=platform, channel=meant.known_as, agreed_on=on, ends_on=ends_on, evidence=evidence
    )
    held = next((a for a in _agreements(register, meant) if a.meets(new)), None)
    if held:
        raise RegisterError(
            f"{new.platform} {new.channel}: an agreement of {held.agreed_on} "
            f"{'is in force' if held.is_in_force(on) else 'begins within this one'}; withdraw it "
            "first if another takes its place."
        )
    return replace(register, agreements=(*register.agreements, new))


def withdraw(register: Register, *, platform: str, channel: str, on: dt.date) -> Register:
    """The register in which no agreement of the owner holds from `on`, nor begins after it.

    Raises RegisterError where there is none to end.
    """
    meant = _channel(register, platform, channel)
    held = _agreements(register, meant)
    ended = [a.withdrawn(on) if a in held else a for a in register.agreements]
    if ended == list(register.agreements):
        raise RegisterError(
            f"{meant.platform} {meant.known_as}: no agreement is in force on {on} or later, so "
            "there is none to withdraw; agreements.csv lists them."
        )
    return replace(register, agreements=tuple(ended))


def _agreements(register: Register, channel: Channel) -> list[Agreement]:
    """All agreements of a channel, under its id or from when only its handle was known."""
    on_platform = (a for a in register.agreements if a.platform == channel.platform)
    return [a for a in on_platform if a.channel in {*channel.names, channel.known_as}]


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
