"""Two registers held against each other: which channels came, went, or only changed their name."""

from dataclasses import dataclass

from torg.register.model import Channel
from torg.register.register import Register


@dataclass(frozen=True)
class Differences:
    """kept: channels in both; renamed: pairs of one page under two addresses."""

    kept: tuple[Channel, ...]
    appeared: tuple[Channel, ...]
    vanished: tuple[Channel, ...]
    renamed: tuple[tuple[Channel, Channel], ...]


def differences(before: Register, after: Register) -> Differences:
    """What happened to the channels between two registers, for instance two years' lists.

    A page is the same where its platform's id or its address is; "Twitter" and "X" are one.
    What vanished from a list may well exist still.
    """
    old, new = _by_address(before), _by_address(after)
    gone = [channel for key, channel in old.items() if key not in new]
    come = [channel for key, channel in new.items() if key not in old]
    by_id = {_id(channel): channel for channel in come if channel.platform_id}
    renamed = tuple((c, by_id[_id(c)]) for c in gone if c.platform_id and _id(c) in by_id)
    moved = {id(channel) for pair in renamed for channel in pair}
    return Differences(
        kept=tuple(channel for key, channel in new.items() if key in old),
        appeared=tuple(c for c in come if id(c) not in moved),
        vanished=tuple(c for c in gone if id(c) not in moved),
        renamed=renamed,
    )


def _by_address(register: Register) -> dict[tuple[str, ...], Channel]:
    return {
        (c.country, c.code, c.platform, c.address or c.platform_id or ""): c
        for c in register.channels
    }


def _id(channel: Channel) -> tuple[str, ...]:
    return (channel.country, channel.code, channel.platform, channel.platform_id or "")
