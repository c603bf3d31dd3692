"""How much is posted, how steadily, and what: counts of posts, weeks and types.

Counts over the window need no interval: the pages are a census. Rates by week have one.
"""

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.totals import MEDIA, by_day, by_week, totals
from torg.measure.shape import Entry, Fraction, long, long_weekly
from torg.measure.views import GROUP, Formula, Views

DAYS_OF_WEEK = 7
SHARES = (*MEDIA, "other")


def _activity_rows(views: Views) -> Table:
    days, counted = views.span.days, totals(views)
    steady = counted.left_join(_steadiness(views), list(GROUP))
    wide = steady.select(
        *GROUP,
        "access",
        posts="sum_posts",
        weeks=steady.weeks.fill_null(0),
        silence=steady.silence.fill_null(days),
    )
    per_week = (wide.posts * DAYS_OF_WEEK).cast("float64") / float(days)
    entries = [
        Entry(measure=measure, value=value, n=n, base=base, access=wide.access)
        for measure, value, n, base in (
            ("posts", wide.posts, wide.posts, "posts"),
            ("posts_per_week", per_week, wide.posts, "posts"),
            (
                "active_weeks",
                wide.weeks,
                ibis.literal(len(views.span.weeks)),
                "weeks of the window",
            ),
            ("longest_silence_days", wide.silence, ibis.literal(days), "days of the window"),
        )
    ]
    return long(wide, entries)


def _steadiness(views: Views) -> Table:
    """Weeks with a post, and the longest run of days without one from the window's first day on."""
    first, last = views.span.first_day, views.span.last_day
    joined = by_day(views).join(views.groups.select("channel_no", *GROUP), "channel_no")
    days = joined.select(*GROUP, "day", "week").distinct()
    before = days.day.lag().over(ibis.window(group_by=GROUP, order_by="day")).fill_null(first - 1)
    gaps = days.mutate(gap=days.day - before - 1)
    return gaps.group_by(GROUP).aggregate(
        weeks=gaps.week.nunique(), silence=ibis.greatest(gaps.gap.max(), last - gaps.day.max())
    )


def _activity_weekly(views: Views) -> Table:
    wide = by_week(views)
    return long_weekly(wide, [("posts_per_week", wide.sum_posts, wide.days / DAYS_OF_WEEK)])


def _media_rows(views: Views) -> Table:
    wide = totals(views)
    reason = ibis.ifelse(wide.sum_posts == 0, "no_posts", "no_types")
    entries = [
        Entry(
            measure=f"media_share_{medium}",
            value=_typed(wide, medium) / wide.sum_typed.nullif(0),
            n=wide.sum_typed,
            base="posts of a known type",
            missing=reason,
            access=wide.access,
        )
        for medium in SHARES
    ]
    return long(wide, entries)


def _media_weekly(views: Views) -> Table:
    wide = by_week(views)
    fractions: list[Fraction] = [
        (f"media_share_{medium}", _typed(wide, medium), wide.sum_typed) for medium in SHARES
    ]
    return long_weekly(wide, fractions)


def _typed(wide: Table, medium: str) -> ir.IntegerValue:
    if medium != "other":
        return wide[f"sum_{medium}"]
    rest = wide.sum_typed
    for named in MEDIA:
        rest = rest - wide[f"sum_{named}"]
    return rest


ACTIVITY = Formula(
    family="activity",
    measures=("posts", "posts_per_week", "active_weeks", "longest_silence_days"),
    rows=_activity_rows,
    weekly=_activity_weekly,
)
MEDIA_SHARES = Formula(
    family="media",
    measures=tuple(f"media_share_{medium}" for medium in SHARES),
    rows=_media_rows,
    weekly=_media_weekly,
)
