"""Which fields columns of unknown names probably are: by their names, and by what stands in them.

The languages of the North are near each other: "Visninger" is found by "Visningar". Where a name
tells nothing, the content narrows it down: counts, times, addresses, ids, words. All columns are
matched with all fields at once, so that no column takes what another has the better claim to.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from torg.collect.contents import Column, contradiction, kind_of_field
from torg.collect.formats import Format
from torg.collect.guesses import GUESSES, KEPT_OUT
from torg.collect.reading.headers import Columns, plain

NEAR = 0.72  # likeness of names that is enough alone; "dato" and "datum" are 0.67
_NEAR_WITH_CONTENT = 0.5  # and where what stands in the column fits as well
_FITS = 0.2  # what content that fits adds to a likeness
_ALONE = 0.3  # the score of content that can hardly be another field, under a strange name
_SURE = 2.0  # the score of what was taught before
# One near pair shall not be given up for two that are less near: 1 beside 0.76 and 0.75.
_STEEPNESS = 4
_BLANK = 1e-3  # so much of its worth has a column without cells: filled ones come first
_NONE = ("", "-", "–", "n/a")

# The kinds of content, the most telling first; a column is of the first that all its cells fit.
_KINDS = {
    "address": re.compile(r"https?://\S+"),
    "time": re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{2,4}[ T]?(\d\d?[:.]\d\d.*)?"),
    "id": re.compile(r"\d{9,}(_\d+)*"),
    "count": re.compile(r"\d{1,3}([., \u00a0]?\d{3})*"),
}


def proposed_format(columns: Sequence[Column], formats: Mapping[str, Format]) -> str:
    """The format of which the columns have most names, or nearly."""
    return max(
        formats, key=lambda name: sum(_nearness(c, formats[name]) for c in columns) + _bonus(name)
    )


def proposals(
    columns: Sequence[Column], format_: Format, *, taken: Collection[str], learnt: Columns
) -> dict[str, str]:
    """The field that each column probably is, none of them taken; columns near none are left out.

    `learnt` is what was taught before: it is proposed again unless the cells contradict it.
    """
    free = [field for field in format_.columns if field not in taken]
    if not columns or not free:
        return {}
    told = {field: frozenset(map(plain, learnt.get(field, ()))) for field in free}
    scores = [[_score(c, field, format_, told=told[field]) for field in free] for c in columns]
    worth = np.array(scores) ** _STEEPNESS
    worth *= np.array([[1.0 if column.cells else _BLANK] for column in columns])
    return {columns[nth].name: free[at] for nth, at in _best(worth) if worth[nth, at] > 0}


def _best(worth: npt.NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """The pairs of rows and columns, each taken once, that are worth most together."""
    # Here and not above, for it is slow to load, and every command would wait for it.
    from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]

    rows, columns = linear_sum_assignment(worth, maximize=True)
    return zip(rows.tolist(), columns.tolist(), strict=True)


def _score(column: Column, field: str, format_: Format, *, told: Collection[str]) -> float:
    """How probably the column is the field; 0 where it is not."""
    if contradiction(column, field, format_):
        return 0.0
    likeness, fits = _likeness(column.name, _names(field, format_)), _fits(column, field, format_)
    is_kept_out = _likeness(column.name, KEPT_OUT) > max(likeness, _NEAR_WITH_CONTENT)
    if plain(column.name) in told and not (is_kept_out and column.is_flag):
        return _SURE
    if is_kept_out:
        return 0.0
    if likeness >= NEAR or (likeness >= _NEAR_WITH_CONTENT and fits):
        return likeness + _FITS * fits
    return _ALONE if fits and kind_of_field(field, format_) == "time" else 0.0


def _fits(column: Column, field: str, format_: Format) -> bool:
    """Whether the cells are such as the field has; yes and no are no counts."""
    kind = kind_of_field(field, format_)
    return kind == _kind(column.cells) and not (kind == "count" and column.is_flag)


def _nearness(column: Column, format_: Format) -> float:
    best = max(_likeness(column.name, _names(field, format_)) for field in format_.columns)
    return best if best >= NEAR else 0.0


def _names(field: str, format_: Format) -> tuple[str, ...]:
    is_guessed = format_.name.startswith("business_suite")
    return (*format_.columns[field], *(GUESSES.get(field, ()) if is_guessed else ()))


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
