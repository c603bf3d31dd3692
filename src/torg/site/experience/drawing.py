"""Where the lines of this room's two drawings go; the templates draw them."""

from collections.abc import Sequence
from dataclasses import dataclass

from torg.experience import Change, JointWeek, PeersChange

WIDTH, HEIGHT = 480, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 14, 30


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A change with its interval and the peers' quartiles, on one scale with zero in the middle."""

    low: float
    at: float
    high: float
    peers: tuple[float, float, float] | None  # first quartile, median, third


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Two lines over weeks: pieces of points, ticks of both axes, and where the campaign lies."""

    ours: tuple[str, ...]
    others: tuple[str, ...]
    heights: tuple[tuple[float, float], ...]  # where, value
    days: tuple[tuple[float, JointWeek], ...]
    within: tuple[float, float] | None


def strip_of(change: Change, peers: PeersChange) -> Strip | None:
    """The drawing of a change; None without a figure. Places are from 0 to 200."""
    if change.change is None or change.low is None or change.high is None:
        return None
    quartiles = (peers.first, peers.median, peers.third)
    known = [value for value in quartiles if value is not None]
    most = max(abs(value) for value in (change.low, change.high, *known)) or 1.0

    def at(value: float) -> float:
        return round(100 + 94 * value / most, 1)

    return Strip(
        low=at(change.low), at=at(change.change), high=at(change.high),
        peers=(at(known[0]), at(known[1]), at(known[2])) if len(known) == 3 else None,
    )  # fmt: skip


def curve_of(weeks: Sequence[JointWeek]) -> Curve | None:
    """The drawing of a joint curve; None where no week of the participants is known."""
    if not any(week.mean is not None for week in weeks):
        return None
    weeks = _from_first(weeks)
    values = [value for week in weeks for value in (week.mean, week.others) if value is not None]
    most = max(1.0, *values)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(weeks) - 1)

    def across(number: int) -> float:
        return round(_LEFT + step * number, 1)

    def down(value: float) -> float:
        return round(_TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - value / most), 1)

    def line(of: Sequence[float | None]) -> tuple[str, ...]:
        pieces: list[list[str]] = [[]]
        for number, value in enumerate(of):
            if value is None:
                pieces.append([])
            else:
                pieces[-1].append(f"{across(number)},{down(value)}")
        return tuple(" ".join(piece) for piece in pieces if piece)

    inside = [number for number, week in enumerate(weeks) if week.is_within]
    named = sorted({0, len(weeks) // 2, len(weeks) - 1})  # more would not stand beside each other
    return Curve(
        ours=line([week.mean for week in weeks]),
        others=line([week.others for week in weeks]),
        heights=tuple((down(most * part), most * part) for part in (0, 0.5, 1)),
        days=tuple((across(number), weeks[number]) for number in named),
        within=(across(inside[0]), across(inside[-1])) if inside else None,
    )


def _from_first(weeks: Sequence[JointWeek]) -> Sequence[JointWeek]:
    """Without the weeks before the first of which anything is known."""
    known = [number for number, week in enumerate(weeks) if week.n or week.n_others]
    return weeks[known[0] :]
