"""What is wrong with a row, in a sentence. The cell in question stands apart until it is written.

In a file about citizens a row may be shifted, and then any cell may hold a name: such a cell is
quoted only where its own shape can be nothing personal.
"""

import re
from collections.abc import Iterable, Mapping

import polars as pl

# What is missing or wrong; the cell, null where none is quoted; what the cell is.
FAULT = pl.Struct({"what": pl.String, "cell": pl.String, "why": pl.String})

_NONE = pl.lit(None, dtype=pl.String)
_CLOCK = r"\d\d?:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?( ?[AP]M)?"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_ID_OR_INSTANT = re.compile(rf"\d+_\d+(_\d+)*|{_INSTANT.pattern}")
# No bare digits, which may number a person or a telephone.
_HARMLESS = re.compile(
    rf"{_ID_OR_INSTANT.pattern}|[-+]\d{{1,4}}|-?\d{{1,4}}[.,]\d{{1,3}}"
    rf"|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}([ T]{_CLOCK})?"
)


def cell_fault(where: pl.Series, cells: pl.Series, *, what: str, why: str) -> pl.Series:
    """A `FAULT` where `where` is true: the column `what` has a cell that `why`, a predicate."""
    return _faults(where, what=what, cell=pl.lit(cells), why=pl.lit(why))


def row_fault(where: pl.Series, sentence: str) -> pl.Series:
    """A `FAULT` that quotes nothing where `where` is true."""
    return _faults(where, what=sentence, cell=_NONE, why=_NONE)


def first_fault(faults: Iterable[pl.Series | None], *, height: int) -> pl.Series:
    """Each row's first fault, or null."""
    found = [fault for fault in faults if fault is not None]
    if not found:
        return pl.Series("fault", [None], dtype=FAULT).new_from_index(0, height)
    return pl.select(pl.coalesce(*found)).to_series()


def sentence(fault: Mapping[str, str | None], *, personal: bool) -> str:
    """The fault in words; in a file with `personal` columns the cell is shown only if harmless."""
    what, cell, why = fault["what"], fault["cell"], fault["why"]
    if cell is None:
        return f"{what}"
    if personal and not _HARMLESS.fullmatch(cell):
        return f"{what} is withheld, for it may be personal: it {why}"
    return f"{what} is '{cell}', which {why}"


def blanked(cell: str, *, ids: bool = True) -> str:
    """A cell of a file about citizens as it may be kept: `ids` of two parts, and instants."""
    return cell if (_ID_OR_INSTANT if ids else _INSTANT).fullmatch(cell.strip()) else ""


def _faults(where: pl.Series, *, what: str, cell: pl.Expr, why: pl.Expr) -> pl.Series:
    told = pl.struct(what=pl.lit(what), cell=cell, why=why)
    return pl.select(pl.when(where).then(told)).to_series()
