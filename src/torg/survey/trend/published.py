"""Figures that the original study printed: beside Torg's own, and never mixed with them.

`published.csv` of a study has a row for each figure, with the columns item, category, wave,
printed (as it stands in print, "48.6"), counts ("154/317", or blank) and source.
"""

import csv
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import polars as pl

from torg.errors import SurveyError
from torg.survey.tables import Schema

PUBLISHED: Schema = {
    "item": pl.String(),
    "category": pl.String(),
    "wave": pl.String(),
    "printed": pl.String(),  # as it stands in print
    "value": pl.Float64(),  # the same as a number: of a share, per cent
    "counts": pl.String(),  # "154/317", or null
    "computed": pl.Float64(),  # what follows from the counts; null without them
    "flags": pl.String(),  # "does_not_follow" from the counts, or ""
    "source": pl.String(),
}
COLUMNS = ("item", "category", "wave", "printed", "counts", "source")
PER_CENT = 100


def read_published(path: Path) -> pl.DataFrame:
    """The figures in the order of the file, with the columns of PUBLISHED.

    Raises SurveyError with file and line for a column that lacks and a figure that is none.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if lacking:
            raise SurveyError(
                f"{path.name} has no column '{lacking[0]}': add it to its first line."
            )
        rows = [_row(row, f"{path.name} line {reader.line_num}") for row in reader]
    return pl.DataFrame(rows, schema=dict(PUBLISHED), orient="row")


def follows_from(printed: str, counts: str, *, scale: int = PER_CENT) -> bool:
    """Whether a printed figure is what its counts give, to half a unit of its last digit.

    `counts` is "154/317", `scale` 100 for per cent and 1 for a ratio as it is.
    """
    exact = _ratio(counts) * scale
    half = Fraction(1, 2) * Fraction(10) ** _exponent(printed)
    return abs(Fraction(printed) - exact) <= half


def _row(row: dict[str, str], place: str) -> tuple[object, ...]:
    texts = {name: (row[name] or "").strip() for name in COLUMNS}
    try:
        value = Decimal(texts["printed"])
        computed = float(_ratio(texts["counts"]) * PER_CENT) if texts["counts"] else None
    except (InvalidOperation, ValueError, ZeroDivisionError):
        raise SurveyError(
            f"{place}: '{texts['printed']}' or '{texts['counts']}' is no figure: write printed as "
            "48.6 and counts as 154/317, or leave counts blank."
        ) from None
    holds = not texts["counts"] or follows_from(texts["printed"], texts["counts"])
    return (
        texts["item"],
        texts["category"] or None,
        texts["wave"],
        texts["printed"],
        float(value),
        texts["counts"] or None,
        computed,
        "" if holds else "does_not_follow",
        texts["source"] or None,
    )


def _ratio(counts: str) -> Fraction:
    part, _, whole = counts.partition("/")
    return Fraction(int(part), int(whole))


def _exponent(printed: str) -> int:
    return -len(printed.partition(".")[2])
