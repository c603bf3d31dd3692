"""Rows of a whole file in order: the quick reader on several threads, the careful one at need."""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from torg.collect.reading.careful import careful_rows
from torg.collect.reading.clear import clear_rows
from torg.collect.reading.table import Layout, Rows
from torg.collect.reading.tape import Block, Tape

# Memory is bounded by the blocks in flight. What is read does not depend on their number.
MOST_WORKERS = 4
Result = TypeVar("Result")


def each_part(tape: Tape, *, layout: Layout, work: Callable[[Rows], Result]) -> Iterator[Result]:
    """`work` done on all rows of the tape, part by part, in the order of the file."""
    if layout.dialect.spaced:
        yield from map(work, careful_rows(tape, layout=layout))
        return
    workers = min(MOST_WORKERS, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        yield from _quick(tape, layout=layout, work=work, pool=pool, depth=workers + 1)


def _quick(
    tape: Tape,
    *,
    layout: Layout,
    work: Callable[[Rows], Result],
    pool: ThreadPoolExecutor,
    depth: int,
) -> Iterator[Result]:
    def done(block: Block) -> Result | None:
        rows = clear_rows(block, layout=layout)
        return None if rows is None else work(rows)

    waiting: deque[tuple[Block, Future[Result | None]]] = deque()
    try:
        while True:
            while len(waiting) < depth and (block := tape.read_block()):
                waiting.append((block, pool.submit(done, block)))
            if not waiting:
                return
            block, future = waiting.popleft()
            if (result := future.result()) is not None:
                yield result
                continue
            # The ends of later blocks were found by this one's quotes, so they are read again.
            again = b"".join([block.data, *(later.data for later, _ in waiting)])
            tape.put_back(again, line=block.line)
            _drop(waiting)
            yield from map(work, careful_rows(tape, layout=layout, until=len(block.data)))
    finally:
        _drop(waiting)


def _drop(waiting: deque[tuple[Block, Future[Result | None]]]) -> None:
    for _, future in waiting:
        future.cancel()
    waiting.clear()
