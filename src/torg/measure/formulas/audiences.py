"""Who follows: a stock at the window's end, and its growth over the window.

A stock at one moment has no sampling error, so these have no interval. Audiences of two platforms
are not added up, and neither are followers and likes, nor known numbers and unknown ones.
"""

import ibis
from ibis import Table

from torg.measure.posts import bounds, one_access
from torg.measure.shape import Entry, long
from torg.measure.views import GROUP, Formula, Views

PER = 1000
LEAST_SHARE = 2  # readings must span at least the window's days divided by this


def _rows(views: Views) -> Table:
    wide = views.keep("audience", lambda: _stocks(views))
    known = (wide.platforms == 1) & (wide.unknown == 0) & (wide.kinds == 1)
    grown = known & (wide.grown == wide.channels)
    growth = ibis.ifelse(grown, wide.gained, None)
    followers = ibis.ifelse(known, wide.followers, None)
    several = ibis.cases(
        (wide.platforms > 1, "several_platforms"),
        (wide.unknown > 0, "some_followers_unknown"),
        else_="several_kinds",
    )
    parted = ibis.ifelse(known, "too_short", several)
    figures = (
        ("followers", followers, several),
        (
            "followers_per_1000",
            followers * PER / wide.population.nullif(0),
            ibis.ifelse(known, "no_population", several),
        ),
        ("follower_growth", growth, parted),
        (
            "follower_growth_rate",
            growth / wide.at_start.nullif(0),
            ibis.ifelse(grown, "zero_followers", parted),
        ),
    )
    entries = [
        Entry(
            measure=measure,
            value=value,
            n=wide.readings,
            base=ibis.literal("readings of ").concat(wide.kind.cases(*WORDS.items(), else_="")),
            missing=missing,
            access=wide.access,
        )
        for measure, value, missing in figures
    ]
    return long(wide, entries)


WORDS = {
    "at_posting": "followers, printed with posts",
    "followers": "followers",
    "likes": "likes of the page",
}


def _stocks(views: Views) -> Table:
    """Sums over the channels that were observed: last, gained, and how many readings and channels.

    `unknown` is how many have no reading; where that is all of them there is no row.
    """
    span = views.span
    ends = views.keep("audience ends", lambda: bounds(views.audience, span=span))
    channels = views.groups.filter(views.groups.observed).drop("access")
    joined = channels.left_join(ends, "channel_no")
    long_enough = (joined.last_s - joined.first_s) * LEAST_SHARE >= span.stop_s - span.start_s
    wide = joined.group_by(GROUP).aggregate(
        followers=joined["last"].sum().cast("int64"),
        gained=(joined["last"] - joined["first"]).sum().cast("int64"),
        at_start=joined["first"].sum().cast("int64"),
        readings=joined.readings.sum().cast("int64"),
        grown=long_enough.sum(),
        channels=joined.count(),
        unknown=joined.kind.isnull().sum(),
        platforms=joined.platform.nunique(),
        kinds=joined.kind.nunique(),
        kind=joined.kind.min(),
        access=one_access(joined),
        population=joined.population.max(),
    )
    return wide.filter(wide.kinds > 0)


FORMULA = Formula(
    family="audiences",
    measures=("followers", "followers_per_1000", "follower_growth", "follower_growth_rate"),
    rows=_rows,
    absent="no_followers",
)
