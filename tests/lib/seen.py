"""Observed rows, measured rows and joined waves from small drawn tables."""

import polars as pl

from tests.lib.answering import COUNTRY, frame, wave
from tests.lib.registers import drawn
from torg.measure import MEASURE_COLUMNS
from torg.survey import OBSERVED, SHEET, Surveyed, weigh

PERIOD = "2015-01-01/2015-01-31"


def observed(table):
    """OBSERVED of a drawn table: unit, measure, value, access; "-" or a reason where no figure."""
    rows = [_observed(row) for row in drawn(table)]
    return pl.DataFrame(rows, schema=dict(OBSERVED), orient="row")


def measured(table):
    """MEASURE_COLUMNS of a drawn table: unit, measure, value, and perhaps platform, access."""
    rows = [_measured(row) for row in drawn(table)]
    return pl.DataFrame(rows, schema=MEASURE_COLUMNS, orient="row")


def told(rows, *names, by=("unit", "measure")):
    """{(unit, measure): a column's value, or those of several}."""
    cells = rows.select(*by, *names).rows()
    return {row[: len(by)]: row[len(by) :] if len(names) > 1 else row[-1] for row in cells}


def joined(table, *, method="none", margins=()):
    """A wave and its observed rows of one item and measure: unit, says, shows, perhaps size_class.

    Of who did not answer `says` is "-", of who was not observed `shows` is.
    """
    rows = drawn(table)
    units = frame(_drawn(rows, "unit", "size_class", "county", "kind"))
    answers = [(r["unit"], r["says"]) for r in rows if r["says"] != "-"]
    sheet = pl.DataFrame(
        [("2015", COUNTRY, unit, "use", "answered", code, None) for unit, code in answers],
        schema=dict(SHEET),
        orient="row",
    )
    weighting = weigh(units, sheet.select("country", "unit"), method=method, margins=margins)
    seen = [(COUNTRY, r["unit"], "posts", *_value(r["shows"])) for r in rows]
    return (
        Surveyed(wave(), units, sheet, weighting),
        pl.DataFrame(seen, schema=dict(OBSERVED), orient="row"),
    )


def _drawn(rows, *names):
    there = [name for name in names if name in rows[0]]
    return "\n".join([" | ".join(there), *(" | ".join(r[n] for n in there) for r in rows)])


def _value(text):
    return (None, None, "not_collected") if text == "-" else (float(text), "public_page", None)


def _observed(row):
    known = row["value"].replace(".", "", 1).isdecimal()
    value = float(row["value"]) if known else None
    missing = None if known else ("not_collected" if row["value"] == "-" else row["value"])
    access = row.get("access") or ("public_page" if known else None)
    return (row.get("country", COUNTRY), row["unit"], row["measure"], value, access, missing)


def _measured(row):
    of, (_, unit, measure, value, access, missing) = row, _observed(row)
    figures = (value, None, None, 1, "posts", access, missing, None)
    return (
        COUNTRY, unit, of.get("platform") or None, of.get("channel") or None, measure, PERIOD,
        *figures,
    )  # fmt: skip
