"""One group's figures side by side: estimates, with what their intervals are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from torg.survey.estimating.columns import Column, Table
from torg.survey.estimating.groups import Group, Mask, Roll
from torg.survey.estimating.linear import Linear, ratios
from torg.survey.intervals import possible
from torg.survey.weighting import Design, Floats


@dataclass(frozen=True, eq=False)
class Cells:
    """The figures of one group, an array each with a value for each column of the table."""

    group: str
    columns: tuple[Column, ...]
    linear: Linear
    yes: Floats  # answers that are counted: unweighted; of a number the sum
    unknown: Floats  # units of which it is not known: silent, or the item left blank
    size: Floats  # units that the base has, as far as is known
    kish: Floats  # of the weights in the base

    @property
    def n(self) -> Floats:
        """Answers in the base."""
        return self.linear.n

    @cached_property
    def is_share(self) -> Mask:
        """Whether a figure is a share, not a mean."""
        return np.array([c.category is not None for c in self.columns], dtype=bool)

    @cached_property
    def possible(self) -> tuple[Floats, Floats]:
        """What the figure could still be, given who has answered."""
        low, high = (_of_columns(self.columns, at) for at in ("low", "high"))
        shares = possible(self.yes, base=self.n, unknown=self.unknown)
        total = np.maximum(self.n + self.unknown, 1)
        with np.errstate(invalid="ignore"):
            means = tuple((self.yes + self.unknown * end) / total for end in (low, high))
        unbounded = self.unknown > 0
        return (
            np.where(self.is_share, shares[0], np.where(unbounded, means[0], self.yes / total)),
            np.where(self.is_share, shares[1], np.where(unbounded, means[1], self.yes / total)),
        )


def _of_columns(columns: Sequence[Column], name: str) -> Floats:
    """The bound of each column's question; minus or plus infinity where there is none."""
    far = {"low": -np.inf, "high": np.inf}[name]
    found = [getattr(c.item.question, name) for c in columns]
    return np.array([far if bound is None else bound for bound in found], dtype=np.float64)


def cells_of(table: Table, group: Group, *, design: Design, roll: Roll) -> Cells:
    """The figures of a group."""
    may = _allowed(table.columns, roll)
    allowed, pool = may[roll.rows], (may & group.frame[:, None]).sum(axis=0)
    base = table.base & group.inside[:, None] & allowed
    away = allowed & (
        (table.outside & group.inside[:, None]) | (group.outside & group.frame[roll.rows])[:, None]
    )
    weights = design.weights[:, None]
    inside, squares = (weights * base).sum(axis=0), (weights**2 * base).sum(axis=0)
    n, out = base.sum(axis=0), away.sum(axis=0)
    linear = ratios(design, table.values * base, base.astype(np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        kish = np.where(n > 0, n * squares / inside**2, 1.0)
        part = np.where(n > 0, inside / (inside + (weights * away).sum(axis=0)), 0.0)
    return Cells(
        group=group.name,
        columns=table.columns,
        linear=linear,
        yes=np.asarray((table.values * base).sum(axis=0)),
        unknown=(pool - n - out).astype(np.float64),
        size=np.clip(np.round(pool * part), n, pool - out),
        kish=kish,
    )


def _allowed(columns: Sequence[Column], roll: Roll) -> Mask:
    """Which units of the frame each column's question is for."""
    kinds = {c.item.question.units for c in columns}
    masks = {own: np.any([roll.kinds[kind] for kind in own], axis=0) for own in kinds}
    found = [masks[c.item.question.units] for c in columns]
    return np.stack(found, axis=1) if found else np.empty((len(roll.frame), 0), dtype=bool)
