"""Local days and weeks by pure integer arithmetic, the same on every engine.

Engines differ in how they shift an instant to a zone, and some ask the machine which zone it is in.
Here the zone's transitions are constants of the expression, and the rest is division.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from torg.errors import MeasureError
from torg.measure.views import Span

DAY = 86_400
_STEP = 7 * DAY  # no zone of ours has moved its clock twice in a week
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True)
class Transitions:
    """A zone's offsets from UTC: the first, then (the second from which it holds, offset)."""

    first: int
    changes: tuple[tuple[int, int], ...]


def transitions(zone: ZoneInfo, *, start_s: int, stop_s: int) -> Transitions:
    """The offsets that hold between two instants, in seconds since 1970-01-01T00:00Z."""
    return Transitions(_offset(zone, start_s), tuple(_changes(zone, start_s, stop_s)))


def local_seconds(seconds: ir.IntegerValue, offsets: Transitions) -> ir.IntegerValue:
    """What the wall clock shows, as seconds since 1970-01-01T00:00 of the same clock."""
    if not offsets.changes:
        return (seconds + offsets.first).cast("int64")
    starts = [start for start, _ in offsets.changes]
    held = [offsets.first, *(offset for _, offset in offsets.changes)]
    branches = [(seconds < start, held[index]) for index, start in enumerate(starts)]
    return (seconds + ibis.cases(*branches, else_=held[-1])).cast("int64")


def local_day(local_s: ir.IntegerValue) -> ir.IntegerValue:
    """Days since 1970-01-01 of the wall clock."""
    return (local_s // DAY).cast("int64")


def week_of(day: ir.IntegerValue) -> ir.IntegerValue:
    """Monday-based weeks: week 0 began on Monday 1969-12-29."""
    return ((day + 3) // 7).cast("int64")


def epoch_day(day: dt.date) -> int:
    """Days since 1970-01-01."""
    return (day - _EPOCH).days


def midnight_s(day: dt.date, zone: ZoneInfo) -> int:
    """The instant at which `day` begins in `zone`, in seconds since 1970-01-01T00:00Z."""
    return int(dt.datetime.combine(day, dt.time(), zone).timestamp())


def span_of(start: dt.date, end: dt.date, zone: ZoneInfo) -> Span:
    """The window from `start` to `end`, both included; MeasureError where it ends too early."""
    if end < start:
        raise MeasureError(
            f"The window ends on {end}, before it begins on {start}: swap the dates."
        )
    first, last = epoch_day(start), epoch_day(end)
    return Span(
        first_day=first,
        last_day=last,
        start_s=midnight_s(start, zone),
        stop_s=midnight_s(end + dt.timedelta(days=1), zone),
        weeks=tuple(range((first + 3) // 7, (last + 3) // 7 + 1)),
    )


def _changes(zone: ZoneInfo, start_s: int, stop_s: int) -> Iterator[tuple[int, int]]:
    for left in range(start_s, stop_s, _STEP):
        right = min(left + _STEP, stop_s)
        if _offset(zone, left) != _offset(zone, right):
            change = _bisect(zone, left, right)
            yield change, _offset(zone, change)


def _bisect(zone: ZoneInfo, left: int, right: int) -> int:
    before = _offset(zone, left)
    while right - left > 1:
        middle = (left + right) // 2
        left, right = (middle, right) if _offset(zone, middle) == before else (left, middle)
    return right


def _offset(zone: ZoneInfo, seconds: int) -> int:
    offset = dt.datetime.fromtimestamp(seconds, zone).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0
