"""What is published of one item, and what can be worked out from it.

The cells of an item are its categories by groups: all, classes of size, counties, kinds. An
attacker knows every shown cell and who has answered, so which groups each of them is in; what
follows for a hidden cell is the least and the most that it can be over all tables that agree with
that (Fischetti and Salazar 2001): two linear programs, in whole numbers where they do not end in
whole numbers by themselves.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Cell = tuple[str, str]  # group, category

_WHOLE = 1e-6


@dataclass(frozen=True, eq=False)
class Lattice:
    """The cells of one item: of each unit that answered its category, its number, its groups.

    `groups` are all that a figure may be of. `are_counts`: every unit adds 1 to its cell.
    """

    categories: tuple[str, ...]
    groups: tuple[str, ...]
    answers: tuple[str, ...]
    values: tuple[float, ...]
    within: tuple[frozenset[str], ...]
    are_counts: bool = True
    weights: tuple[float, ...] = ()  # of each unit, where it has one

    @cached_property
    def cells(self) -> Mapping[Cell, float]:
        """Each cell's true value, those of no unit with 0; by group and category."""
        found = dict.fromkeys(((g, c) for g in self.groups for c in self.categories), 0.0)
        for own, category, value in zip(self.within, self.answers, self.values, strict=True):
            for group in own:
                found[group, category] += value
        return found

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """Of each group, how many answered."""
        found = Counter(group for own in self.within for group in own)
        return {group: found[group] for group in self.groups}

    @cached_property
    def uneven(self) -> Mapping[str, int]:
        """The groups in which not all units weigh the same, with how many answered."""
        ends: dict[str, tuple[float, float]] = {}
        for own, weight in zip(self.within, self.weights, strict=False):
            for group in own:
                low, high = ends.get(group, (weight, weight))
                ends[group] = min(low, weight), max(high, weight)
        return {g: self.sizes[g] for g, (low, high) in ends.items() if high - low > _WHOLE}

    @cached_property
    def _atoms(self) -> Mapping[tuple[str, ...], int]:
        """Each combination of groups that units are in, with how many are in it."""
        return dict(sorted(Counter(tuple(sorted(own)) for own in self.within).items()))

    @cached_property
    def _rows(self) -> Mapping[str, Floats]:
        """For each group which atoms are in it."""
        return {
            group: np.array([group in atom for atom in self._atoms], dtype=np.float64)
            for group in self.groups
        }

    def row(self, cell: Cell) -> Floats:
        """The cell as a sum over the unknowns: one for each atom and category."""
        group, category = cell
        is_of = np.array([c == category for c in self.categories], dtype=np.float64)
        return np.outer(self._rows[group], is_of).ravel()

    def against(self, shown: Collection[Cell]) -> "Attack":
        """What an attacker can do who sees these cells."""
        cells = tuple(sorted(shown))
        width = len(self._atoms) * len(self.categories)
        fixed, ends = self._known() if self.are_counts else (np.empty((0, width)), np.empty(0))
        rows = [self.row(cell) for cell in cells]
        return Attack(
            matrix=np.vstack([fixed, *rows]),
            values=np.concatenate([ends, [self.cells[cell] for cell in cells]]),
            shown=cells,
            is_whole=self.are_counts,
            least=0.0 if min(self.values, default=0.0) >= 0 else -np.inf,
        )

    def _known(self) -> tuple[Floats, Floats]:
        """How many answered in each atom: the sums over its categories."""
        sums = np.repeat(np.eye(len(self._atoms)), len(self.categories), axis=1)
        return sums, np.array(list(self._atoms.values()), dtype=np.float64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Attack:
    """The equations that an attacker has: `matrix` times the unknowns is `values`.

    The last rows are those of the `shown` cells.
    """

    matrix: Floats
    values: Floats
    shown: Sequence[Cell]
    is_whole: bool
    least: float  # of an unknown: 0, or no bound where numbers can be below zero

    def reach(self, row: Floats) -> tuple[Floats | None, frozenset[Cell]]:
        """The table in which the sum `row` is least, and the shown cells that keep it there.

        In whole numbers where the cells are counts; no table where nothing keeps it.
        """
        from scipy import optimize  # slow to load, and most commands protect no survey

        found = optimize.linprog(  # type: ignore[attr-defined,no-untyped-call]
            row, A_eq=self.matrix, b_eq=self.values, bounds=(self.least, None), method="highs"
        )
        if found.x is None:
            return None, frozenset()
        slopes = found.eqlin.marginals[len(self.values) - len(self.shown) :]
        binding = frozenset(c for c, s in zip(self.shown, slopes, strict=True) if abs(s) > _WHOLE)
        table = np.asarray(found.x)
        if self.is_whole and np.any(np.abs(table - table.round()) > _WHOLE):
            table = self._in_whole_numbers(row)
        return (table.round() if self.is_whole else table), binding

    def _in_whole_numbers(self, row: Floats) -> Floats:
        from scipy import optimize

        found = optimize.milp(  # type: ignore[attr-defined,no-untyped-call]
            row,
            integrality=np.ones(len(row)),
            constraints=(self.matrix, self.values, self.values),
        )
        return np.asarray(found.x)
