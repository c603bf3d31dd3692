"""A file as its readers hand it on: rows of text, with the lines on which they begin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import polars as pl

Cells = tuple[str, ...]
FURTHER = "\x1f"  # stands between a field and the number of its second, third ... column


@dataclass(frozen=True)
class Dialect:
    """What holds a file's rows, and how their cells are told apart."""

    delimiter: str = ","
    spaced: bool = False  # a space stands after each delimiter and belongs to no cell
    container: str = "delimited"  # a key of CONTAINERS
    by_name: bool = False  # each row names its fields: one that no early row has may come later
    within: Cells = ()  # of a document: the paths of the lists that hold its rows; (): it itself


@dataclass(frozen=True)
class Layout:
    """The columns of one file: its header, and in which column each wanted field stands."""

    header: Cells
    dialect: Dialect
    wanted: Mapping[str, int]  # field -> column, counted from 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "wanted", MappingProxyType(dict(self.wanted)))


@dataclass(frozen=True)
class Broken:
    """What stands in the file but is no row: nothing of it is lost."""

    line: int
    reason: str
    cells: Cells


@dataclass(frozen=True)
class Rows:
    """Some rows in file order: the wanted fields as text, plus `line`.

    `line` is the physical line on which a row begins; in a document without lines of its own the
    row's number, counted from 1.
    """

    frame: pl.DataFrame
    whole: Callable[[Sequence[int]], Sequence[Cells]]  # all cells of the rows at these places
    broken: tuple[Broken, ...] = ()
    objects: Callable[[], Sequence[Any]] | None = None  # the rows as JSON objects, where they are


def text_frame(rows: Sequence[Cells], lines: Sequence[int], layout: Layout) -> pl.DataFrame:
    """The wanted fields of `rows`, one column each."""
    columns = {
        field: pl.Series(field, [row[place] for row in rows], dtype=pl.String)
        for field, place in layout.wanted.items()
    }
    return pl.DataFrame({**columns, "line": pl.Series("line", lines, dtype=pl.Int64)})
