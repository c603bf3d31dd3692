"""Classes with too few answers are joined with their neighbour; what was joined is said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

FEWEST = 2  # of one answer no spread can be told


@dataclass(frozen=True)
class Class:
    """One class of a margin, or several joined ones."""

    labels: tuple[str, ...]
    frame_n: int
    n: int
    alone: bool = False  # of another kind than the rest: joined only where it cannot stand

    @property
    def label(self) -> str:
        """Its labels as one."""
        return " + ".join(self.labels)

    def lacks(self, least: int, *, spares: bool = True) -> bool:
        """Whether it has too few answers. Where all have answered, few are all there are."""
        return self.n < least and not (spares and self.n == self.frame_n)

    def joined(self, other: "Class") -> "Class":
        """Both as one."""
        labels = self.labels + other.labels
        return Class(labels, self.frame_n + other.frame_n, self.n + other.n)


def joined(classes: Sequence[Class], *, least: int, spares: bool = True) -> tuple[Class, ...]:
    """The classes, given in their order, with those that lack answers joined to a neighbour.

    The class with the fewest answers goes first, to the neighbour with fewer answers. A class that
    is `alone` is joined only where it has fewer than two. `spares` leaves those be of which all
    have answered.
    """
    own = [c for c in classes if not c.alone]
    rest = [c for c in classes if c.alone]
    merged = _until(own, lambda c: c.lacks(max(least, FEWEST), spares=spares))
    return tuple(_until([*merged, *rest], lambda c: c.lacks(FEWEST)))


def join_one(classes: Sequence[Class], label: str) -> tuple[Class, ...]:
    """The class of that label joined with its neighbour, whatever it has."""
    place = next(i for i, c in enumerate(classes) if c.label == label)
    return tuple(_merged(list(classes), place))


def said(margin: str, classes: Iterable[Class]) -> tuple[str, ...]:
    """What was joined, a line each."""
    return tuple(f"{margin}: {c.label}" for c in classes if len(c.labels) > 1)


def new_labels(classes: Iterable[Class]) -> dict[str, str]:
    """From the label of each class before to that after."""
    return {label: c.label for c in classes for label in c.labels}


def _until(classes: list[Class], lacks: Callable[[Class], bool]) -> list[Class]:
    while len(classes) > 1 and any(lacks(c) for c in classes):
        short = [i for i, c in enumerate(classes) if lacks(c)]
        classes = _merged(classes, min(short, key=lambda i: (classes[i].n, i)))
    return classes


def _merged(classes: list[Class], place: int) -> list[Class]:
    sides = [i for i in (place - 1, place + 1) if 0 <= i < len(classes)]
    side = min(sides, key=lambda i: (classes[i].alone, classes[i].n, i))
    first, second = sorted((place, side))
    return [*classes[:first], classes[first].joined(classes[second]), *classes[second + 1 :]]
