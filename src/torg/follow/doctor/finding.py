"""What the doctor finds: one thing, whether a person is needed for it, and what to do."""

import datetime as dt
import shlex
from dataclasses import dataclass
from pathlib import Path


def number(count: int, thing: str) -> str:
    """So many things: "1 post", "1,200 posts"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def moment_of(moment: dt.datetime) -> str:
    """A moment as it stands in a sentence."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def command(folder: Path, said: str) -> str:
    """What to type about the study in a folder, wherever whoever reads it happens to be."""
    return f"torg -C {shlex.quote(str(folder))} {said}"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was found.

    `channel` is the channel's page, or its id where it has none; None: the platform as a whole.
    `platform` is None for what concerns the machine. `remedy` is what to do, with the command to
    type; "" where there is nothing to do.
    """

    needs_person: bool
    kind: str
    platform: str | None
    channel: str | None
    message: str
    remedy: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same finding tomorrow."""
        return self.kind, self.platform or "", self.channel or ""


def of_machine(kind: str, message: str, remedy: str, *, needs_person: bool = True) -> Finding:
    """What concerns the machine or the study as a whole."""
    return Finding(
        needs_person=needs_person,
        kind=kind,
        platform=None,
        channel=None,
        message=message,
        remedy=remedy,
    )
