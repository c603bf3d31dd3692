"""One scan of the posts for all that can be added up: exact integers by channel and local day."""

from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import polars as pl
from ibis import Table

from torg.measure.clock import week_of
from torg.measure.counts import COUNTS
from torg.measure.views import BY_WEEK, GROUP, Span, Views

MEDIA = {
    "photo": ("photo", "album"),
    "video": ("video", "live"),
    "link": ("link",),
    "text": ("text",),
}
_WHOLE = ("platforms", "population", "kind")  # of the window, not of a week


def by_day(views: Views) -> Table:
    """Sums by channel_no, day and week; the columns are those of `_sums`."""
    return views.keep("post days", lambda: _by_day(views))


def totals(views: Views) -> Table:
    """Sums over the window for every group with an observed channel; zero where there is no post.

    Besides: access, kind (of F, "mixed" for several), platforms (with posts), population.
    """
    return views.keep("post totals", lambda: _totals(views))


def by_week(views: Views) -> Table:
    """Sums by municipality's own group and week: all weeks for whoever has an observed channel.

    Besides: days (of the week in the window), and of the window: platforms, population, kind.
    """
    return views.keep("post weeks", lambda: _by_week(views))


def added(table: Table) -> dict[str, ir.IntegerValue]:
    """The sum of every column of exact integers, as int64."""
    names = [name for name in table.columns if name.startswith("sum_")]
    return {name: table[name].sum().cast("int64") for name in names}


def _by_day(views: Views) -> Table:
    posts = views.posts
    sums = posts.group_by("channel_no", "day").aggregate(
        kind_first=posts.kind.min(),
        kind_last=posts.kind.max(),
        access_first=posts.access.min(),
        access_last=posts.access.max(),
        **dict(_sums(posts)),
    )
    return sums.mutate(week=week_of(sums.day))


def _sums(posts: Table) -> Iterator[tuple[str, ir.IntegerValue]]:
    yield "sum_posts", posts.count()
    yield "sum_at_age", posts.at_age.sum()
    for name in COUNTS:
        yield from _sums_of(name, posts)
    whole = posts.reactions + posts.comments + posts.shares
    has_f = posts.followers_x2.notnull()
    yield "sum_whole", whole.count()
    yield "sum_interactions", whole.sum()
    yield "sum_f_whole", whole.count(where=has_f)
    yield "sum_f_interactions", whole.sum(where=has_f)
    yield "sum_f_whole_x2", posts.followers_x2.sum(where=whole.notnull())
    yield "sum_typed", posts.type.count()
    for medium, types in MEDIA.items():
        yield f"sum_{medium}", posts.type.isin(types).sum()


def _sums_of(name: str, posts: Table) -> Iterator[tuple[str, ir.IntegerValue]]:
    """Posts with a known count, those with one or more, the sum; and those with F, their F."""
    count, has_f = posts[name], posts.followers_x2.notnull()
    yield f"sum_known_{name}", count.count()
    yield f"sum_some_{name}", (count >= 1).sum()
    yield f"sum_{name}", count.sum()
    yield f"sum_f_known_{name}", count.count(where=has_f)
    yield f"sum_f_{name}", count.sum(where=has_f)
    yield f"sum_f_x2_{name}", posts.followers_x2.sum(where=count.notnull())


def _totals(views: Views) -> Table:
    channels = views.groups.filter(views.groups.observed)
    days = by_day(views)
    joined = channels.left_join(days, "channel_no")
    sums = {name: value.fill_null(0) for name, value in added(joined).items()}
    # Where there are posts, their sources count; where there are none, those that saw none.
    wide = joined.group_by(GROUP).aggregate(
        **sums,
        posts_access=_one(joined.access_first.min(), joined.access_last.max()),
        other_access=_one(joined.access.min(), joined.access.max()),
        kind=_one(joined.kind_first.min(), joined.kind_last.max()),
        platforms=joined.platform.nunique(where=joined.sum_posts > 0),
        population=joined.population.max(),
        own=joined.own.max(),
    )
    named = wide.mutate(access=ibis.coalesce(wide.posts_access, wide.other_access))
    return named.drop("posts_access", "other_access")


def _by_week(views: Views) -> Table:
    own = views.groups.filter(views.groups.own).select("channel_no", *GROUP)
    joined = by_day(views).join(own, "channel_no")
    sums = joined.group_by(BY_WEEK).aggregate(**added(joined))
    wide = totals(views)
    whole = wide.filter(wide.own).select(*GROUP, *_WHOLE)
    grid = whole.cross_join(views.engine.table(_weeks(views.span)))
    wide = grid.left_join(sums, list(BY_WEEK))
    filled = {name: wide[name].fill_null(0) for name in sums.columns if name.startswith("sum_")}
    return wide.select(*BY_WEEK, "days", *_WHOLE, **filled)


def _weeks(span: Span) -> pl.DataFrame:
    rows = [(week, span.days_of(week)) for week in span.weeks]
    return pl.DataFrame(rows, {"week": pl.Int64, "days": pl.Int64}, orient="row")


def _one(first: ir.StringValue, last: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(first != last, "mixed", first)  # null where nothing is known
