"""What a measure was per week before and after, with an interval; and how it changed for peers.

Two spans of whole weeks are compared, those before a trial began and those after it ended. The
interval is Welch's (1947) for two means whose variances differ, Biometrika 34, 28-35. Weeks hang
together, so each span counts as n (1 - r) / (1 + r) independent weeks (Zwiers & von Storch 1995,
Journal of Climate 8, 336-351), where r is the correlation of neighbouring weeks around their own
means, set right for that centring (Kendall 1954, Biometrika 41, 403-404: it is too low by about
(1 + 4 r) / n), and taken as not below zero. A change in time is not an effect: what else happened
in those weeks is in it too.
"""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median, variance

from torg.locale import message

MOST_WEEKS = 12  # of a span
LEAST_WEEKS = 6  # with fewer, an interval would say more of the formula than of the weeks
LEAST_PEERS = 5
_STRONGEST = 0.8  # a correlation beyond it cannot be told from a trend in so few weeks

WEEK = dt.timedelta(weeks=1)

REASONS: Mapping[str, str] = {
    "not_observed": message("It was not observed in this municipality."),
    "too_few_before": message("Too few weeks were observed before it began."),
    "too_few_after": message("Too few weeks were observed after it."),
    "not_over": message("Too few weeks have passed since."),
    "few_citizens": message(
        "In some of the weeks so few wrote that their number is not shown: a mean of the other "
        "weeks alone would be too high."
    ),
}

Weeks = Mapping[dt.date, float | None]  # Monday of each week that passed -> value; null: unseen


@dataclass(frozen=True, kw_only=True)
class Span:
    """The mean per week of one side, over the `n` weeks observed of the `of` looked at."""

    first: dt.date  # a Monday: of the first week observed, or looked at where none was
    last: dt.date  # a Sunday: of the last one
    mean: float | None
    n: int
    of: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """After minus before, per week. Without a figure, `missing` is a code of REASONS."""

    before: Span
    after: Span
    change: float | None = None
    low: float | None = None
    high: float | None = None
    correlation: float = 0.0  # of neighbouring weeks
    missing: str | None = None


@dataclass(frozen=True, kw_only=True)
class PeersChange:
    """The same change of `n` peers: its quartiles; null with fewer than LEAST_PEERS."""

    n: int
    first: float | None = None
    median: float | None = None
    third: float | None = None


def monday_of(day: dt.date) -> dt.date:
    """The first day of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def weeks_before(begins: dt.date, *, most: int = MOST_WEEKS) -> tuple[dt.date, ...]:
    """The Mondays of the whole weeks before a day, oldest first."""
    start = monday_of(begins)
    return tuple(start - WEEK * number for number in range(most, 0, -1))


def weeks_after(day: dt.date, *, most: int = MOST_WEEKS) -> tuple[dt.date, ...]:
    """The Mondays of the whole weeks after a day, oldest first."""
    start = monday_of(day)
    return tuple(start + WEEK * number for number in range(1, most + 1))


def change_of(
    weeks: Weeks,
    *,
    begins: dt.date,
    ends: dt.date | None,
    hidden: Set[dt.date] = frozenset(),
    most: int = MOST_WEEKS,
    confidence: float = 0.95,
) -> Change:
    """How the mean per week changed around a trial; what still goes on is compared from its start.

    The weeks in which it began, ended and ran are in neither span. `hidden` are weeks whose value
    is known and too small to be shown: with one of them in a span there is no figure.
    """
    sides = (weeks_before(begins, most=most), weeks_after(ends or begins, most=most))
    values = [_observed(weeks, mondays) for mondays in sides]
    before, after = (_span(*side) for side in zip(sides, values, strict=True))
    is_hidden = any(monday in hidden for mondays in sides for monday in mondays)
    has_passed = sum(monday in weeks for monday in sides[1]) >= LEAST_WEEKS
    missing = "few_citizens" if is_hidden else _missing(weeks, before, after, has_passed=has_passed)
    if missing:
        return Change(before=before, after=after, missing=missing)
    apart = (after.mean or 0.0) - (before.mean or 0.0)
    correlation = _correlation(values)
    half = _half_width([list(side.values()) for side in values], correlation, confidence)
    return Change(
        before=before, after=after, change=apart, low=apart - half, high=apart + half,
        correlation=correlation,
    )  # fmt: skip


def change_of_peers(changes: Iterable[Change]) -> PeersChange:
    """The quartiles of the changes that could be told."""
    told = sorted(each.change for each in changes if each.change is not None)
    if len(told) < LEAST_PEERS:
        return PeersChange(n=len(told))
    return PeersChange(
        n=len(told), first=_quantile(told, 0.25), median=median(told), third=_quantile(told, 0.75)
    )


def _observed(weeks: Weeks, mondays: Sequence[dt.date]) -> dict[dt.date, float]:
    found = {monday: weeks.get(monday) for monday in mondays}
    return {monday: value for monday, value in found.items() if value is not None}


def _span(mondays: Sequence[dt.date], observed: Mapping[dt.date, float]) -> Span:
    seen = sorted(observed) or mondays
    return Span(
        first=seen[0],
        last=seen[-1] + dt.timedelta(days=6),
        mean=fmean(observed.values()) if observed else None,
        n=len(observed),
        of=len(mondays),
    )


def _missing(weeks: Weeks, before: Span, after: Span, *, has_passed: bool) -> str | None:
    if all(value is None for value in weeks.values()):
        return "not_observed"
    if before.n < LEAST_WEEKS:
        return "too_few_before"
    if after.n < LEAST_WEEKS:
        return "too_few_after" if has_passed else "not_over"
    return None


def _correlation(sides: Sequence[Mapping[dt.date, float]]) -> float:
    """Of neighbouring weeks around the mean of their own side, pooled over both."""
    products = squares = 0.0
    for side in sides:
        mean = fmean(side.values())
        squares += sum((value - mean) ** 2 for value in side.values())
        products += sum(
            (side[one] - mean) * (side[next_] - mean)
            for one, next_ in pairwise(sorted(side))
            if next_ - one == WEEK
        )
    if not squares:
        return 0.0
    found = products / squares
    length = fmean(len(side) for side in sides)
    return min(_STRONGEST, max(0.0, found + (1 + 4 * found) / length))


def _half_width(sides: Sequence[Sequence[float]], correlation: float, confidence: float) -> float:
    """Welch's, with as many weeks as they are worth."""
    from scipy.stats import t  # type: ignore[attr-defined]

    worth = [max(2.0, len(side) * (1 - correlation) / (1 + correlation)) for side in sides]
    errors = [variance(side) / n for side, n in zip(sides, worth, strict=True)]
    if not sum(errors):
        return 0.0
    freedom = sum(errors) ** 2 / sum(
        error**2 / (n - 1) for error, n in zip(errors, worth, strict=True)
    )
    return float(t.ppf((1 + confidence) / 2, freedom)) * math.sqrt(sum(errors))


def _quantile(told: Sequence[float], share: float) -> float:
    """Between the two nearest, as everywhere in Torg."""
    at = (len(told) - 1) * share
    low = int(at)
    high = min(low + 1, len(told) - 1)
    return told[low] + (told[high] - told[low]) * (at - low)
