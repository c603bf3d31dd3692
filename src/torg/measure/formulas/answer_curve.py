"""How long comments wait, the unanswered counted for as long as they were followed.

E. L. Kaplan and P. Meier (1958), Nonparametric estimation from incomplete observations, Journal of
the American Statistical Association 53, 457-481: S(u) = product over t <= u of (1 - d_t / r_t),
with d_t answers at t seconds and r_t comments still waiting just before.

All sums are of integers, so the result is the same on any number of threads and in any order: the
logarithm of each factor is rounded to 1e-15 and the area under each step to 1e-9 seconds.
"""

import math

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.answer_tallies import KINDS, Kind, all_comments, comments_by_week
from torg.measure.formulas.answers import comments
from torg.measure.views import GROUP, Views

LOG_UNIT = 10**15
AREA_UNIT = 10**9
# S counts as having reached one half when it is within a billionth of it: S = 1/2 is a product of
# rounded logarithms, each off by at most half a unit, and a million of them stay inside.
HALF = round((math.log(0.5) + 1e-9) * LOG_UNIT)
LIMIT_S = 72 * 3600  # the restricted mean looks at the first 72 hours


def waiting(views: Views) -> Table:
    """One row for each group and Kind with an answered comment.

    Columns: group_no, kind (its number), median_s (the first second at which S <= 1/2; null where
    it never is), restricted_ns (the area under S from 0 to 72 h, in units of 1e-9 s), lower_s and
    upper_s (the two middle waits of the answered, equal when their number is odd). Without an
    answer there is no row: there S = 1 throughout.
    """
    return _summary(_survival(_at_risk(_ends(views))))


CURVE = (*GROUP, "kind")


def _summary(steps: Table) -> Table:
    reached = (steps.is_zero | (steps.log_s <= HALF)) & (steps.end <= steps.limit_s)
    return steps.group_by(CURVE).aggregate(
        median_s=steps.end.min(where=reached),
        restricted_ns=steps.area.sum().cast("int64") + _until_first(steps),
        lower_s=steps.end.min(where=steps.so_far * 2 >= steps.all_answered),
        upper_s=steps.end.min(where=steps.so_far * 2 > steps.all_answered),
    )


def _limits(views: Views) -> Table:
    """How far to look in each group, after the prefix of each Kind.

    {prefix}limit_s: no figure but the median of the answered depends on S after this second; null
    where nothing of the kind was answered.
    """
    lasts = [f"{kind.prefix}wait_last" for kind in KINDS]
    weeks = comments_by_week(views).drop(*lasts)
    placed = weeks.join(views.groups.select("channel_no", *GROUP), "channel_no")
    joined = placed.join(all_comments(views).select(*GROUP, *lasts), list(GROUP))
    limits = {f"{kind.prefix}limit_s": _limit(joined, kind) for kind in KINDS}
    return joined.group_by(GROUP).aggregate(**limits)


def _limit(weeks: Table, kind: Kind) -> ir.IntegerValue:
    """How far S matters: to the last answer, or to 72 hours where S cannot fall to one half.

    With A answers in all, and never fewer than R comments still waiting, S is at least 1 - A/R. R
    is counted by weeks: those of which every comment was followed beyond the last answer.
    """
    last = weeks[f"{kind.prefix}wait_last"]
    unanswered = weeks[f"{kind.prefix}n"] - weeks[f"{kind.prefix}answered"]
    goes_on = weeks[f"{kind.prefix}followed_first"] > last
    waiting_on = ibis.ifelse(goes_on.fill_null(False), unanswered, 0).sum()  # noqa: FBT003
    high = waiting_on > 2 * weeks[f"{kind.prefix}answered"].sum()
    limit = ibis.ifelse(high, LIMIT_S, ibis.greatest(last.max(), LIMIT_S))
    return ibis.ifelse(last.max().isnull(), None, limit).cast("int32")


def _ends(views: Views) -> Table:
    """How many waits end after each number of seconds: leaving (all) and answered."""
    groups = views.groups.select("channel_no", *GROUP).join(_limits(views), list(GROUP))
    placed = comments(views).join(views.materialise(groups), "channel_no")
    ended = ibis.union(*(_ends_of(placed, kind) for kind in KINDS))
    return ended.group_by([*CURVE, "end"]).aggregate(
        leaving=ended.count(), answered=ended.answered.sum(), limit_s=ended.limit_s.max()
    )


def _ends_of(placed: Table, kind: Kind) -> Table:
    """One row per comment of a kind.

    Whoever waits on beyond the limit is at risk at every answer before it, however long. All such
    waits are cut to the same second, which leaves little to sort of tens of millions.
    """
    seconds, followed = placed[f"{kind.clock}seconds"], placed[f"{kind.clock}followed"]
    limit = placed[f"{kind.prefix}limit_s"]
    answered = placed.filter(limit.notnull())
    chosen = answered.filter(answered.is_question) if kind.questions else answered
    return chosen.select(
        "group_no",
        kind=ibis.literal(kind.number, type="int8"),
        end=ibis.coalesce(seconds, ibis.least(followed, limit + 1)),
        answered=seconds.notnull().cast("int32"),
        limit_s=limit,
    )


def _at_risk(ends: Table) -> Table:
    """The seconds at which something was answered, with the comments still waiting just before."""
    later = ibis.cumulative_window(group_by=CURVE, order_by=ends.end.desc())
    counted = ends.mutate(at_risk=ends.leaving.sum().over(later).cast("int64"))
    return counted.filter(counted.answered > 0)


def _survival(steps: Table) -> Table:
    """Each step with the logarithm of S after it, and the area under S until the next."""
    earlier = ibis.cumulative_window(group_by=CURVE, order_by=steps.end)
    share = (steps.at_risk - steps.answered) / steps.at_risk.cast("float64")
    is_zero = steps.at_risk == steps.answered
    factor = ibis.ifelse(is_zero, 0.0, ibis.ifelse(is_zero, 1.0, share).ln() * LOG_UNIT)
    steps = steps.mutate(is_zero=is_zero, factor=factor.round().cast("int64"))
    whole = ibis.window(group_by=CURVE)
    steps = steps.mutate(
        log_s=steps.factor.sum().over(earlier).cast("int64"),
        so_far=steps.answered.sum().over(earlier).cast("int64"),
        all_answered=steps.answered.sum().over(whole).cast("int64"),
        following=steps.end.lead().over(ibis.window(group_by=CURVE, order_by=steps.end)),
    )
    return steps.mutate(area=_area(steps))


def _area(steps: Table) -> ir.IntegerValue:
    survival = ibis.ifelse(steps.is_zero, 0.0, (steps.log_s / float(LOG_UNIT)).exp())
    until = ibis.least(steps.following.fill_null(LIMIT_S), LIMIT_S)
    width = until - ibis.least(steps.end, LIMIT_S)
    return (survival * width * float(AREA_UNIT)).round().cast("int64")


def _until_first(steps: Table) -> ir.IntegerValue:
    # In doubles, where it is exact: DuckDB multiplies two small integers in 32 bits.
    return (ibis.least(steps.end.min(), LIMIT_S) * float(AREA_UNIT)).cast("int64")
