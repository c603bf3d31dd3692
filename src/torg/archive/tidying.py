"""What every writer does before it writes: what is due goes, and small files are joined.

A file is joined with others of its size once there are some, so that the number of files grows with
the logarithm of what is in them, and each row is rewritten a few times in all.
"""

import datetime as dt
from collections import defaultdict
from pathlib import Path

from torg.archive.compacting import KEPT, LARGE, SMALL, expire
from torg.archive.footers import sources_in
from torg.archive.lake import DataFile, fold_log, long_dead
from torg.archive.lapsing import lapse
from torg.archive.leftovers import leftovers, remove
from torg.archive.pinned import Pinned, pin
from torg.archive.rewriting import replace
from torg.archive.tables import TABLES
from torg.archive.writing import writable

TOGETHER = 8  # files of about one size are joined once there are so many
SMALLEST = 2**18  # bytes; whatever is smaller is of one size
FOLDED = 64  # entries of a log, then it is folded into a checkpoint


def upkeep(folder: Path, *, today: dt.date) -> Pinned:
    """The state to write upon, the lock being held: nothing due is left in it."""
    pinned = pin(folder, today=today)
    for task in (_expired, lapse, _tidied):
        if task(folder, pinned):
            pinned = pin(folder, today=today)
    return pinned


def _expired(folder: Path, pinned: Pinned) -> int:
    return expire(folder, pinned.listings["citizens"].files, today=pinned.today)


def _tidied(folder: Path, pinned: Pinned) -> bool:
    """Join what has become many, fold what has become long; whether anything was done."""
    ripe = {table: _ripe(pinned, table) for table in TABLES}
    long = [table for table in TABLES if pinned.listings[table].entries >= FOLDED]
    if long:
        remove(folder, leftovers(folder))
    for table, groups in ripe.items():
        replace(folder, table, groups)
    for table in long:
        with writable(folder):
            fold_log(folder, table)
        for path in long_dead(folder, table, KEPT):
            path.unlink(missing_ok=True)
    return bool(long) or any(ripe.values())


def _ripe(pinned: Pinned, table: str) -> list[list[DataFile]]:
    """Files of about one size, where there are enough of them to be joined.

    What may be kept until a day only lies apart: it will be taken out again.
    """
    limited = frozenset(pinned.committed.drop_nulls("keep_until")["source_id"])
    alike: dict[tuple[int, bool], list[DataFile]] = defaultdict(list)
    for file in pinned.listings[table].files:
        if file.size < SMALL:
            has_limit = not limited.isdisjoint(sources_in(file.path))
            alike[_size_class(file.size), has_limit].append(file)
    ripe = [files for _, files in sorted(alike.items()) if len(files) >= TOGETHER]
    return [files for files in ripe if sum(file.size for file in files) <= LARGE]


def _size_class(size: int) -> int:
    classes = 0
    while size >= SMALLEST:
        size //= TOGETHER
        classes += 1
    return classes
