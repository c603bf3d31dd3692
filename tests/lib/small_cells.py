"""One item's answers from small drawn tables, and what an attacker can work out, slowly."""

from itertools import product

from tests.lib.registers import drawn
from torg.disclose.lattice import Lattice


def lattice(table, *, categories=("yes", "no"), number=False):
    """A lattice of a drawn table: answer, and columns of groups (size, county), a line a unit."""
    rows = drawn(table)
    families = [name for name in rows[0] if name not in {"answer", "unit"}]
    within = tuple(
        frozenset({"all", *(f"{f}:{row[f]}" for f in families if row[f])}) for row in rows
    )
    return Lattice(
        categories=("",) if number else tuple(categories),
        groups=tuple(sorted(set().union(*within))),
        answers=tuple("" if number else row["answer"] for row in rows),
        values=tuple(float(row["answer"]) if number else 1.0 for row in rows),
        within=within,
        are_counts=not number,
    )


def slow_ranges(lattice, hidden):
    """The least and the most of each hidden cell, over all ways in which the units may answer."""
    shown = {cell: value for cell, value in lattice.cells.items() if cell not in hidden}
    found = {}
    for answers in product(lattice.categories, repeat=len(lattice.within)):
        told = dict.fromkeys(lattice.cells, 0)
        for own, answer in zip(lattice.within, answers, strict=True):
            for group in own:
                told[group, answer] += 1
        if all(told[cell] == value for cell, value in shown.items()):
            for cell in hidden:
                low, high = found.get(cell, (told[cell], told[cell]))
                found[cell] = (min(low, told[cell]), max(high, told[cell]))
    return found
