"""Delimited text: CSV and its kin."""

from collections.abc import Callable, Iterator
from pathlib import Path

from torg.collect.containers.shape import Container, Result
from torg.collect.reading.headers import Head, read_head
from torg.collect.reading.parts import each_part
from torg.collect.reading.table import Layout, Rows
from torg.collect.reading.tape import Tape, opened


def _heads(path: Path) -> tuple[Head, ...]:
    with opened(path) as file:
        return (read_head(Tape(file)),)


def _parts(
    path: Path, *, layout: Layout, work: Callable[[Rows], Result]
) -> Iterator[tuple[Result, int]]:
    with opened(path) as file:
        tape = Tape(file)
        read_head(tape)
        for result in each_part(tape, layout=layout, work=work):
            yield result, tape.taken


DELIMITED = Container(_heads, _parts)
