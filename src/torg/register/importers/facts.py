"""What one file tells the register, before it is joined with what else is known."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.register.model import Change, Channel, Municipality


@dataclass(frozen=True)
class Division:
    """Which codes a country's municipalities had on each of some days.

    seen: code -> the days on which a source lists it. is_weak: told by a series of figures, which
    may lack units, and not by a list of the municipalities.
    """

    country: str
    seen: Mapping[str, frozenset[dt.date]]
    is_weak: bool = False

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that the source tells of, ascending."""
        return tuple(sorted(frozenset().union(*self.seen.values())))


@dataclass(frozen=True)
class Figure:
    """A population of a municipality known by its code, or only by its name.

    own_id: the file's own id of the unit, which tells apart two of one name.
    """

    country: str
    date: dt.date
    people: int
    code: str | None = None
    name: str | None = None
    own_id: str = ""


@dataclass(frozen=True)
class Descent:
    """Where a code of an earlier day ended up: `shares` of it lie in the codes of `arrived`."""

    country: str
    code: str
    ended: dt.date  # the first day without the code
    shares: Mapping[str, float]
    arrived: dt.date  # the first day on which all codes in `shares` exist


@dataclass(frozen=True)
class Listed:
    """A municipality as a list without official codes names it, perhaps with an account."""

    country: str
    id: str  # the list's own id
    name: str
    detail: str  # the list's description: names the county where the name alone is ambiguous
    day: dt.date | None = None  # of which the list tells
    account: tuple[str, str] | None = None  # platform and address
    evidence: str | None = None


@dataclass(frozen=True)
class Facts:
    """All that one file tells; `left_out` are sentences on rows that were not taken."""

    read: int
    units: tuple[Municipality, ...] = ()
    division: Division | None = None
    figures: tuple[Figure, ...] = ()
    descents: tuple[Descent, ...] = ()
    channels: tuple[Channel, ...] = ()
    changes: tuple[Change, ...] = ()
    listed: tuple[Listed, ...] = ()
    left_out: tuple[str, ...] = field(default=())
