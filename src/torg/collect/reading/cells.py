"""Cells of text to values: counts, instants, words. What is unreadable is a fault; missing is null.

Every reader takes a whole column and returns a `Column`: values beside faults, of equal length.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from torg.collect.options import DecimalSign
from torg.collect.reading.faults import cell_fault
from torg.errors import QuestionError

MISSING = ("", "-", "–", "—", "n/a", "na", "nan", "null", "none", "#n/a")
# Larger than any count of a platform, and small enough that sums of counts stay whole numbers.
LARGEST_COUNT = 10**15
_LONGEST_MISSING = max(len(token.encode()) for token in MISSING)
_NOTHING = pl.lit(None, dtype=pl.String)


@dataclass(frozen=True)
class Column:
    """A column as read; `faults` holds a `FAULT` where a cell is unreadable, None if none is."""

    values: pl.Series
    faults: pl.Series | None = None


def is_missing(text: pl.Series) -> pl.Series:
    """True for blank, "-", "N/A" and the like: not known, which is not zero."""
    return text.str.strip_chars().str.to_lowercase().is_in(MISSING) | text.is_null()


def word(text: pl.Series) -> pl.Series:
    """Cells without outer blanks, missing ones null: for ids, names, kinds."""
    stripped = text.str.strip_chars()
    if not (stripped.str.len_bytes() <= _LONGEST_MISSING).any():
        return stripped
    return _where(~is_missing(stripped), stripped, _NOTHING).rename(text.name)


def free_text(text: pl.Series) -> pl.Series:
    """What people wrote: only blank is missing, for somebody may well have written "-"."""
    stripped = text.str.strip_chars()
    if not (stripped == "").any():
        return stripped
    return _where(stripped != "", stripped, _NOTHING).rename(text.name)


def longer(title: pl.Series, description: pl.Series) -> pl.Series:
    """The longer of two texts, each as `free_text`: in Meta's exports either may hold the words."""
    first, second = free_text(title), free_text(description)
    if first.null_count() == first.len():
        return second
    lengths = [text.str.len_chars().fill_null(0) for text in (first, second)]
    return _where(lengths[1] > lengths[0], second, first)


_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def truth(text: pl.Series, *, what: str) -> Column:
    """Yes or no."""
    plain = text.str.strip_chars().str.to_lowercase()
    values = plain.replace_strict(_TRUTHS, default=None, return_dtype=pl.Boolean)
    unreadable = values.is_null() & ~is_missing(text)
    if not unreadable.any():
        return Column(values)
    return Column(values, cell_fault(unreadable, text, what=what, why="is neither true nor false"))


def kind_of(text: pl.Series, kinds: Mapping[str, str]) -> pl.Series:
    """The platform's word for a post's type as one of ours; unknown words are "other"."""
    cells = text.unique()
    found = {
        cell: None if name is None else kinds.get(name.lower(), "other")
        for cell, name in zip(cells, word(cells), strict=True)
    }
    return text.replace_strict(found, return_dtype=pl.String)


@dataclass(frozen=True)
class Signs:
    """How a file writes numbers, and whether the user said so or it is the format's rule."""

    decimal: DecimalSign | None = None
    told: bool = False


UNKNOWN = Signs()


def count(text: pl.Series, *, what: str, signs: Signs = UNKNOWN) -> Column:
    """Whole numbers, thousands grouped in whatever way is sure.

    Where the decimal sign is not known, "1.234" and "1,234" could be two numbers each, and a
    `QuestionError` asks; "1,234,567" and "1 234" ask nothing. So it does where the format's rule
    is a point and the cell says "1.234": the file has been through other hands.
    """
    values = text.cast(pl.Int64, strict=False)
    if not values.null_count() and _are_counts(values):
        return Column(values)
    stripped = text.str.strip_chars()
    values = _grouped(stripped, values, what=what, signs=signs)
    values = values.set(~values.is_between(0, LARGEST_COUNT).fill_null(value=True), None)
    unreadable = values.is_null() & ~is_missing(stripped)
    if not unreadable.any():
        return Column(values)
    why = "is no whole number of zero or more"
    return Column(values, cell_fault(unreadable, stripped, what=what, why=why))


