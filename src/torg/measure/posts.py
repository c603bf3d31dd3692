"""The views of posts and of audiences: eligible, in the window, with counts and denominators."""

import ibis
from ibis import Table

from torg.measure.clock import Transitions, local_day, local_seconds, week_of
from torg.measure.counts import COUNTS, with_counts
from torg.measure.fixes import Fixes
from torg.measure.records import Records
from torg.measure.views import Span

AT_POSTING = "at_posting"


def audience_readings(records: Records, periods: Table, *, span: Span) -> Table:
    """Readings up to the window's end, of one kind per channel: followers where there are any.

    Columns: channel_no, read_s, followers, kind, access.
    """
    readings = during(records.audience, periods, at="read_s")
    readings = readings.filter(readings.read_s < span.stop_s)
    # "followers" also comes before "likes" in the alphabet.
    kinds = readings.group_by("channel_no").aggregate(kind=readings.kind.min())
    return readings.semi_join(kinds, ["channel_no", "kind"])


def bounds(readings: Table, *, span: Span) -> Table:
    """Per channel the readings that bound the window: first and last, with their instants.

    First is the last reading before the window, else the earliest in it.
    """
    before = readings.read_s < span.start_s
    first = ibis.ifelse(before, _EARLY - readings.read_s, readings.read_s)
    ranked = readings.mutate(
        from_start=ibis.row_number().over(
            group_by="channel_no", order_by=[~before, first, ibis.desc(readings.followers)]
        ),
        from_end=ibis.row_number().over(
            group_by="channel_no",
            order_by=[ibis.desc(readings.read_s), ibis.desc(readings.followers)],
        ),
    )
    is_first, is_last = ranked.from_start == 0, ranked.from_end == 0
    return ranked.group_by("channel_no").aggregate(
        first=ranked.followers.max(where=is_first),
        first_s=ranked.read_s.max(where=is_first),
        last=ranked.followers.max(where=is_last),
        last_s=ranked.read_s.max(where=is_last),
        kind=ranked.kind.min(),
        access=one_access(ranked),
        readings=ranked.read_s.nunique(),
    )


_EARLY = 2**40
_PACK = 2**31  # no channel has two thousand million followers, no window 68 years


def post_rows(
    records: Records,
    periods: Table,
    readings: Table,
    *,
    fixes: Fixes,
    span: Span,
    offsets: Transitions,
) -> Table:
    """The view of posts, but for the names of their channels."""
    counted = fixes.before(records.posts)
    within = counted.filter(counted.published_s >= span.start_s, counted.published_s < span.stop_s)
    placed = during(within, periods, at="published_s")
    read = fixes.after(with_counts(placed, records.snapshots))
    local = read.mutate(local_s=local_seconds(read.published_s, offsets))
    dated = local.mutate(day=local_day(local.local_s))
    whole = dated.mutate(week=week_of(dated.day))
    return _with_denominator(whole, bounds(readings, span=span))


def printed_readings(posts: Table, *, span: Span) -> Table:
    """The followers printed with each day's last post: columns as `views.audience`, without names.

    Instant and figure are packed into one integer, whose maximum is exact and cheap on any engine.
    """
    known = posts.filter(posts.followers.notnull())
    packed = (known.published_s - span.start_s) * _PACK + known.followers
    last = known.group_by("channel_no", "day").aggregate(
        packed=packed.max(), access=one_access(known)
    )
    return last.select(
        "channel_no",
        "day",
        "access",
        read_s=(last.packed // _PACK + span.start_s).cast("int64"),
        followers=(last.packed % _PACK).cast("int64"),
        kind=ibis.literal(AT_POSTING),
    ).select("channel_no", "read_s", "day", "followers", "kind", "access")


def during(rows: Table, periods: Table, *, at: str) -> Table:
    """The rows of eligible channels while they were eligible, with channel_no for their names."""
    joined = rows.join(periods, ["platform", "channel"])
    inside = joined.filter(joined[at] >= joined.from_s, joined[at] < joined.to_s)
    return inside.drop("platform", "channel", "from_s", "to_s")


def one_access(table: Table) -> ibis.expr.types.StringValue:
    """The access tier of the rows together: their own, or "mixed"."""
    first, last = table.access.min(), table.access.max()
    return ibis.ifelse(first != last, "mixed", first)  # null where nothing is known


def _with_denominator(posts: Table, ends: Table) -> Table:
    means = ends.select("channel_no", mean_x2=ends.first + ends.last, mean_kind="kind")
    joined = posts.left_join(means, "channel_no")
    known = joined.followers.notnull()
    return joined.select(
        "channel_no",
        "post_key",
        "published_s",
        "local_s",
        "day",
        "week",
        "type",
        "followers",
        *COUNTS,
        "at_age",
        "access",
        followers_x2=ibis.ifelse(known, joined.followers * 2, joined.mean_x2).cast("int64"),
        kind=ibis.ifelse(known, AT_POSTING, joined.mean_kind),
    )
