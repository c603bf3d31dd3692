"""What a bench gives: rows of a table."""

from typing import NamedTuple


class Row(NamedTuple):
    """One measured figure, and what was asked of it."""

    name: str
    figure: float
    unit: str
    ratio: str | None = None  # against what ran beside it: "1.2 x DuckDB's copy"
    asked: str | None = None
    reached: bool | None = None
