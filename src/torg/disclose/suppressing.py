"""Which cells to hide beside the small ones, so that nothing gives those away.

Greedy and deterministic: a cell that can be bounded too closely makes one of the shown cells that
bound it hidden, the one of the smallest group. Hiding more never bounds anything more closely, so
a table that was once found possible stays so, and serves all other cells as well.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from torg.disclose.lattice import Attack, Cell, Floats, Lattice

_CLOSE = 1e-6


@dataclass(eq=False)
class _Search:
    """What is hidden so far, and the range that each hidden cell was seen to have."""

    lattice: Lattice
    widths: Mapping[Cell, float]  # the range that has to stay open
    hidden: set[Cell]
    low: dict[Cell, float] = field(default_factory=dict)
    high: dict[Cell, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {cell: self.lattice.row(cell) for cell in self.widths}
        for cell in self.widths:
            self.low[cell] = self.high[cell] = self.lattice.cells[cell]

    def attack(self) -> Attack:
        return self.lattice.against(
            [cell for cell in self.lattice.cells if cell not in self.hidden]
        )

    def is_open(self, cell: Cell) -> bool:
        return self.high[cell] - self.low[cell] >= self.widths[cell] - _CLOSE

    def closed(self) -> list[Cell]:
        return sorted(cell for cell in self.widths if not self.is_open(cell))

    def saw(self, table: Floats) -> None:
        """A possible table: each cell's range reaches at least as far."""
        for cell, row in self.rows.items():
            value = float(row @ table)
            self.low[cell] = min(self.low[cell], value)
            self.high[cell] = max(self.high[cell], value)

    def look(self, attack: Attack, cell: Cell) -> set[Cell]:
        """Find the least and the most that a cell can be; the shown cells that bound it."""
        binding: set[Cell] = set()
        for sign in (1.0, -1.0):
            table, tight = attack.reach(sign * self.rows[cell])
            binding |= tight
            if table is None:
                self.high[cell] = np.inf
            else:
                self.saw(table)
        return binding

    def cost(self, cell: Cell) -> tuple[float, float, Cell]:
        """What is lost with a cell: a figure on so many units."""
        return self.lattice.sizes[cell[0]], self.lattice.cells[cell], cell


def suppressed(
    lattice: Lattice, primary: Mapping[Cell, float], *, hidden: Collection[Cell] = ()
) -> frozenset[Cell]:
    """All cells that may not be shown: the `primary` ones, and those that would give them away.

    `primary` has the range that must stay open for each cell; `hidden` are not shown anyway.
    """
    if not primary:
        return frozenset(hidden)
    search = _Search(lattice, dict(primary), {*primary, *hidden})
    _complete(search)
    _look_at_all(search)
    while closed := search.closed():
        _open(search, closed[0])
    return frozenset(search.hidden)


def _complete(search: _Search) -> None:
    """Of a group with one hidden category another is hidden, since a group's size is known."""
    lattice = search.lattice
    if not lattice.are_counts:
        return
    for group in lattice.sizes:
        own = [(group, category) for category in lattice.categories]
        shown = [cell for cell in own if cell not in search.hidden]
        if len(own) - len(shown) == 1 and shown:
            search.hidden.add(min(shown, key=search.cost))


def _look_at_all(search: _Search) -> None:
    """A few tables in which many hidden cells at once are as small or as large as can be."""
    attack = search.attack()
    closed = search.closed()
    before = len(closed) + 1
    while closed and len(closed) < before:
        before = len(closed)
        together = np.sum([search.rows[cell] for cell in closed], axis=0)
        for sign in (1.0, -1.0):
            table, _ = attack.reach(sign * together)
            if table is not None:
                search.saw(table)
        closed = search.closed()


def _open(search: _Search, cell: Cell) -> None:
    """Hide what bounds a cell too closely, until its range is open."""
    while not search.is_open(cell):
        binding = search.look(search.attack(), cell)
        if search.is_open(cell):
            return
        candidates = binding or {c for c in search.lattice.cells if c not in search.hidden}
        if not candidates:
            # Nothing of the item is shown any more: what is known is how many answered.
            search.widths = {c: w for c, w in search.widths.items() if c != cell}
            return
        search.hidden.add(min(candidates, key=search.cost))
        _complete(search)
