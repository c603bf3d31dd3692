"""Popularity, commitment and virality (Bonson and Ratkai, 2013), and engagement per inhabitant.

F is twice-counted throughout (`followers_x2`), so that the mean of two readings stays an integer.
Reactions of two platforms are never added up: a municipality's own row uses the one platform on
which it posted in the window, and is missing where there are several.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.formulas.totals import by_week, totals
from torg.measure.shape import Entry, Fraction, long, long_weekly
from torg.measure.views import Formula, Views

PER = 1000
MONTH_DAYS = 30.4375  # a twelfth of 365.25
LETTERS = {"p": "reactions", "c": "comments", "v": "shares"}
UNKNOWN = {"reactions": "no_reactions", "comments": "no_comments_count", "shares": "no_shares"}


KIND_WORDS = {
    "at_posting": "followers at posting",
    "followers": "followers (mean of start and end)",
    "likes": "likes of the page (mean of start and end)",
    "mixed": "followers of several kinds",
}


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """A measure as numerator over denominator on a table of sums, with the reason if unknown."""

    measure: str
    numerator: ir.NumericValue
    denominator: ir.NumericValue
    n: ir.IntegerValue
    base: ir.StringValue
    unknown: ir.StringValue


def _rows(views: Views) -> Table:
    wide, days = totals(views), views.span.days
    return long(wide, [_entry(wide, ratio) for ratio in _ratios(wide, ibis.literal(days))])


def _weekly(views: Views) -> Table:
    table = by_week(views)
    wide = table.filter(table.platforms == 1)
    fractions: list[Fraction] = [
        (ratio.measure, ratio.numerator, ratio.denominator) for ratio in _ratios(wide, wide.days)
    ]
    return long_weekly(wide, fractions)


def _entry(wide: Table, ratio: Ratio) -> Entry:
    single = wide.platforms <= 1
    value = ratio.numerator / ratio.denominator.nullif(0)
    reason = ibis.cases(
        (wide.sum_posts == 0, "no_posts"), (~single, "several_platforms"), else_=ratio.unknown
    )
    return Entry(
        measure=ratio.measure,
        value=ibis.ifelse(single & (ratio.n > 0), value, None),
        n=ratio.n,
        base=ratio.base,
        missing=reason,
        access=wide.access,
        at_age_share=wide.sum_at_age / wide.sum_posts.nullif(0),
    )


def _ratios(wide: Table, days: ir.IntegerValue) -> Iterator[Ratio]:
    for letter, count in LETTERS.items():
        yield from _of_count(wide, letter, count)
    yield Ratio(
        measure="e",
        numerator=wide.sum_f_interactions,
        denominator=_followers(wide.sum_f_whole_x2),
        n=wide.sum_f_whole,
        base=_per_followers(wide),
        unknown=ibis.ifelse(wide.sum_whole == 0, "no_counts", "no_followers"),
    )
    yield Ratio(
        measure="engagement_per_1000",
        numerator=wide.sum_interactions,
        denominator=(wide.population * days).cast("float64") / (PER * MONTH_DAYS),
        n=wide.sum_whole,
        base=ibis.literal("posts with all counts, per 1,000 inhabitants and month"),
        unknown=ibis.ifelse(wide.sum_whole == 0, "no_counts", "no_population"),
    )


def _of_count(wide: Table, letter: str, count: str) -> Iterator[Ratio]:
    known, unknown = wide[f"sum_known_{count}"], ibis.literal(UNKNOWN[count])
    base = ibis.literal(f"posts with known {count}")
    yield Ratio(
        measure=f"{letter}1",
        numerator=wide[f"sum_some_{count}"],
        denominator=known,
        n=known,
        base=base,
        unknown=unknown,
    )
    yield Ratio(
        measure=f"{letter}2",
        numerator=wide[f"sum_{count}"],
        denominator=known,
        n=known,
        base=base,
        unknown=unknown,
    )
    yield Ratio(
        measure=f"{letter}3",
        numerator=wide[f"sum_f_{count}"],
        denominator=_followers(wide[f"sum_f_x2_{count}"]),
        n=wide[f"sum_f_known_{count}"],
        base=_per_followers(wide),
        unknown=ibis.ifelse(known == 0, unknown, "no_followers"),
    )


def _followers(doubled: ir.IntegerValue) -> ir.FloatingValue:
    """The sum of F over posts, in thousands."""
    # To a double first: Spark reads 2000.0 as a decimal, and decimal division rounds early.
    return doubled.cast("float64") / (2.0 * PER)


def _per_followers(wide: Table) -> ir.StringValue:
    """What n counts, with the kind of F beside it: kinds must not be compared."""
    return ibis.literal("posts, per 1,000 ").concat(
        wide.kind.cases(*KIND_WORDS.items(), else_="followers")
    )


FORMULA = Formula(
    family="engagement",
    measures=(
        *(f"{letter}{number}" for letter in LETTERS for number in (1, 2, 3)),
        "e",
        "engagement_per_1000",
    ),
    rows=_rows,
    weekly=_weekly,
)
