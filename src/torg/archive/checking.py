"""Whether the archive is whole: what stands in it agrees, and nothing lies about."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from torg.archive.engine import connect
from torg.archive.identity import POST, Identity
from torg.archive.lake import DataFile
from torg.archive.pinned import Pinned, pin, query
from torg.archive.tables import TABLES
from torg.errors import ArchiveError


@dataclass(frozen=True)
class Finding:
    """Something that is wrong with the archive, in a sentence with the remedy."""

    kind: (
        str  # "damaged", "missing_file", "count", "repeated_key", "wrong_key", "orphan", "leftover"
    )
    table: str
    message: str


def findings(folder: Path, identity: Identity, *, today: dt.date) -> Iterator[Finding]:
    """All that is wrong, but for what killed runs left: only who holds the lock can tell that."""
    try:
        pinned = pin(folder, today=today)
    except (ArchiveError, OSError) as error:
        yield Finding("damaged", "sources", str(error))
        return
    broken = [found for table in TABLES for found in _files(pinned, table)]
    yield from broken
    if not broken:
        with connect() as connection:
            yield from _rejects(connection, pinned)
            yield from _keys(connection, pinned, identity)
            yield from _orphans(connection, pinned)
            yield from _notices(connection, pinned, identity)


def _files(pinned: Pinned, table: str) -> Iterator[Finding]:
    for file in pinned.listings[table].files:
        fault = _fault(file, TABLES[table])
        if fault:
            kind, what = fault
            yield Finding(kind, table, f"{file.path} {what}: restore it from a copy.")


def _fault(file: DataFile, schema: pa.Schema) -> tuple[str, str] | None:
    if not file.path.exists():
        return "missing_file", "is not there"
    try:
        about = pq.ParquetFile(file.path)
        rows, names = about.metadata.num_rows, about.schema_arrow.names
    except (pa.ArrowInvalid, OSError) as error:
        return "damaged", f"cannot be read ({error})"
    if sorted(names) != sorted(schema.names):
        return "damaged", "has other columns than its table"
    if rows != file.rows:
        return "damaged", f"has {rows} rows where its table says {file.rows}"
    return None


def _rejects(connection: duckdb.DuckDBPyConnection, pinned: Pinned) -> Iterator[Finding]:
    """The counts of every source against its rows; those of one that lapsed are gone."""
    connection.register("live", pinned.live.to_arrow())
    wrong = query(
        connection,
        f"""SELECT name, rows_read, rows_accepted, rows_rejected, keep_until,
                count(r.source_id) AS stored
            FROM live LEFT JOIN {pinned.sql("rejects")} r USING (source_id)
            GROUP BY ALL
            HAVING (rows_rejected <> stored AND NOT (stored = 0 AND keep_until IS NOT NULL))
                OR rows_read <> rows_accepted + rows_rejected
            ORDER BY name""",
    )
    for row in wrong.iter_rows(named=True):
        yield Finding(
            "count",
            "sources",
            f"{row['name']}: read {row['rows_read']}, accepted {row['rows_accepted']}, rejected "
            f"{row['rows_rejected']}, but {row['stored']} rejected rows are stored: "
            "restore the archive from a copy.",
        )


def _keys(
    connection: duckdb.DuckDBPyConnection, pinned: Pinned, identity: Identity
) -> Iterator[Finding]:
    """Every record once, under the key that its identity makes."""
    for table, key in (("posts", "post_key"), ("replies", "reply_key")):
        twice, wrong = query(
            connection,
            f"""SELECT count(*) - count(DISTINCT {key}),
                count(*) FILTER ({key} IS DISTINCT FROM {identity.key(POST)})
                FROM {pinned.sql(table)}""",
        ).row(0)
        if twice:
            yield Finding(
                "repeated_key",
                table,
                f"{twice} {table} stand there twice; reading leaves them out.",
            )
        if wrong:
            yield Finding(
                "wrong_key",
                table,
                f"{wrong} {table} have a key that is not theirs: restore from a copy.",
            )


def _orphans(connection: duckdb.DuckDBPyConnection, pinned: Pinned) -> Iterator[Finding]:
    lone = query(
        connection,
        f"""SELECT count(*) FROM {pinned.sql("snapshots")}
            ANTI JOIN {pinned.sql("posts")} USING (post_key)""",
    ).item()
    if lone:
        yield Finding("orphan", "snapshots", f"{lone} snapshots have no post: restore from a copy.")
    revised = query(
        connection,
        f"""SELECT count(*) FROM {pinned.sql("revisions")} ANTI JOIN (
                SELECT post_key AS key FROM {pinned.sql("posts")}
                UNION ALL SELECT reply_key FROM {pinned.sql("replies")}) USING (key)""",
    ).item()
    if revised:
        yield Finding(
            "orphan", "revisions", f"{revised} revisions have no record: restore from a copy."
        )


def _notices(
    connection: duckdb.DuckDBPyConnection, pinned: Pinned, identity: Identity
) -> Iterator[Finding]:
    wrong = query(
        connection,
        f"""SELECT count(*) FROM {pinned.sql("vanished")}
            WHERE key IS DISTINCT FROM {identity.key(POST)}""",
    ).item()
    if wrong:
        yield Finding(
            "wrong_key",
            "vanished",
            f"{wrong} notices have a key that is not theirs: restore from a copy.",
        )
