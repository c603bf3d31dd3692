"""Groups of units that are estimated by themselves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from torg.errors import SurveyError

Mask = npt.NDArray[np.bool_]

ITEM = "item:"
_NAMES = ("country", "unit")


@dataclass(frozen=True, eq=False)
class Group:
    """Some of the frame's units, or those that gave an answer.

    `frame` has a value for each row of the frame: whether it can belong to the group as far as the
    frame tells. `inside` and `outside` have one for each respondent: known to belong, or known not
    to; neither, where the item that tells was left blank.
    """

    name: str
    frame: Mask
    inside: Mask
    outside: Mask


@dataclass(frozen=True, eq=False)
class Roll:
    """The frame in order, and which of its rows the respondents are."""

    frame: pl.DataFrame
    rows: npt.NDArray[np.intp]

    @cached_property
    def kinds(self) -> Mapping[str, Mask]:
        """Which rows are municipalities, and which counties; a unit that is both is each."""
        return {kind: of_kind(self.frame, kind) for kind in ("municipality", "county")}

    def by_frame(self, name: str, mask: Mask) -> Group:
        """The group of the frame's rows in `mask`."""
        inside = mask[self.rows]
        return Group(name, mask, inside, np.zeros(len(inside), dtype=bool))

    def by_answer(self, name: str, inside: Mask, known: Mask) -> Group:
        """The group of the respondents `inside`, of those of whom it is `known`."""
        return Group(name, np.ones(len(self.frame), dtype=bool), inside, known & ~inside)


def roll_of(frame: pl.DataFrame, weights: pl.DataFrame) -> Roll:
    """The frame sorted by country and unit, and the rows of those with a weight, in its order."""
    units = frame.sort(*_NAMES)
    places = units.select(_NAMES).with_row_index("row")
    rows = weights.join(places, on=_NAMES, how="left", maintain_order="left")["row"]
    return Roll(units, rows.to_numpy().astype(np.intp))


def frame_groups(roll: Roll, kind: str) -> tuple[Group, ...]:
    """The groups of one kind: "all", "size", "county" or "kind". Raises SurveyError."""
    if kind not in _KINDS:
        raise SurveyError(
            f"no groups are called {kind}: choose of {', '.join(_KINDS)}, or {ITEM}ID for the"
            " answers to an item"
        )
    return tuple(roll.by_frame(name, mask) for name, mask in _KINDS[kind](roll.frame))


Named = Sequence[tuple[str, Mask]]


def _all(frame: pl.DataFrame) -> Named:
    return [("all", np.ones(len(frame), dtype=bool))]


def _sizes(frame: pl.DataFrame) -> Named:
    own = frame.filter(pl.col("kind") != "county", pl.col("size_class").is_not_null())
    order = (
        own.group_by("size_class").agg(pl.col("population").min()).sort("population", "size_class")
    )
    is_own = (frame["kind"] != "county").to_numpy()
    return [
        (f"size:{label}", _is(frame["size_class"], label) & is_own) for label in order["size_class"]
    ]


def _counties(frame: pl.DataFrame) -> Named:
    """The municipalities of each county; the county's own unit is not one of them."""
    is_own = (frame["kind"] != "county").to_numpy()
    several = frame["country"].n_unique() > 1
    labels = (frame["country"] + " " + frame["county"]) if several else frame["county"]
    return [
        (f"county:{label}", _is(labels, label) & is_own)
        for label in sorted(labels.filter(pl.Series(is_own)).drop_nulls().unique())
    ]


def _kinds(frame: pl.DataFrame) -> Named:
    """A unit that is both counts in both; nothing where all are of one kind."""
    if frame["kind"].n_unique() == 1:
        return []
    return [(f"kind:{kind}", of_kind(frame, kind)) for kind in ("municipality", "county")]


def of_kind(frame: pl.DataFrame, kind: str) -> Mask:
    """Which rows are of that kind; "both" is of each."""
    return frame["kind"].is_in([kind, "both"]).to_numpy()


def _is(labels: pl.Series, label: str) -> Mask:
    return (labels == label).fill_null(value=False).to_numpy()


_KINDS: Mapping[str, Callable[[pl.DataFrame], Named]] = {
    "all": _all,
    "size": _sizes,
    "county": _counties,
    "kind": _kinds,
}
