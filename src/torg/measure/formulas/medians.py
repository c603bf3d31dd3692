"""The median post: what a post usually gets, which one viral post does not move.

Exact on every engine: a scan counts how often each figure occurs in each channel, and the middle is
read off that small table. (Approximate quantiles differ between engines.)
"""

import ibis
from ibis import Table

from torg.measure.counts import COUNTS
from torg.measure.formulas.engagement import UNKNOWN
from torg.measure.formulas.totals import totals
from torg.measure.shape import Entry, long
from torg.measure.views import CHANNEL, Formula, Keys, Views


def _rows(views: Views, keys: Keys) -> Table:
    return ibis.union(*(_median_rows(views, keys, count) for count in COUNTS))


def _median_rows(views: Views, keys: Keys, count: str) -> Table:
    wide = totals(views, keys).left_join(_medians(views, keys, count), list(keys))
    single = wide.platforms <= 1
    entry = Entry(
        measure=f"{count}_median",
        value=ibis.ifelse(single, wide.median, None),
        n=wide[f"sum_known_{count}"],
        base=f"posts with known {count}",
        missing=ibis.cases(
            (wide.sum_posts == 0, "no_posts"),
            (~single, "several_platforms"),
            else_=UNKNOWN[count],
        ),
        access=wide.access,
        at_age_share=wide.sum_at_age / wide.sum_posts.nullif(0),
    )
    return long(wide, keys, [entry])


def _medians(views: Views, keys: Keys, count: str) -> Table:
    """The median of a count for every key that has one: *keys, median."""
    groups = views.keep("median groups", keys, lambda: _groups(views, keys))
    numbered = _histogram(views, count).join(groups.select("channel_no", "group_no"), "channel_no")
    bars = numbered.group_by("group_no", "figure").aggregate(
        times=numbered.times.sum().cast("int64")
    )
    middles = _middles(bars)
    return middles.join(groups, middles.group_no == groups.channel_no).select(*keys, "median")


def _middles(bars: Table) -> Table:
    """The median of each group of bars (group_no, figure, times), exactly."""
    whole = ibis.window(group_by="group_no")
    up_to = ibis.window(group_by="group_no", order_by="figure", preceding=None, following=0)
    heaped = bars.mutate(reached=bars.times.sum().over(up_to), n=bars.times.sum().over(whole))
    # Counted from nought, the middle two of n are (n - 1) // 2 and n // 2: of an odd n, the same.
    lower = heaped.figure.min(where=heaped.reached > (heaped.n - 1) // 2)
    upper = heaped.figure.min(where=heaped.reached > heaped.n // 2)
    return heaped.group_by("group_no").aggregate(median=(lower + upper) / 2)


def _groups(views: Views, keys: Keys) -> Table:
    """Each channel with the lowest number of its key: numbers group faster than names."""
    channels = views.channels
    lowest = channels.channel_no.min().over(ibis.window(group_by=keys))
    return channels.select("channel_no", *keys, group_no=lowest)


def _histogram(views: Views, count: str) -> Table:
    """How many posts of each channel have each figure: channel_no, figure, times."""
    return views.keep(f"histogram of {count}", CHANNEL, lambda: _counted(views, count))


def _counted(views: Views, count: str) -> Table:
    known = views.posts.filter(views.posts[count].notnull())
    return known.group_by("channel_no", figure=known[count]).aggregate(times=known.count())


FORMULA = Formula(
    family="medians",
    measures=tuple(f"{count}_median" for count in COUNTS),
    rows=_rows,
)
