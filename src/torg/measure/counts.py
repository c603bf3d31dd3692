"""Which reading of a post's counts is taken: the one at seven days of age, else the latest.

Counts grow for days, so posts read at different ages cannot be compared (methods: snapshot age).
A reading counts as "at seven days" when it was made six to nine days after publication; of several
the nearest to seven days is taken, and of two equally near the later. Where the moment of reading
is only a lower bound, the age is not known, and the reading is never "at seven days".
"""

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.clock import DAY

AGE_S = 7 * DAY
YOUNGEST_S = 6 * DAY
OLDEST_S = 9 * DAY
_FAR = 2**40  # seconds: any reading near seven days comes before any that is not

COUNTS = ("reactions", "comments", "shares")


def with_counts(posts: Table, snapshots: Table) -> Table:
    """Add reactions, comments, shares, at_age and access to posts.

    Posts (channel_no, post_key, published_s, access, ...) without a reading keep null counts,
    at_age false, and the access of their own source.
    """
    readings = snapshots.select("post_key", "read_s", "is_bound", *COUNTS, read_by="access")
    joined = posts.left_join(readings, "post_key")
    age_s = joined.read_s - joined.published_s
    near = ibis.coalesce(
        age_s.between(YOUNGEST_S, OLDEST_S) & ~joined.is_bound, ibis.literal(value=False)
    )
    ordered = joined.mutate(at_age=near, order=_order(age_s, near))
    window = ibis.window(
        group_by=["channel_no", "post_key"],
        order_by=["order", *(ibis.desc(ordered[name].fill_null(-1)) for name in COUNTS)],
    )
    first = ordered.mutate(position=ibis.row_number().over(window))
    chosen = first.filter(first.position == 0)
    return chosen.mutate(access=ibis.coalesce(chosen.read_by, chosen.access)).select(
        *posts.columns, *COUNTS, "at_age"
    )


def _order(age_s: ir.IntegerValue, near: ir.BooleanValue) -> ir.IntegerValue:
    """Lowest first: near seven days by distance, the later of equals; then the oldest."""
    distance = (age_s - AGE_S).abs() * 2 + (age_s < AGE_S).cast("int64")
    return ibis.ifelse(near, distance, _FAR - age_s)
