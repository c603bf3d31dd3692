"""What a container is: what holds the rows of a file, whatever the rows mean."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from torg.collect.reading.headers import Head
from torg.collect.reading.table import Layout, Rows

Result = TypeVar("Result")


class Parts(Protocol):
    """Reads a file's rows."""

    def __call__(
        self, path: Path, *, layout: Layout, work: Callable[[Rows], Result]
    ) -> Iterator[tuple[Result, int]]:
        """`work` done on all rows in the order of the file, with the bytes read so far."""


@dataclass(frozen=True)
class Container:
    """Something that holds rows.

    `heads` gives what the columns may be: one for most, several where a file has several sheets or
    lists. The first that a format fits counts. `parts` reads the rows of the head that was chosen;
    its memory does not grow with the file, or the file is refused above a length.
    Both raise `FileRefused` for damage, without the name of the file.
    """

    heads: Callable[[Path], tuple[Head, ...]]
    parts: Parts
