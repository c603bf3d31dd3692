"""Comments, answers and the owner's replies, counted once per channel and week."""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.answers import comments
from torg.measure.views import CHANNEL, Keys, Views

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
OF_A_KIND = ("n", "answered", "followed_24", "answered_24", "followed_72", "answered_72")


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

    return views.keep("replies_by_week", CHANNEL, count)


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
        sums = {"of_known_kind": _count(items.is_question.notnull())}
        for kind in KINDS:
            sums |= _sums(items, kind)
        return items.group_by("channel_no", "week").aggregate(**sums)

    return views.keep("comments_by_week", CHANNEL, count)


def total(views: Views, by_week: Table, keys: Keys) -> Table:
    """A table by channel and week added up for `keys`; _first and _last keep their ends."""
    named = by_week.join(views.channels.select("channel_no", *CHANNEL), "channel_no")
    sums = {
        name: _whole(named[name]) for name in by_week.columns if name not in ("channel_no", "week")
    }
    return named.group_by(keys).aggregate(**sums)


def all_replies(views: Views, keys: Keys) -> Table:
    """`replies_by_week` added up for `keys`."""
    return views.keep("all_replies", keys, lambda: total(views, replies_by_week(views), keys))


def all_comments(views: Views, keys: Keys) -> Table:
    """`comments_by_week` added up for `keys`."""
    return views.keep("all_comments", keys, lambda: total(views, comments_by_week(views), keys))


def _whole(column: ir.Value) -> ir.Value:
    name = column.get_name()
    if name.endswith("_first"):
        return column.min()
    return column.max() if name.endswith("_last") else column.sum().cast("int64")


def _sums(items: Table, kind: Kind) -> dict[str, ir.IntegerValue]:
    seconds, followed = items[f"{kind.clock}seconds"], items[f"{kind.clock}followed"]
    chosen = items.is_question if kind.questions else followed.notnull()
    answered = chosen & seconds.notnull()
    sums = {
        "n": _count(chosen),
        "answered": _count(answered),
        "wait_last": seconds.max(where=answered),
        "followed_first": followed.min(where=chosen),
    }
    for hours in HOURS:
        old_enough = chosen & (followed >= hours * 3600)
        sums[f"followed_{hours}"] = _count(old_enough)
        sums[f"answered_{hours}"] = _count(old_enough & (seconds <= hours * 3600))
    waits = ibis.least(seconds.fill_null(CAP_S), CAP_S).cast("int64")
    sums["capped_72"] = _count(chosen & (followed >= CAP_S), times=waits)
    return {f"{kind.prefix}{name}": value for name, value in sums.items()}


def _count(condition: ir.BooleanValue, *, times: ir.IntegerValue | int = 1) -> ir.IntegerValue:
    """How many rows hold (null does not), or the sum of `times` over them."""
    return ibis.ifelse(condition.fill_null(False), times, 0).sum().cast("int64")  # noqa: FBT003
