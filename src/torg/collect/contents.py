"""What stands in a column, and whether a field of a format can be read from it.

Counts and Business Suite's times are tried with the readers that will read them. Other formats
write times in many ways, some within ids or with other columns' help: there a digit is enough.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from torg.collect.formats import FORMATS, Fields, Format, Terms
from torg.collect.known import KnownChannels
from torg.collect.options import DateOrder, DecimalSign
from torg.collect.reading.cells import MISSING, Signs, count
from torg.errors import FileRefused

# No post was ever seen by more people than live; a longer number is an id.
_LARGEST = 10**11
_ADDRESSES = frozenset({"url", "permalink", "link"})
_FLAGS = frozenset({"0", "1", "true", "false"})
_ADDRESS = re.compile(r"\S+[./]\S+")
_WORD = re.compile(r"\S+")
_DIGIT = re.compile(r"\d")
_META_ID = re.compile(r"\d+(_\d+)*")  # of posts, pages and accounts in Meta's own exports
_ORDERS: tuple[DateOrder, ...] = ("month-first", "day-first")
_SIGNS: tuple[DecimalSign, ...] = ("point", "comma")


@dataclass(frozen=True)
class Column:
    """A column of a file: its name, and the first different cells of it that are filled."""

    name: str
    cells: tuple[str, ...] = ()

    @property
    def is_flag(self) -> bool:
        """Whether nothing but yes and no stands in it."""
        return bool(self.cells) and {cell.casefold() for cell in self.cells} <= _FLAGS


def kind_of_field(field: str, format_: Format) -> str:
    """What the cells of a field are: count, time, address, id, or words."""
    if field in format_.counts:
        return "count"
    if field == format_.dated_by:
        return "time"
    if field in _ADDRESSES:
        return "address"
    return "id" if field == "id" or field.endswith("_id") else "words"


def contradiction(column: Column, field: str, format_: Format) -> str | None:
    """Why the column cannot hold the field, in a sentence; None where it may."""
    kind = kind_of_field(field, format_)
    if kind == "words" or _may_hold(column.cells, field, format_.name):
        return None
    what = {"time": "a time with its hour", "address": "an address", "id": "an id"}
    return (
        f"no cell of '{column.name}' is {what.get(kind, 'a count')}, so it cannot hold {field}: "
        f"give another answer, or '-'"
    )


@lru_cache(maxsize=1 << 14)
def _may_hold(cells: tuple[str, ...], field: str, name: str) -> bool:
    filled = tuple(cell for cell in cells if cell.strip().lower() not in MISSING)
    format_ = FORMATS[name]
    return not filled or _READERS[kind_of_field(field, format_)](filled, field, format_)


def _some_count(cells: tuple[str, ...], field: str, _format: Format) -> bool:
    text = pl.Series(field, cells, dtype=pl.String)
    read = (count(text, what=field, signs=Signs(sign, told=True)).values for sign in _SIGNS)
    return any((values < _LARGEST).any() for values in read)


def _some_time(cells: tuple[str, ...], field: str, format_: Format) -> bool:
    if not _is_business_suite(format_):
        return any(map(_DIGIT.search, cells))
    frame = pl.DataFrame({field: cells}, schema={field: pl.String})
    for order in _ORDERS:
        terms = Terms(names={}, known=KnownChannels(), zone="UTC", dates=order)
        try:
            times = format_.instants(Fields(frame, terms)).values
        except FileRefused:  # a question: so there is something to ask about
            return True
        if times.null_count() < times.len():
            return True
    return False


def _some_address(cells: tuple[str, ...], _field: str, _format: Format) -> bool:
    return any(map(_ADDRESS.fullmatch, cells))


def _some_id(cells: tuple[str, ...], _field: str, format_: Format) -> bool:
    form = _META_ID if _is_business_suite(format_) else _WORD
    return any(form.fullmatch(cell.strip()) for cell in cells)


def _is_business_suite(format_: Format) -> bool:
    return format_.name.startswith("business_suite")


_READERS: dict[str, Callable[[tuple[str, ...], str, Format], bool]] = {
    "count": _some_count,
    "time": _some_time,
    "address": _some_address,
    "id": _some_id,
}
