"""Files of which nothing can be read: refused with what most of their rows lack."""

from collections import Counter
from collections.abc import Iterator

import polars as pl

from torg.collect.known import NOBODYS
from torg.collect.records import Batch
from torg.errors import FileRefused

_CELL = r"(?s) is '.*', which "  # the quoted cell, which differs where the reason does not


def fruitful(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The batches as they come; raises `FileRefused` at the end where every row was rejected.

    Whoever takes the batches in must therefore keep nothing before the last one has come.
    """
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    accepted = 0
    for batch in batches:
        accepted += batch.rows_read - batch.rejects.height
        if not accepted:
            _note(batch.rejects, counts, first)
        yield batch
    if counts and not accepted:
        raise FileRefused(_why(counts, first))


def _note(rejects: pl.DataFrame, counts: Counter[str], first: dict[str, tuple[int, str]]) -> None:
    kinds = rejects.with_columns(kind=pl.col("reason").str.replace(_CELL, " "))
    grouped = kinds.group_by("kind", maintain_order=True).agg(
        pl.len(), pl.col("line").first(), pl.col("reason").first()
    )
    for kind, rows, line, reason in grouped.iter_rows():
        counts[kind] += rows
        first.setdefault(kind, (line, reason))


def _why(counts: Counter[str], first: dict[str, tuple[int, str]]) -> str:
    kind, rows = counts.most_common(1)[0]
    line, reason = first[kind]
    read = counts.total()
    share = "" if rows == read else f" ({rows} of {read} rows)"
    if kind == NOBODYS:
        return f"none of its rows may enter; line {line}: {reason}{share}"
    return (
        f"none of its rows can be read; line {line}: {reason}{share}. Mend the file, or import it "
        "as it was exported, for a spreadsheet that saves a file changes its times and ids"
    )
