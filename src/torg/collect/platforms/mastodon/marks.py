"""Where reading an account's posts has come to, and what of it is still to be read."""

import datetime as dt
import json
from dataclasses import dataclass, replace

from torg.collect.platforms.mastodon.records import instant

MOST = 20  # gaps that a mark remembers


@dataclass(frozen=True)
class Gap:
    """Posts that are still to be read: older than `below`, not older than `floor`."""

    below: str | None  # a status by its number on the server; None: from the newest on
    floor: dt.datetime | None  # None: to the oldest


@dataclass(frozen=True)
class Mark:
    """`account` by its number on its server; `seen` is when the newest post read was published.

    Pages come newest first. A visit that breaks off leaves the rest as gaps, and the next one goes
    on with them, so that a long history is read once however often reading is interrupted.
    """

    account: str
    seen: dt.datetime | None = None
    gaps: tuple[Gap, ...] = ()

    def beginning(self, floor: dt.datetime | None) -> "Mark":
        """The mark of a visit that begins with the newest posts, down to `floor`.

        Of more than MOST gaps the oldest are read as one: some posts twice, and none left out.
        """
        gaps = (Gap(None, floor), *self.gaps)
        if len(gaps) > MOST:
            gaps = (*gaps[: MOST - 1], Gap(gaps[MOST - 1].below, gaps[-1].floor))
        return replace(self, gaps=gaps)

    def __str__(self) -> str:
        """As the archive keeps it."""
        gaps = [[gap.below, _text(gap.floor)] for gap in self.gaps]
        said = {"account": self.account, "seen": _text(self.seen), "gaps": gaps}
        return json.dumps(said, sort_keys=True)

    @classmethod
    def read(cls, text: str | None) -> "Mark | None":
        """The mark that a visit left; None where there is none, or of another make."""
        try:
            said = json.loads(text or "")
            gaps = tuple(Gap(below, instant(floor)) for below, floor in said["gaps"])
            return cls(str(said["account"]), instant(said["seen"]), gaps)
        except (ValueError, KeyError, TypeError):
            return None


def _text(moment: dt.datetime | None) -> str | None:
    return moment.isoformat() if moment else None
