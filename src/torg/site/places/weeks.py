"""A municipality's posts, week by week: what is drawn, and what the table under it says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torg.report import Place, Results

_ROOM = 300  # units of the drawing across
_HIGH = 74
_FLOOR = 80


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week: what was posted and what came of it; null where nobody saw it."""

    monday: dt.date
    is_whole: bool  # all of its days are in the window
    posts: int | None
    missing: str | None  # why there is no number of posts
    comments: int | None
    owner_replies: int | None
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        """Where its bar begins, from above."""
        return round(_FLOOR - self.height, 1)


@dataclass(frozen=True)
class Weeks:
    """The weeks of one municipality in their order."""

    weeks: tuple[Week, ...]

    @property
    def most(self) -> int:
        """The most posts of a week."""
        return max((week.posts or 0 for week in self.weeks), default=0)

    @property
    def posts(self) -> int:
        """All posts of the weeks that were seen."""
        return sum(week.posts or 0 for week in self.weeks)

    @property
    def seen(self) -> int:
        """The weeks that were seen."""
        return sum(week.posts is not None for week in self.weeks)

    @property
    def silent(self) -> int:
        """The weeks that were seen and had no post."""
        return sum(week.posts == 0 for week in self.weeks)


def weeks_of(results: Results, place: Place) -> Weeks:
    """The weeks of a municipality; none where the release has none of it."""
    rows = results.weeks.filter(country=place.country, municipality=place.code).sort("week")
    told = rows.to_dicts()
    most = max((row["posts"] or 0 for row in told), default=0) or 1
    step = _ROOM / max(1, len(told))
    return Weeks(tuple(_week(row, at, step, most) for at, row in enumerate(told)))


def _week(row: Mapping[str, Any], at: int, step: float, most: int) -> Week:
    return Week(
        monday=row["week"],
        is_whole=row["days"] == 7,
        posts=row["posts"],
        missing=row["posts_missing"],
        comments=row["comments"],
        owner_replies=row["owner_replies"],
        x=round(at * step + step * 0.1, 1),
        width=round(step * 0.8, 1),
        height=round((row["posts"] or 0) * _HIGH / most, 1),
    )