def _are_counts(values: pl.Series) -> bool:
    least, most = values.min(), values.max()
    return least is None or (int(least) >= 0 and int(most) <= LARGEST_COUNT)  # type: ignore[arg-type]


_BLANKS = " \u00a0\u202f\u2009"
_SPACED = rf"^\d{{1,3}}(?:[{_BLANKS}]\d{{3}})+$"
_SURE = r"^\d{1,3}(?:,\d{3}){2,}$|^\d{1,3}(?:\.\d{3}){2,}$"
_WHOLE = {"point": r"^\d+\.0*$", "comma": r"^\d+,0*$"}
_THOUSANDS = {"point": r"^\d{1,3}(?:,\d{3})+(?:\.0*)?$", "comma": r"^\d{1,3}(?:\.\d{3})+(?:,0*)?$"}
_TWO_WAYS = r"^\d{1,3}[.,]\d{3}$"
_PROOFS: Mapping[DecimalSign, str] = {
    "point": r"^\d{1,3}(?:,\d{3}){2,}$|^\d{1,3}(?:,\d{3})+\.\d+$|^\d+\.(?:\d{1,2}|\d{4,})$",
    "comma": r"^\d{1,3}(?:\.\d{3}){2,}$|^\d{1,3}(?:\.\d{3})+,\d+$|^\d+,(?:\d{1,2}|\d{4,})$",
}


def proven_decimal(columns: list[pl.Series]) -> DecimalSign | None:
    """The decimal sign that some cell proves, unless another proves the other one."""
    proven = [
        sign
        for sign, proof in _PROOFS.items()
        if any(column.str.strip_chars().str.contains(proof).any() for column in columns)
    ]
    return proven[0] if len(proven) == 1 else None


def _grouped(text: pl.Series, values: pl.Series, *, what: str, signs: Signs) -> pl.Series:
    """`values` with the grouped numbers of `text` filled in."""
    rest = text.set(values.is_not_null(), "")
    if not (rest != "").any():
        return values
    spaced = rest.str.contains(_SPACED)
    rest = _where(spaced, rest.str.replace_all(f"[{_BLANKS}]", ""), rest)
    if signs.decimal is None:
        matched, plain = _sure(rest)
    else:
        matched, plain = _by_sign(rest, decimal=signs.decimal)
    doubtful = rest.filter(rest.str.contains(_TWO_WAYS) & ~matched)
    if doubtful.len() and not signs.told:
        raise _question(doubtful[0], what=what)
    return values.fill_null(plain.cast(pl.Int64, strict=False))


def _sure(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """What can be read without knowing the decimal sign, and as what."""
    grouped = text.str.contains(_SURE)
    plain = text.str.replace(r"^(\d+)[.,]0{1,2}$", "$1")
    return grouped, _where(grouped, text.str.replace_all("[.,]", ""), plain)


def _by_sign(text: pl.Series, *, decimal: DecimalSign) -> tuple[pl.Series, pl.Series]:
    """What the decimal sign lets us read, and as what."""
    matched = text.str.contains(_THOUSANDS[decimal]) | text.str.contains(_WHOLE[decimal])
    group = "," if decimal == "point" else "."
    bare = text.str.replace_all(group, "", literal=True).str.replace(r"[.,]0*$", "")
    return matched, _where(matched, bare, text)


def _where(mask: pl.Series, then: pl.Series, otherwise: pl.Series | pl.Expr) -> pl.Series:
    return pl.select(pl.when(mask).then(then).otherwise(otherwise)).to_series()


def _question(cell: str, *, what: str) -> QuestionError:
    digits = cell.replace(".", "").replace(",", "")
    sign = "comma" if "." in cell else "point"
    other = "point" if sign == "comma" else "comma"
    return QuestionError(
        f"{what} is '{cell}' in places: is that {digits}, or a number with decimals? "
        f"Say --decimal {sign} for {digits}, or --decimal {other} otherwise."
    )
