"""NDJSON: one JSON object a line, as tools that never stop write it.

A line that is no object, the last one of a file that was cut short among them, is broken; the
others go in. Nothing of a broken line is kept, for what it holds cannot be told.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from torg.collect.containers.objects import parsed, paths_of
from torg.collect.containers.picker import Picker
from torg.collect.containers.shape import Container, Result
from torg.collect.reading.headers import Head
from torg.collect.reading.table import Dialect, Layout, Rows
from torg.collect.reading.tape import Tape, opened

_DIALECT = Dialect("", container="json_lines", by_name=True)


def begins_with_lines(path: Path) -> bool:
    """Whether one of the first two lines is an object of its own, and not the only line."""
    with opened(path) as file:
        lines = list(islice(_filled(Tape(file)), 2))
    return len(lines) > 1 and any(parsed(line) is not None for line in lines)


def _filled(tape: Tape) -> Iterator[bytes]:
    while line := tape.read_line():
        if line.strip():
            yield line


def _heads(path: Path) -> tuple[Head, ...]:
    """The paths of all objects in the first block."""
    with opened(path) as file:
        block = Tape(file).read_lines()
    lines = block.data.splitlines() if block else []
    objects = (parsed(line) for line in lines)
    return (Head(paths_of(one for one in objects if one is not None), _DIALECT),)


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    picker = Picker(layout)
    with opened(path) as file:
        tape = Tape(file)
        while block := tape.read_lines():
            lines = [
                (line, number)
                for number, line in enumerate(block.data.splitlines(), block.line)
                if line.strip()
            ]
            raws, numbers = [line for line, _ in lines], [number for _, number in lines]
            yield work(picker.rows(raws, numbers)), tape.taken


JSON_LINES = Container(_heads, _parts)
