"""What may be kept until a day only: after it, the records leave every file, for good.

What another source has told again stays and is that source's from then on: a post of which another
has a reading, a reply that another has sighted. The row in `sources` stays, with its counts.
"""

from pathlib import Path

import duckdb
import polars as pl

from torg.archive.engine import connect
from torg.archive.footers import sources_in
from torg.archive.lake import DataFile
from torg.archive.pinned import LAPSING, Pinned, query
from torg.archive.rewriting import Change, drop_dead, replace

# The source that may keep a record for longest; of several the one that was there first.
_HEIR = (
    """arg_max(source_id, (coalesce(keep_until, DATE '9999-12-31'), -sources_seen, source_id))"""
)


def lapse(folder: Path, pinned: Pinned) -> int:
    """Take out what may be kept no longer, the lock being held; how many files were rewritten.

    `pinned` has the day that it is. Killed on the way, it goes on from there the next time.
    """
    lapsed = frozenset(_lapsed(pinned))
    due = {table: _holding(pinned, table, lapsed) for table in LAPSING}
    due = {table: files for table, files in due.items() if files}
    if not due:
        return 0
    with connect() as connection:
        heirs = {table: _heirs(connection, pinned, table) for table in due}
    for table, files in due.items():
        key, _ = pinned.told_again(table)
        change = _hand_over(key, heirs[table], lapsed=lapsed, superseded=lapsed - pinned.live_ids)
        replace(folder, table, [[file] for file in files], change=change)
        drop_dead(folder, table)
    return sum(map(len, due.values()))


def _lapsed(pinned: Pinned) -> list[str]:
    """The lapsed sources, those that were superseded too."""
    passed = pinned.committed.filter(pl.col("keep_until") < pinned.today)
    return passed["source_id"].to_list()


def _holding(pinned: Pinned, table: str, lapsed: frozenset[str]) -> list[DataFile]:
    if not lapsed:
        return []
    files = pinned.listings[table].files
    return [file for file in files if not lapsed.isdisjoint(sources_in(file.path))]


def _heirs(connection: duckdb.DuckDBPyConnection, pinned: Pinned, table: str) -> pl.DataFrame:
    """Key and heir: who has told again what a lapsed source told."""
    key, tellers = pinned.told_again(table)
    schema = {"told": pl.Int64(), "heir": pl.String()}
    if not tellers or not pinned.lapsed(table):
        return pl.DataFrame(schema=schema)
    turns = pinned.live.select("source_id", "sources_seen", "keep_until")
    connection.register("turns", turns.to_arrow())
    connection.register("lapsed", pl.DataFrame({"source_id": sorted(pinned.lapsed_ids)}).to_arrow())
    told = " UNION ALL ".join(
        f"SELECT {column} AS told, source_id FROM {pinned.sql(of)}" for of, column in tellers
    )
    return query(
        connection,
        f"""WITH theirs AS (
                SELECT {key} AS told FROM {pinned.sql(table)} SEMI JOIN lapsed USING (source_id))
            SELECT told, {_HEIR} AS heir FROM ({told}) JOIN turns USING (source_id)
            SEMI JOIN theirs USING (told) GROUP BY told""",
    )


def _hand_over(
    key: str, heirs: pl.DataFrame, *, lapsed: frozenset[str], superseded: frozenset[str]
) -> Change:
    """Rows of lapsed sources go to their heirs; without one they go."""

    def change(rows: pl.DataFrame) -> pl.DataFrame:
        passed = pl.col("source_id").is_in(sorted(lapsed))
        if not heirs.height:
            return rows.filter(~passed)
        joined = rows.join(heirs, left_on=key, right_on="told", how="left", maintain_order="left")
        heir = pl.when(~pl.col("source_id").is_in(sorted(superseded))).then("heir")
        owner = pl.when(passed).then(heir).otherwise("source_id")
        return joined.with_columns(source_id=owner).drop_nulls("source_id").drop("heir")

    return change
