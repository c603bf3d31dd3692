"""What only the user can know about a file."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from torg.errors import FileRefused
from torg.register import normalise_address

DecimalSign = Literal["point", "comma"]
DateOrder = Literal["month-first", "day-first"]

_CHANNEL = re.compile(r"(?P<platform>[A-Za-z]+):(?P<channel>\S+)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ANCHOR = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)=(?P<followers>\d{1,10})")


@dataclass(frozen=True, order=True)
class Anchor:
    """How many followers a channel had at the end of a day, as somebody read it there."""

    day: dt.date
    followers: int


@dataclass(frozen=True)
class ImportOptions:
    """The user's answers; each is None until a file asks for it.

    `exported_at` must carry an offset: an instant without one is not an instant.
    """

    format: str | None = None  # a key of FORMATS, instead of recognising the file by its content
    timezone: str | None = None  # IANA name, for times that the file gives without a zone
    zone_is_sure: bool = False  # keep the zone although posts cluster at night under it
    home: str | None = None  # IANA name: where the channels are, to see whether `timezone` can be
    exported_at: dt.datetime | None = None
    aliases: Path | None = None  # TOML: further header names, see docs/reference/formats.md
    learnt: Path | None = None  # the same, as the study remembers it; need not exist
    decimal: DecimalSign | None = None  # "comma": 1.234 is one thousand two hundred thirty-four
    dates: DateOrder | None = None  # for dates such as 03/04/2024
    channel: tuple[str, str] | None = None  # platform and id, of a file that names no channel
    anchors: tuple[Anchor, ...] = ()  # readings that a series of new followers is tied to

    def __post_init__(self) -> None:
        if self.exported_at is not None and self.exported_at.tzinfo is None:
            raise ValueError("exported_at needs an offset, such as 2024-05-13T12:00:00+02:00")
        anchors = tuple(sorted(self.anchors))
        if len({anchor.day for anchor in anchors}) < len(anchors):
            raise FileRefused("two readings of followers are of one day: give one for each day")
        object.__setattr__(self, "anchors", anchors)


def channel_of(text: str) -> tuple[str, str]:
    """Platform and name of a channel written as `facebook:77`, or as the address of its page.

    The name may be the platform's id, "@handle", a handle or an address, after the platform.
    """
    said = text.strip()
    if _ADDRESS.match(said):
        return normalise_address(said).platform, said
    found = _CHANNEL.fullmatch(said)
    if found is None:
        raise FileRefused(
            f"'{text}' is no channel: write platform and id as facebook:1234567890, or the address "
            "of the page"
        )
    return found["platform"].lower(), found["channel"]


def anchor_of(text: str) -> Anchor:
    """A reading written as `2025-08-31=5321`: the day, and the followers at its end."""
    found = _ANCHOR.fullmatch(text.strip())
    try:
        if found:
            return Anchor(dt.date.fromisoformat(found["day"]), int(found["followers"]))
    except ValueError:
        pass
    raise FileRefused(
        f"'{text}' is no reading of followers: write day and number as 2025-08-31=5321"
    )
