"""Whose a file is that does not say it: the channel that the user names, as the register has it."""

from torg.collect.known import Key, KnownChannels
from torg.errors import FileRefused, RegisterError
from torg.register import normalise_address

_SHOWN = 10  # channels of a refusal


def registered(said: Key, *, known: KnownChannels) -> Key:
    """Platform and id of a channel that is said by its id, "@handle", handle or address.

    "@handle" in place of the id where the register does not know that. Raises `FileRefused` with
    what the register has on the platform where it has no such channel.
    """
    for platform, name in _spellings(*said):
        if known.has(platform, name):
            return platform, known.channel_id(platform, name) or name
    raise FileRefused(_what_there_is(*said, known))


def _spellings(platform: str, said: str) -> list[Key]:
    """How records may name the channel, the likeliest first."""
    plain = [(platform, said), (platform, f"@{said.removeprefix('@').casefold()}")]
    try:
        where = normalise_address(said, platform=platform)
    except RegisterError:
        return plain
    ids = [(where.platform, where.platform_id)] if where.platform_id else []
    handles = [(where.platform, f"@{where.handle.lower()}")] if where.handle else []
    return [*plain, (where.platform, said), *ids, *handles]


def _what_there_is(platform: str, said: str, known: KnownChannels) -> str:
    claim = f"enter it first with 'torg register claim {platform} {said} MUNICIPALITY-CODE'"
    names = _names(platform, known)
    if not names:
        return f"the register has no channel '{said}' on {platform}, and no other there: {claim}"
    more = ", ..." if len(names) > _SHOWN else ""
    return (
        f"the register has no channel '{said}' on {platform}; it has {', '.join(names[:_SHOWN])}"
        f"{more}: give one of these with --channel, or {claim}"
    )


def _names(platform: str, known: KnownChannels) -> list[str]:
    """The platform's channels, each by its handle, its id, or both: "@fjordvik (771234)"."""
    ids = {f"@{handle}": own for (where, handle), own in known.ids.items() if where == platform}
    keys = sorted(name for where, name in known.tongues if where == platform)
    return [
        f"{name} ({ids[name]})" if name in ids else name
        for name in keys
        if name not in ids.values()
    ]
