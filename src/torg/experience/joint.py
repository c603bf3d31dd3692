"""The joint curve of a campaign: its participants' posts per week beside others of their sizes.

The others' mean is standardised directly: in each week, each participant that was observed is held
against the mean of the non-participants of its size class, and these are averaged. So the two
curves have the same mixture of sizes, and nothing else in common.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from statistics import fmean

from torg.experience.change import WEEK, Weeks, monday_of

AROUND = 8  # weeks that are shown before a campaign begins and after it ends


@dataclass(frozen=True, kw_only=True)
class JointWeek:
    """One week: mean per municipality of `n` participants, and of `n_others` others; null: none."""

    week: dt.date
    mean: float | None
    n: int
    others: float | None
    n_others: int
    is_within: bool  # the campaign


def joint_curve(
    weeks: Mapping[str, Weeks],
    *,
    sizes: Mapping[str, str | None],
    participants: Set[str],
    begins: dt.date,
    ends: dt.date,
) -> tuple[JointWeek, ...]:
    """The curve from AROUND weeks before to AROUND weeks after the campaign, as far as is known.

    `weeks` holds each municipality's values; one whose size is not known is left out of both.
    """
    last_known = max((week for each in weeks.values() for week in each), default=None)
    if last_known is None:
        return ()
    known = {place: each for place, each in weeks.items() if sizes.get(place)}
    start, stop = monday_of(begins) - AROUND * WEEK, monday_of(ends) + AROUND * WEEK
    mondays = [start + WEEK * number for number in range((stop - start).days // 7 + 1)]
    return tuple(
        _week(monday, known, sizes, participants, is_within=_within(monday, begins, ends))
        for monday in mondays
        if monday <= last_known
    )  # fmt: skip


def _week(
    monday: dt.date,
    weeks: Mapping[str, Weeks],
    sizes: Mapping[str, str | None],
    participants: Set[str],
    *,
    is_within: bool,
) -> JointWeek:
    ours: dict[str, list[float]] = defaultdict(list)  # by size class
    theirs: dict[str, list[float]] = defaultdict(list)
    for place, each in weeks.items():
        value = each.get(monday)
        if value is not None:
            (ours if place in participants else theirs)[str(sizes[place])].append(value)
    values = [value for size in sorted(ours) for value in ours[size]]
    held = [fmean(theirs[size]) for size in sorted(ours) for _ in ours[size] if theirs.get(size)]
    return JointWeek(
        week=monday,
        mean=_mean(values),
        n=len(values),
        others=_mean(held),
        n_others=sum(len(theirs[size]) for size in sorted(ours) if size in theirs),
        is_within=is_within,
    )


def _within(monday: dt.date, begins: dt.date, ends: dt.date) -> bool:
    return begins < monday + WEEK and monday <= ends


def _mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None
