"""Comments, answers and the owner's replies, counted once per channel and week."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.answers import comments
from torg.measure.views import BY_WEEK, GROUP, Keys, Views

HOURS = (24, 72)
CAP_S = 72 * 3600


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Which comments a measure looks at, and by which clock: the answer family's parameters."""

    questions: bool = False
    office: bool = False

    @property
    def number(self) -> int:
        """What stands for it in tables."""
        return KINDS.index(self)

    @property
    def prefix(self) -> str:
        """What stands before the measure's name: "", "question_", "office_", "question_office_"."""
        return f"{'question_' if self.questions else ''}{self.clock}"

    @property
    def clock(self) -> str:
        """What stands before the columns of `comments`."""
        return "office_" if self.office else ""


KINDS = tuple(
    Kind(questions=questions, office=office)
    for questions in (False, True)
    for office in (False, True)
)
CLOCKS = ("", "office_")
OF_A_KIND = ("n", "answered", "followed_24", "answered_24", "followed_72", "answered_72")
COUNTED = (*OF_A_KIND, "capped_72", "wait_last", "followed_first")


def replies_by_week(views: Views) -> Table:
    """One row per channel and week in which replies were collected, inside the window or not.

    Columns: channel_no, week; within the window: of_citizens (their comments on the top level),
    of_owner, of_unknown (owner or citizen: unknown); rule_first, rule_last (the question rules of
    the comments), access_first, access_last (the access tiers of the replies).
    """

    def count() -> Table:
        replies = views.replies
        inside, is_owner = replies.in_window, replies.is_owner
        on_top = inside & replies.parent_key.isnull() & (~is_owner)
        return replies.group_by("channel_no", "week").aggregate(
            of_citizens=_count(on_top),
            of_owner=_count(inside & is_owner),
            of_unknown=_count(inside & is_owner.isnull()),
            rule_first=replies.question_rule.min(where=on_top),
            rule_last=replies.question_rule.max(where=on_top),
            access_first=replies.access.min(),
            access_last=replies.access.max(),
        )

    return views.keep("replies_by_week", count)


def comments_by_week(views: Views) -> Table:
    """One row per channel and week with citizens' comments on the top level.

    Columns: channel_no, week, of_known_kind (known to ask or not to ask), and after the prefix of
    each Kind: n, answered, wait_last (the longest wait of an answered one in seconds, null without
    one), followed_first (the shortest following), for 24 and 72 hours followed_24 (followed at
    least so long) and answered_24 (of these answered within), and capped_72 (of those followed 72
    hours the sum of the waits in seconds, none counted beyond 72 hours).
    """

    def count() -> Table:
        items = comments(views)
        sums = {name: value for clock in CLOCKS for name, value in _sums(items, clock).items()}
        parts = items.group_by("channel_no", "week", "is_question").aggregate(**sums)
        known = {"of_known_kind": _count(parts.is_question.notnull(), times=parts.n)}
        folded = {name: value for kind in KINDS for name, value in _folded(parts, kind).items()}
        return parts.group_by("channel_no", "week").aggregate(**known, **folded)

    return views.keep("comments_by_week", count)


def total(by_week: Table, groups: Table, *, by: Keys = GROUP) -> Table:
    """A table by channel and week added up for `groups`; _first and _last keep their ends."""
    named = by_week.join(groups.select("channel_no", *GROUP), "channel_no")
    sums = {
        name: _whole(named[name]) for name in by_week.columns if name not in ("channel_no", "week")
    }
    return named.group_by(by).aggregate(**sums)


def all_replies(views: Views) -> Table:
    """`replies_by_week` added up for each group."""
    return views.keep("all_replies", lambda: total(replies_by_week(views), views.groups))


def all_comments(views: Views) -> Table:
    """`comments_by_week` added up for each group."""
    return views.keep("all_comments", lambda: total(comments_by_week(views), views.groups))


def of_weeks(by_week: Table, views: Views) -> Table:
    """A table by channel and week added up for municipalities as a whole, week by week."""
    return total(by_week, views.groups.filter(views.groups.own), by=BY_WEEK)


def _whole(column: ir.Value) -> ir.Value:
    name = column.get_name()
    if name.endswith("_first"):
        return column.min()
    return column.max() if name.endswith("_last") else column.sum().cast("int64")


def _sums(items: Table, clock: str) -> dict[str, ir.IntegerValue]:
    """What is counted by one clock, each name after the clock's."""
    seconds, followed = items[f"{clock}seconds"], items[f"{clock}followed"]
    sums = {
        "n": items.count(),
        "answered": _count(seconds.notnull()),
        "wait_last": seconds.max(),
        "followed_first": followed.min(),
    }
    for hours in HOURS:
        old_enough = followed >= hours * 3600
        sums[f"followed_{hours}"] = _count(old_enough)
        sums[f"answered_{hours}"] = _count(old_enough & (seconds <= hours * 3600))
    waits = ibis.least(seconds.fill_null(CAP_S), CAP_S).cast("int64")
    sums["capped_72"] = _count(followed >= CAP_S, times=waits)
    return {f"{clock}{name}": value for name, value in sums.items()}


def _folded(parts: Table, kind: Kind) -> dict[str, ir.IntegerValue]:
    """The sums of a kind out of those of questions, of other comments, and of the unknown."""
    where = parts.is_question if kind.questions else None
    return {
        f"{kind.prefix}{name}": _EXTREMES.get(name, _added)(parts[f"{kind.clock}{name}"], where)
        for name in COUNTED
    }


def _added(column: ir.IntegerValue, where: ir.BooleanValue | None) -> ir.IntegerValue:
    return column.sum(where=where).fill_null(0).cast("int64")


_EXTREMES = {
    "wait_last": lambda column, where: column.max(where=where),
    "followed_first": lambda column, where: column.min(where=where),
}


def _count(condition: ir.BooleanValue, *, times: ir.IntegerValue | int = 1) -> ir.IntegerValue:
    """How many rows hold (null does not), or the sum of `times` over them."""
    return ibis.ifelse(condition.fill_null(False), times, 0).sum().cast("int64")  # noqa: FBT003
