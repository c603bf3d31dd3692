"""Dialogue: what citizens write, what the owner replies, and how soon.

The methods with their sources: docs/explanation/dialogue.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.answer_bases import (
    access,
    base_of,
    rule_texts,
    why_missing,
    why_no_figure,
)
from torg.measure.formulas.answer_curve import AREA_UNIT, LIMIT_S, waiting
from torg.measure.formulas.answer_tallies import (
    HOURS,
    KINDS,
    OF_A_KIND,
    Kind,
    all_comments,
    all_replies,
    comments_by_week,
    of_weeks,
    replies_by_week,
)
from torg.measure.formulas.totals import by_day
from torg.measure.shape import Entry, Fraction, long, long_weekly
from torg.measure.views import BY_WEEK, GROUP, Formula, Keys, Views

HOUR = 3600  # seconds
LIMIT_H = LIMIT_S // HOUR
ABSENT = "no_replies_collected"


# What was written: citizens' comments, the owner's replies, and their share of its own words.


def _written_rows(views: Views) -> Table:
    wide = _written(views)
    is_sure = wide.of_unknown == 0
    spoken = wide.posts + wide.of_owner
    figures = (
        (
            "comments_received",
            wide.of_citizens,
            wide.of_citizens,
            "citizens' comments on the top level",
        ),
        ("owner_replies", wide.of_owner, wide.of_owner, "replies by the owner"),
        ("two_way_ratio", _ratio(wide.of_owner, spoken), spoken, "posts and replies by the owner"),
    )
    entries = [
        Entry(
            measure=measure,
            value=ibis.ifelse(is_sure, value, None),
            n=n,
            base=base,
            missing=ibis.ifelse(is_sure, "no_posts_or_replies", "owner_unknown"),
            access=access(wide),
        )
        for measure, value, n, base in figures
    ]
    return long(wide, entries)


def _written_weekly(views: Views) -> Table:
    """Replies and posts are put below one another: a week may have either without the other."""
    own = views.groups.filter(views.groups.own)
    replies, posts = of_weeks(replies_by_week(views), views), _posts(views, own, by=BY_WEEK)
    parts = ibis.union(
        replies.select(*BY_WEEK, replied=replies.of_owner, spoken=replies.of_owner),
        posts.select(*BY_WEEK, replied=ibis.literal(0, type="int64"), spoken=posts.posts),
    )
    wide = parts.group_by(BY_WEEK).aggregate(
        replied=parts.replied.sum().cast("int64"), spoken=parts.spoken.sum().cast("int64")
    )
    return long_weekly(wide, [("two_way_ratio", wide.replied, wide.spoken)])


def _written(views: Views) -> Table:
    """Replies and, of the channels whose replies were collected, posts."""
    both = _beside(all_replies(views), _posts(views, views.groups, by=GROUP), GROUP)
    return both.mutate(posts=both.posts.fill_null(0))


def _posts(views: Views, groups: Table, *, by: Keys) -> Table:
    """Posts of the channels whose replies were collected."""
    collected = by_day(views).semi_join(replies_by_week(views), "channel_no")
    posts = collected.join(groups.select("channel_no", *GROUP), "channel_no")
    return posts.group_by(by).aggregate(posts=posts.sum_posts.sum().cast("int64"))


# Who wrote: the only figure that needs to tell one citizen from another.


def _writers_rows(views: Views) -> Table:
    wide = _beside(all_replies(views), _writers(views), GROUP)
    entry = Entry(
        measure="commenters",
        value=wide.writers,
        n=wide.signed.fill_null(0),
        base="citizens' comments with a known author, withheld names left out",
        missing=ibis.cases(
            (wide.of_unknown > 0, "owner_unknown"),
            (wide.of_citizens == 0, "no_comments"),
            else_="no_author_key",
        ),
        access=access(wide),
    )
    return long(wide, [entry])


def _writers(views: Views) -> Table:
    replies, citizens = views.replies, views.citizens
    written = replies.filter(replies.in_window, ~replies.is_owner)
    signed = written.join(citizens.filter(citizens.author_key.notnull()), "reply_key")
    writers = signed.group_by("channel_no", "author_key").aggregate(signed=signed.count())
    placed = writers.join(views.groups.select("channel_no", *GROUP), "channel_no")
    return placed.group_by(GROUP).aggregate(
        writers=placed.author_key.nunique(), signed=placed.signed.sum().cast("int64")
    )


# Whether and how soon the owner answers: one family, for all comments or questions, on two clocks.


def _answer_rows(views: Views) -> Table:
    wide = views.materialise(_answers(views))
    entries = [_answer_entry(wide, figure) for figure in _answer_figures(wide)]
    rows = long(wide, entries, keys=(*GROUP, "prefix"))
    named = rows.mutate(measure=rows.prefix.concat(rows.measure)).drop("prefix")
    return named.filter(named.measure.isin(_ANSWERS))


def _answer_entry(wide: Table, figure: "_Figure") -> Entry:
    why = why_missing(wide, support=figure.support, otherwise=figure.otherwise)
    return Entry(
        measure=figure.name,
        value=ibis.ifelse(why.isnull(), figure.value, None),
        n=figure.n,
        base=wide.base,
        missing=why.fill_null("never_reached"),
        access=access(wide),
    )


@dataclass(frozen=True, kw_only=True)
class _Figure:
    """A figure of one kind: what it rests on, and the reason where that is nothing."""

    name: str
    value: ir.NumericValue
    n: ir.IntegerValue
    support: ir.IntegerValue
    otherwise: str


def _answer_figures(wide: Table) -> Iterator[_Figure]:
    yield _share("answered", wide.answered, wide.n)
    for hours in HOURS:
        yield _share(f"answered_{hours}h", wide[f"answered_{hours}"], wide[f"followed_{hours}"])
    yield _Figure(
        name="answer_hours_answered_median",
        value=(wide.lower_s + wide.upper_s) / 2.0 / HOUR,
        n=wide.answered,
        support=ibis.ifelse(wide.answered > 0, wide.n, 0),
        otherwise="nothing_answered",
    )
    yield _Figure(
        name="answer_hours_median",
        value=wide.median_s / float(HOUR),
        n=wide.n,
        support=wide.n,
        otherwise="no_comments",
    )
    yield _Figure(
        name="answer_hours_rmst72",
        value=(wide.restricted_ns / float(AREA_UNIT) / HOUR).fill_null(float(LIMIT_H)),
        n=wide.n,
        support=wide.followed_72,
        otherwise="too_young",
    )


def _share(name: str, part: ir.IntegerValue, whole: ir.IntegerValue) -> _Figure:
    return _Figure(
        name=name, value=_ratio(part, whole), n=whole, support=whole, otherwise="too_young"
    )


def _answer_weekly(views: Views) -> Table:
    wide = of_weeks(comments_by_week(views), views)
    return long_weekly(wide, [part for kind in KINDS for part in _answer_fractions(wide, kind)])


def _answer_fractions(wide: Table, kind: Kind) -> Iterator[Fraction]:
    def of(name: str) -> ir.IntegerValue:
        return wide[f"{kind.prefix}{name}"]

    if not kind.office:
        yield f"{kind.prefix}answered", of("answered"), of("n")
    for hours in HOURS:
        yield f"{kind.prefix}answered_{hours}h", of(f"answered_{hours}"), of(f"followed_{hours}")
    yield f"{kind.prefix}answer_hours_rmst72", of("capped_72"), of("followed_72") * HOUR


def _answers(views: Views) -> Table:
    """All that the figures need: a row for each group with replies, and each Kind."""
    both = _beside(all_replies(views), all_comments(views), GROUP)
    kinds = ibis.union(*(_of_kind(both, kind) for kind in KINDS))
    kinds = kinds.mutate(
        why=why_no_figure(kinds), base=base_of(kinds, rule_texts(replies_by_week(views)))
    )
    return _beside(kinds, waiting(views), (*GROUP, "kind"))


def _of_kind(both: Table, kind: Kind) -> Table:
    replies = (
        "of_citizens",
        "of_unknown",
        "rule_first",
        "rule_last",
        "access_first",
        "access_last",
    )
    return both.select(
        *GROUP,
        *replies,
        kind=ibis.literal(kind.number, type="int8"),
        prefix=ibis.literal(kind.prefix),
        is_of_questions=ibis.literal(kind.questions),
        of_known_kind=both.of_known_kind.fill_null(0),
        **{name: both[f"{kind.prefix}{name}"].fill_null(0) for name in OF_A_KIND},
    )


def _beside(left: Table, right: Table, keys: Keys) -> Table:
    """Every row of `left` with what `right` has for the same keys."""
    joined = left.left_join(right, list(keys))
    added = [name for name in right.columns if name not in keys]
    return joined.select(*(left[name] for name in left.columns), *(right[name] for name in added))


def _ratio(part: ir.IntegerValue, whole: ir.IntegerValue) -> ir.FloatingValue:
    return part / whole.nullif(0).cast("float64")


_COUNTS = ("comments_received", "owner_replies", "two_way_ratio")
_ANSWERS = tuple(
    f"{kind.prefix}{name}"
    for kind in KINDS
    for name in (
        *(() if kind.office else ("answered",)),
        *(f"answered_{hours}h" for hours in HOURS),
        "answer_hours_answered_median",
        "answer_hours_median",
        "answer_hours_rmst72",
    )
)

FORMULAS: tuple[Formula, ...] = (
    Formula(
        family="written",
        measures=_COUNTS,
        rows=_written_rows,
        weekly=_written_weekly,
        absent=ABSENT,
    ),
    Formula(family="dialogue", measures=("commenters",), rows=_writers_rows, absent=ABSENT),
    Formula(
        family="answers", measures=_ANSWERS, rows=_answer_rows, weekly=_answer_weekly, absent=ABSENT
    ),
)
