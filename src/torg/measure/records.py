"""The archive's records on an engine, as integers and with records of one post tied together."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import polars as pl
from ibis import Table

from torg.archive import Reading
from torg.measure.engine import Engine
from torg.measure.followed import reply_exports

_PLACE = ("platform", "channel")
SOURCES = {"source_id": pl.String, "access": pl.String, "exported_s": pl.Int64}


@dataclass(frozen=True, kw_only=True)
class Records:
    """The archive's tables. Instants are seconds since 1970-01-01T00:00Z, in columns named *_s.

    `posts` holds each post once; the keys of snapshots and replies are those of the counted posts.
    """

    posts: Table  # platform, channel, native_id, post_key, published_s, type, followers, access
    all_posts: Table  # the same of every record, under the key of the post that is counted
    snapshots: Table  # post_key, read_s, is_bound, reactions, comments, shares, access
    replies: Table
    audience: Table
    citizens: Table
    seen: Table  # platform, channel, exported_s, access: which sources held posts or audiences
    exports: pl.DataFrame  # which sources had replies of what: see `reply_exports`


def records(reading: Reading, engine: Engine) -> Records:
    """Everything that counts in a reading of the archive."""
    tables = reading.tables(engine.backend)
    same = _same(tables["links"], engine) if reading.files("links") else None
    sources = engine.table(_sources(reading.sources))
    plain = _posts(tables["posts"], engine, sources)
    all_posts = _rekeyed(plain, same)
    return Records(
        posts=plain if same is None else _tied(plain, same),
        all_posts=all_posts,
        snapshots=_snapshots(tables["snapshots"], engine, sources, same),
        replies=_replies(tables["replies"], engine, sources, same),
        audience=_audience(tables["audience"], engine, sources),
        citizens=reading.citizens(engine.backend).select("reply_key", "author_key"),
        seen=_seen(reading, tables, engine, sources),
        exports=reply_exports(reading, tables["replies"], all_posts, engine),
    )


def _sources(sources: pl.DataFrame) -> pl.DataFrame:
    return sources.select(
        "source_id", "access", exported_s=pl.col("exported_at").dt.epoch("s").cast(pl.Int64)
    )


def _seen(reading: Reading, tables: Mapping[str, Table], engine: Engine, sources: Table) -> Table:
    places = [
        tables["posts"].select(*_PLACE, "source_id"),
        tables["audience"].select(*_PLACE, "source_id"),
        *_read_again(tables["posts"], tables["snapshots"], reading.sources, engine),
    ]
    distinct = ibis.union(*(place.distinct() for place in places), distinct=True)
    return distinct.join(sources, "source_id").drop("source_id")


def _read_again(
    posts: Table, snapshots: Table, sources: pl.DataFrame, engine: Engine
) -> list[Table]:
    """The channels of posts that a source read though another had brought them; [] without any.

    Every source has a reading of each post that it brought, but for posts that it took over from
    the source that it supersedes. So only one with more readings than posts, or that supersedes
    another, can hold readings of others' posts, and only such sources' are looked through.
    """
    brought = engine.fetch(posts.group_by("source_id").aggregate(posts=posts.count()))
    read = engine.fetch(snapshots.group_by("source_id").aggregate(readings=snapshots.count()))
    both = read.join(brought, on="source_id", how="left")
    heirs = sources.filter(pl.col("supersedes").is_not_null())["source_id"]
    more = both.filter(
        (pl.col("readings") > pl.col("posts").fill_null(0))
        | pl.col("source_id").is_in(heirs.implode())
    ).select("source_id")
    if more.is_empty():
        return []
    again = snapshots.semi_join(engine.table(more.sort("source_id")), "source_id")
    keys = again.select("source_id", "post_key").distinct()
    return [keys.join(posts.select("post_key", *_PLACE), "post_key").drop("post_key")]


def _same(links: Table, engine: Engine) -> Table:
    """Each tied record with the one that is counted; of several, the lowest key."""
    counted = links.group_by("same_as_key").aggregate(post_key=links.post_key.min())
    return engine.materialise(counted)


def _posts(posts: Table, engine: Engine, sources: Table) -> Table:
    return posts.join(sources, "source_id").select(
        "platform",
        "channel",
        "native_id",
        "access",
        "post_key",
        "type",
        "followers",
        published_s=engine.seconds(posts.published_at),
    )


def _tied(posts: Table, same: Table) -> Table:
    """The counted records, with what only the record tied to them knows."""
    tied = posts.join(same, posts.post_key == same.same_as_key)
    known = tied.group_by(counted_key=tied.post_key_right).aggregate(
        other_type=tied.type.min(), other_followers=tied.followers.max()
    )
    counted = posts.anti_join(same, posts.post_key == same.same_as_key)
    joined = counted.left_join(known, counted.post_key == known.counted_key)
    return joined.mutate(
        type=ibis.coalesce(joined.type, joined.other_type),
        followers=ibis.coalesce(joined.followers, joined.other_followers),
    ).select(posts.columns)


def _snapshots(snapshots: Table, engine: Engine, sources: Table, same: Table | None) -> Table:
    plain = snapshots.join(sources, "source_id").select(
        "access",
        "post_key",
        "reactions",
        "comments",
        "shares",
        read_s=engine.seconds(snapshots.read_at),
        is_bound=ibis.coalesce(snapshots.read_at_is_bound, ibis.literal(value=False)),
    )
    return _rekeyed(plain, same)


def _replies(replies: Table, engine: Engine, sources: Table, same: Table | None) -> Table:
    plain = replies.join(sources, "source_id").select(
        "platform",
        "channel",
        "access",
        "exported_s",
        "reply_key",
        "post_key",
        "parent_key",
        "is_owner",
        "is_question",
        "question_rule",
        published_s=engine.seconds(replies.published_at),
    )
    return _rekeyed(plain, same)


def _audience(audience: Table, engine: Engine, sources: Table) -> Table:
    known = audience.filter(audience.followers.notnull())
    return known.join(sources, "source_id").select(
        "platform",
        "channel",
        "access",
        "followers",
        "kind",
        read_s=engine.seconds(audience.read_at),
    )


def _rekeyed(rows: Table, same: Table | None) -> Table:
    if same is None:
        return rows
    counted = same.select("same_as_key", counted_key="post_key")
    joined = rows.left_join(counted, rows.post_key == counted.same_as_key)
    return joined.mutate(post_key=ibis.coalesce(joined.counted_key, joined.post_key)).select(
        rows.columns
    )
