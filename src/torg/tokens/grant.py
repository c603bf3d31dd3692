"""What was granted, to what, until when: all that may be shown of a token."""

import datetime as dt
from dataclasses import dataclass

from torg.tokens.secret import Secret


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A token without its value.

    `channel` is the platform's id of the channel that the token is for, None where it serves the
    whole study. `ends_on` is the last day on which it works, None where the platform names none.
    `by` is the role of who granted it ("head of communication"), never a person's name.
    """

    platform: str
    channel: str | None
    title: str  # what the platform calls the channel
    handle: str | None = None  # without the @
    may: tuple[str, ...]  # the permissions, in the platform's own words
    granted_on: dt.date
    ends_on: dt.date | None
    by: str

    @property
    def key(self) -> tuple[str, str]:
        """What it is kept under: one token for each channel on a platform."""
        return self.platform, self.channel or ""

    def is_for(self, channel: str) -> bool:
        """Whether it is for that channel: an id or an "@handle"."""
        if channel.startswith("@"):
            return self.handle is not None and channel[1:].casefold() == self.handle.casefold()
        return channel == self.channel


@dataclass(frozen=True)
class Held:
    """A grant with the secret itself.

    `root` is the token that the platform made this one from; only with it can the grant be taken
    back at the platform.
    """

    grant: Grant
    secret: Secret
    root: Secret | None = None
