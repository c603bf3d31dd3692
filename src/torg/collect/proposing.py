"""Which field a column of unknown name probably is: by its name, and by what stands in it.

The languages of the North are near each other: "Visninger" is found by "Visningar". Where a name
tells nothing, as in Finnish, the content narrows it down: counts, times, addresses, ids, words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from torg.collect.formats import Format
from torg.collect.reading.headers import plain

NEAR = 0.72  # likeness of names that is enough alone; "dato" and "datum" are 0.67
_NEAR_WITH_CONTENT = 0.5  # and where what stands in the column fits as well
_NONE = ("", "-", "–", "n/a")

# The kinds of content, the most telling first; a column is of the first that all its cells fit.
_KINDS = {
    "address": re.compile(r"https?://\S+"),
    "time": re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}[ T]?(\d\d?[:.]\d\d.*)?"),
    "id": re.compile(r"\d{9,}(_\d+)*"),
    "count": re.compile(r"\d{1,3}([., \u00a0]?\d{3})*"),
}
_ADDRESSES = frozenset({"url", "permalink", "link"})


@dataclass(frozen=True)
class Column:
    """A column of a file: its name, and the first cells of it that are filled."""

    name: str
    cells: tuple[str, ...] = ()


def proposed_format(columns: Sequence[Column], formats: Mapping[str, Format]) -> str:
    """The format of which the columns have most names, or nearly."""
    return max(
        formats, key=lambda name: sum(_nearness(c, formats[name]) for c in columns) + _bonus(name)
    )


def proposed_field(column: Column, format_: Format, *, taken: Collection[str]) -> str | None:
    """The field that the column probably is, among those not taken; None where nothing is near."""
    kind = _kind(column.cells)
    free = [field for field in format_.columns if field not in taken]
    scores = {
        field: (_likeness(column.name, format_.columns[field]), _fits(kind, field, format_))
        for field in free
    }
    good = {
        field: likeness + 0.2 * fits
        for field, (likeness, fits) in scores.items()
        if likeness >= NEAR or (likeness >= _NEAR_WITH_CONTENT and fits)
    }
    if good:
        return max(good, key=lambda field: good[field])
    return _only_one(kind, free, format_)


def _only_one(kind: str, free: Sequence[str], format_: Format) -> str | None:
    """The field that a column of times must be, where the name is no help."""
    return format_.dated_by if kind == "time" and format_.dated_by in free else None


def _nearness(column: Column, format_: Format) -> float:
    best = max(_likeness(column.name, names) for names in format_.columns.values())
    return best if best >= NEAR else 0.0


def _bonus(name: str) -> float:
    """Content exports are what people have in languages that Torg does not know."""
    return 0.5 if name.startswith("business_suite") else 0.0


@lru_cache(maxsize=1 << 16)
def _likeness(name: str, names: tuple[str, ...]) -> float:
    return max(SequenceMatcher(None, plain(name), plain(other)).ratio() for other in names)


def _kind(cells: Sequence[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip().lower() not in _NONE]
    fitting = (k for k, form in _KINDS.items() if filled and all(map(form.fullmatch, filled)))
    return next(fitting, "words")


def _fits(kind: str, field: str, format_: Format) -> bool:
    return kind == _kind_of_field(field, format_)


def _kind_of_field(field: str, format_: Format) -> str:
    if field in format_.counts:
        return "count"
    if field == format_.dated_by:
        return "time"
    if field in _ADDRESSES:
        return "address"
    return "id" if field.endswith("id") else "words"
