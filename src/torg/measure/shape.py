"""From one wide aggregate to a row per measure."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis import Table

from torg.measure.views import BY_WEEK, GROUP, Keys


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One measure's value on a wide table: expressions over that table's columns."""

    measure: str
    value: ir.NumericValue
    n: ir.IntegerValue
    base: str | ir.StringValue
    missing: str | ir.StringValue = "no_posts"  # the reason to give where the value is null
    access: ir.StringValue
    at_age_share: ir.NumericValue | None = None


def long(wide: Table, entries: Sequence[Entry], *, keys: Keys = GROUP) -> Table:
    """Turn each row of `wide` into one row per entry: the table of `Formula.rows`."""
    cells = [_cell(entry) for entry in entries]
    table = wide.select(*keys, cell=ibis.array(cells)).unnest("cell")
    return table.select(*keys, *(table.cell[name].name(name) for name in table.cell.names))


Fraction = tuple[str, ir.NumericValue, ir.NumericValue]  # measure, numerator, denominator


def long_weekly(wide: Table, fractions: Sequence[Fraction]) -> Table:
    """Turn each row of `wide` (group_no, week) into the table of `Formula.weekly`."""
    cells = [
        ibis.struct(
            {
                "measure": ibis.literal(measure, type="string"),
                "numerator": numerator.cast("float64"),
                "denominator": denominator.cast("float64"),
            }
        )
        for measure, numerator, denominator in fractions
    ]
    table = wide.select(*BY_WEEK, cell=ibis.array(cells)).unnest("cell")
    return table.select(*BY_WEEK, *(table.cell[name].name(name) for name in table.cell.names))


def _cell(entry: Entry) -> ir.StructValue:
    value = entry.value.cast("float64")
    age = ibis.null("float64") if entry.at_age_share is None else entry.at_age_share.cast("float64")
    return ibis.struct(
        {
            "measure": ibis.literal(entry.measure, type="string"),
            "value": value,
            "n": entry.n.cast("int64"),
            "base": _text(entry.base),
            "access": entry.access.cast("string"),
            "missing": ibis.ifelse(value.isnull(), _text(entry.missing), ibis.null("string")),
            "at_age_share": age,
        }
    )


def _text(value: str | ir.StringValue) -> ir.Value:
    return ibis.literal(value, type="string") if isinstance(value, str) else value
