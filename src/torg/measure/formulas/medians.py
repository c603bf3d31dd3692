"""The median post: what a post usually gets, which one viral post does not move.

Exact on every engine: scans count how often each figure occurs in each channel, and the middle is
read off those small tables. (Approximate quantiles differ between engines.)
"""

import ibis
from ibis import Table

from torg.measure.counts import COUNTS
from torg.measure.formulas.engagement import UNKNOWN
from torg.measure.formulas.totals import totals
from torg.measure.shape import Entry, long
from torg.measure.views import GROUP, Formula, Views


def _rows(views: Views) -> Table:
    wide = totals(views).left_join(_medians(views), list(GROUP))
    return long(wide, [_entry(wide, count) for count in COUNTS])


def _entry(wide: Table, count: str) -> Entry:
    single = wide.platforms <= 1
    return Entry(
        measure=f"{count}_median",
        value=ibis.ifelse(single, wide[f"{count}_median"], None),
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


def _medians(views: Views) -> Table:
    """The medians of every group that has posts: group_no, and {count}_median of each count."""
    placed = _histograms(views).join(views.groups.select("channel_no", *GROUP), "channel_no")
    bars = placed.group_by([*GROUP, "count", "figure"]).aggregate(
        times=placed.times.sum().cast("int64")
    )
    middles = _middles(bars)
    columns = {
        f"{count}_median": middles.median.max(where=middles["count"] == number)
        for number, count in enumerate(COUNTS)
    }
    return middles.group_by(GROUP).aggregate(**columns)


def _middles(bars: Table) -> Table:
    """The median of each count's bars (group_no, count, figure, times), exactly."""
    keys = [*GROUP, "count"]
    whole = ibis.window(group_by=keys)
    up_to = ibis.window(group_by=keys, order_by="figure", preceding=None, following=0)
    heaped = bars.mutate(reached=bars.times.sum().over(up_to), n=bars.times.sum().over(whole))
    # Counted from nought, the middle two of n are (n - 1) // 2 and n // 2: of an odd n, the same.
    lower = heaped.figure.min(where=heaped.reached > (heaped.n - 1) // 2)
    upper = heaped.figure.min(where=heaped.reached > heaped.n // 2)
    return heaped.group_by(keys).aggregate(median=(lower + upper) / 2)


def _histograms(views: Views) -> Table:
    """How many posts of each channel have each figure: channel_no, count, figure, times."""
    return ibis.union(*(_histogram(views.posts, number) for number, _ in enumerate(COUNTS)))


def _histogram(posts: Table, number: int) -> Table:
    """The figures of one count; its number is its place in COUNTS."""
    known = posts.filter(posts[COUNTS[number]].notnull())
    bars = known.group_by("channel_no", figure=known[COUNTS[number]]).aggregate(times=known.count())
    return bars.select("channel_no", "figure", "times", count=ibis.literal(number, type="int8"))


FORMULA = Formula(
    family="medians",
    measures=tuple(f"{count}_median" for count in COUNTS),
    rows=_rows,
)
