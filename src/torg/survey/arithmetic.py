"""Published counts against the figures printed beside them.

A figure follows from its counts where they differ by no more than half a unit of the last digit
printed. One that does not is flagged and never refused: it is the original's, and stays as it is.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

import polars as pl

PER_CENT = 100

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_OF_HUNDRED = re.compile(r"%|pro[cs]ent|per ?cent", re.IGNORECASE)

# What `checked` adds to a table with the columns `part`, `whole` and `printed`.
CHECKED: Mapping[str, pl.DataType] = {"computed": pl.Float64(), "follows": pl.Boolean()}


def follows(part: int, whole: int, printed: str, *, per: int = PER_CENT) -> bool | None:
    """Whether `printed` ("48.6", "48,6 %") is `part` of `whole`, as so many of `per`.

    None where nothing can be compared: no number is printed ("nearly half"), or there is no whole.
    """
    number = _NUMBER.search(printed)
    if number is None or whole <= 0:
        return None
    text = number.group().replace(",", ".")
    decimals = len(text.partition(".")[2])
    half = Fraction(1, 2 * 10**decimals)
    return abs(Fraction(part * per, whole) - Fraction(text)) <= half


def checked(published: pl.DataFrame) -> pl.DataFrame:
    """The table with what its counts come to, and whether what was printed follows from them.

    `part` and `whole` are counts as numbers or text, `printed` is text: of a hundred where it says
    per cent, else of one. Rows without counts or without a number get nulls.
    """
    found = [_checked(*row) for row in published.select("part", "whole", "printed").rows()]
    return published.with_columns(
        pl.Series(name, values, dtype=dtype)
        for (name, dtype), values in zip(
            CHECKED.items(), zip(*found, strict=True) if found else ((), ()), strict=True
        )
    )


def flagged(published: pl.DataFrame) -> pl.DataFrame:
    """The rows whose printed figure does not follow from its counts."""
    return checked(published).filter(pl.col("follows").not_())


def _checked(
    part: int | str | None, whole: int | str | None, printed: str | None
) -> tuple[float | None, bool | None]:
    if part in (None, "") or whole in (None, "", "0", 0):
        return None, None
    above, below = int(part or 0), int(whole or 0)
    per = PER_CENT if _OF_HUNDRED.search(printed or "") else 1
    return float(Fraction(above * per, below)), follows(above, below, printed or "", per=per)
