"""Learning: what following a channel tells of it goes into the register."""

from dataclasses import replace

from torg.register.model import Channel
from torg.register.platforms import platform_called
from torg.register.register import Register


def learn_id(register: Register, *, platform: str, handle: str, platform_id: str) -> Register:
    """The register in which the channels with a handle have the platform's id beside it.

    Only blanks are filled: where a handle has an id already and now answers with another, the name
    may have passed to somebody else, and that is for a person to look at. With nothing to learn
    the register itself is given back.
    """
    wanted = handle.removeprefix("@").casefold()
    channels = tuple(
        replace(c, platform_id=platform_id)
        if _lacks_id(c, platform_called(platform), wanted)
        else c
        for c in register.channels
    )
    return register if channels == register.channels else replace(register, channels=channels)


def _lacks_id(channel: Channel, platform: str, handle: str) -> bool:
    return channel.platform == platform and channel.platform_id is None and channel.handle == handle
