"""One source into the archive: all of it or nothing, and the row in `sources` last."""

import datetime as dt
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from torg import __version__
from torg.archive.engine import connect
from torg.archive.identity import POST, Identity
from torg.archive.intake import Intake, Terms, chunks
from torg.archive.linking import links
from torg.archive.pinned import Pinned, query, select
from torg.archive.superseding import carried, carried_revisions, carried_ties, inherited
from torg.archive.writing import Attempt
from torg.collect import VISITS, Batch, Provenance
from torg.errors import ArchiveError

RECORD_TABLES = (
    "posts", "snapshots", "replies", "citizens", "audience", "rejects",
    "visits", "vanished", "revisions", "sightings", "observations",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Appended:
    """What was taken in. `source_id` is None when the source was there and nothing changed."""

    source_id: str | None
    read: int  # rows of the file
    accepted: int
    rejected: int
    posts_new: int = 0
    snapshots_new: int = 0  # readings: post and moment
    replies_new: int = 0
    revised: int = 0  # posts and replies of which newer words came
    vanished: int = 0  # notices that something is gone
    channels: frozenset[tuple[str, str]] = frozenset()  # platform and channel of every record


@dataclass(frozen=True, kw_only=True)
class Import:
    """All that decides one import, the lock being held."""

    folder: Path
    source: Provenance
    source_id: str
    state: Pinned  # what is committed
    known: Pinned  # what the new records are compared with: without what they supersede
    supersedes: str | None
    terms: Terms
    identity: Identity
    now: dt.datetime


def begin(
    folder: Path,
    source: Provenance,
    *,
    pinned: Pinned,
    terms: Terms,
    identity: Identity,
    now: dt.datetime,
) -> Import:
    """An import whose source supersedes the one of the same file, if there is any.

    Instants of commit follow each other even where the clock was set back.
    """
    older = pinned.live.filter(pl.col("sha256") == source.sha256)["source_id"].to_list()
    supersedes = older[-1] if older else None
    latest = pinned.committed["committed_at"].max()
    if isinstance(latest, dt.datetime):
        now = max(now, latest + dt.timedelta(microseconds=1))
    return Import(
        folder=folder,
        source=source,
        source_id=uuid.uuid4().hex,
        state=pinned,
        known=pinned if supersedes is None else pinned.without(supersedes),
        supersedes=supersedes,
        terms=terms
        if supersedes is None
        else inherited(pinned, supersedes, terms, today=now.date()),
        identity=identity,
        now=now,
    )


def unchanged(pinned: Pinned, source: Provenance, *, keyed: bool) -> Appended | None:
    """What is said of a source that was taken with the same options; None if it was not.

    A file that was taken with the author key tells nothing new without it. A run is one run, and
    once taken is taken.
    """
    lapsed = pl.col("source_id").is_in(sorted(pinned.lapsed_ids))
    as_limited = pl.col("keep_until").eq_missing(pl.lit(source.keep_until, dtype=pl.Date))
    same = pinned.live.filter(pl.col("sha256") == source.sha256, ~lapsed | as_limited)
    if source.kind != "run":
        known = {_options(source, keyed=keyed), _options(source, keyed=True)}
        same = same.filter(pl.col("options").is_in(known))
    if same.is_empty():
        return None
    row = same.row(0, named=True)
    with connect() as connection:
        channels = _channels(connection, pinned, row["source_id"])
    return Appended(
        source_id=None,
        read=row["rows_read"],
        accepted=row["rows_accepted"],
        rejected=row["rows_rejected"],
        channels=channels,
    )


def _options(source: Provenance, *, keyed: bool) -> str:
    """How the file was read, and of one with authors whether they could be keyed; not the key."""
    if not source.has_authors:
        return source.options
    return json.dumps(
        {**json.loads(source.options), "authors": keyed}, ensure_ascii=False, sort_keys=True
    )


def run(job: Import, batches: Iterable[Batch]) -> Appended:
    """Take in every batch and commit."""
    with connect() as connection, Attempt(job.folder, job.source_id) as attempt:
        intake = Intake(attempt, job.known, job.terms, job.identity, connection)
        for chunk in chunks(batches):
            intake.take(chunk)
        intake.end()
        new = attempt.rows("posts")
        attempt.write("visits", _looked(job, intake))
        if job.supersedes is not None:
            posts = carried(connection, job.state, job.known, intake.seen)
            attempt.write("posts", posts)
            told = carried_revisions(connection, job.state, job.supersedes, posts)
            attempt.write("revisions", told)
        files = attempt.finish(RECORD_TABLES)
        if len(intake.reworded):
            attempt.keep_last("citizens", "reply_key", pl.Series(intake.reworded.to_numpy()))
        _refuse_collisions(job, intake, files, connection)
        tied = links(
            connection, known=job.known, posts=files.get("posts"), spaces=intake.tally.spaces
        )
        attempt.write("links", tied)
        if job.supersedes is not None:
            attempt.write(
                "links",
                carried_ties(connection, job.state, job.supersedes, job.terms.gone.keys),
            )
        files |= attempt.finish(["links"])
        repeated = _repeated(job, intake, files, connection)
        done = _appended(job, intake, attempt, posts_new=new, repeated=repeated)
        _commit(job, attempt, files, done, repeated)
    return done


def _commit(
    job: Import, attempt: Attempt, files: dict[str, Path], done: Appended, repeated: int
) -> None:
    for table in files:
        attempt.commit(table, after=job.known.listings[table].version)
    attempt.write("sources", _source_row(job, done, repeated))
    attempt.finish(["sources"])
    # Only if nobody has committed since the records were compared: else they may be there twice.
    attempt.commit("sources", after=job.known.listings["sources"].version)


def _looked(job: Import, intake: Intake) -> pl.DataFrame:
    """That a file showed these channels, and of these their replies, though nothing was new."""
    if job.source.kind != "file":
        return pl.DataFrame(schema=VISITS)
    tally = intake.tally
    shown = {"file": tally.channels, "replies": tally.replied}
    rows = [(*channel, what) for what, channels in shown.items() for channel in sorted(channels)]
    visits = pl.DataFrame(rows, schema=["platform", "channel", "what"], orient="row")
    at = job.source.exported_at or job.now
    return visits.select(
        pl.col(name)
        if name in visits.columns
        else pl.lit({"visited_at": at, "outcome": "ok"}.get(name)).alias(name)
        for name in VISITS
    ).cast(VISITS)  # type: ignore[arg-type]


def _appended(
    job: Import, intake: Intake, attempt: Attempt, *, posts_new: int, repeated: int
) -> Appended:
    tally = intake.tally
    return Appended(
        source_id=job.source_id,
        read=tally.read,
        accepted=tally.read - tally.rejected,
        rejected=tally.rejected,
        posts_new=posts_new,
        snapshots_new=attempt.rows("snapshots") - repeated,
        replies_new=attempt.rows("replies"),
        revised=tally.revised,
        vanished=attempt.rows("vanished"),
        channels=frozenset(tally.channels),
    )


def _source_row(job: Import, done: Appended, repeated: int) -> pl.DataFrame:
    source = job.source
    row = {
        **{
            name: getattr(source, name)
            for name in (
                "kind", "name", "sha256", "format", "zone", "exported_at", "exported_at_basis",
                "access", "may_publish", "keep_until",
            )
        },
        "options": _options(source, keyed=job.terms.pseudonyms is not None),
        "rows_read": done.read,
        "rows_accepted": done.accepted,
        "rows_rejected": done.rejected,
        "supersedes": job.supersedes,
        "sources_seen": job.state.committed.height,
        "readings_repeated": repeated,
        "code_version": __version__,
        "committed_at": job.now,
    }  # fmt: skip
    schema = job.known.committed.drop("source_id").schema
    return pl.DataFrame([row], schema=schema)


def _refuse_collisions(
    job: Import, intake: Intake, files: dict[str, Path], connection: duckdb.DuckDBPyConnection
) -> None:
    """Compare every record that was taken for a known one with the record that is known."""
    for table, seen in intake.seen.items():
        if not seen.repeats:
            continue
        key = {"posts": "post_key", "replies": "reply_key"}[table]
        connection.register("again", pl.concat(seen.repeats).unique().to_arrow())
        here = select(table, [files[table]] if table in files else [])
        rows = f"(SELECT * FROM {job.known.sql(table)} UNION ALL SELECT * FROM {here})"
        proof = job.identity.proof(POST)
        collided = query(
            connection,
            f"SELECT r.native_id FROM again a JOIN {rows} r ON r.{key} = a.key "
            f"WHERE {proof} <> a.proof LIMIT 1",
        )
        connection.unregister("again")
        if collided.height:
            raise ArchiveError(
                f"{job.source.name}: a record has the same key as the record "
                f"{collided.item()} though they differ, so nothing of the file was kept: "
                "please report this to Torg's authors, with the two ids."
            )


def _repeated(
    job: Import, intake: Intake, files: dict[str, Path], connection: duckdb.DuckDBPyConnection
) -> int:
    """How many written snapshots are of a post and moment that is there already."""
    if "snapshots" not in files:
        return 0
    if not intake.seen["posts"].repeats and job.supersedes is None:
        # A reading that is there already is of a post that is there already.
        return 0
    here = select("snapshots", [files["snapshots"]])
    found = query(
        connection,
        f"""WITH here AS (SELECT post_key, read_at FROM {here}),
            different AS (SELECT DISTINCT post_key, read_at FROM here)
            SELECT (SELECT count(*) FROM here) - (
                SELECT count(*) FROM different
                ANTI JOIN {job.known.sql("snapshots")} USING (post_key, read_at))""",
    )
    return int(found.item())


def _channels(
    connection: duckdb.DuckDBPyConnection, pinned: Pinned, source_id: str
) -> frozenset[tuple[str, str]]:
    """The channels of which a committed source told something."""
    mine = f"source_id = '{source_id}'"
    found = query(
        connection,
        f"""SELECT platform, channel FROM {pinned.sql("posts")} SEMI JOIN
                (SELECT post_key FROM {pinned.sql("snapshots")} WHERE {mine}) USING (post_key)
            UNION SELECT platform, channel FROM {pinned.sql("replies")} WHERE {mine}
            UNION SELECT platform, channel FROM {pinned.sql("audience")} WHERE {mine}""",
    )
    return frozenset(found.rows())
