"""Words that were changed: the newest are kept, and of a reply the newest alone.

A post or reply of which a source says when it was edited leaves a *revision*: that instant, and of
a post the words. The revision with the latest instant holds the words that count. The words of a
reply stand in `citizens`, where the row of the source that brought the latest revision counts.
"""

import duckdb
import polars as pl

from torg.archive.pinned import Pinned, query

NEWEST = """SELECT key, arg_max(struct_pack(source_id, edited_at, text, type, is_question,
        question_rule, length), (edited_at, sources_seen, line)) AS told
    FROM {revisions} JOIN turns USING (source_id) WHERE what = '{what}' GROUP BY key"""


def newest(connection: duckdb.DuckDBPyConnection, pinned: Pinned, what: str) -> pl.DataFrame:
    """key, and source_id, edited_at, text, type, ... of the latest revision of each."""
    turns = pinned.committed.select("source_id", "sources_seen")
    connection.register("turns", turns.to_arrow())
    found = query(
        connection,
        "SELECT key, UNNEST(told) FROM ("
        + NEWEST.format(revisions=pinned.sql("revisions"), what=what)
        + ")",
    )
    connection.unregister("turns")
    return found


class Edits:
    """When each post or reply was last edited, as far as is known and as this source has told."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, pinned: Pinned, what: str) -> None:
        self.what = what
        none = pl.DataFrame(schema={"key": pl.Int64(), "edited_at": pl.Datetime("us", "UTC")})
        self._known = none
        if pinned.files("revisions"):
            held = newest(connection, pinned, what).select(none.columns)
            self._known = held.cast(none.schema)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known to have been edited."""
        return self._known.is_empty()

    def newer(self, records: pl.DataFrame, key: str) -> pl.DataFrame:
        """Of the records with an instant of editing the latest of each, if it is news."""
        edited = records.filter(pl.col("edited_at").is_not_null())
        if edited.is_empty():
            return edited
        latest = edited.sort("edited_at", maintain_order=True).unique(
            key, keep="last", maintain_order=True
        )
        return latest.filter(~self._is_told(latest, key))

    def older(self, records: pl.DataFrame, key: str) -> pl.Series:
        """Of each record whether newer words, or the same, are known already."""
        return self._is_told(records, key)

    def note(self, newer: pl.DataFrame, key: str) -> None:
        """From now on these are known."""
        if newer.height:
            told = newer.select(key=pl.col(key), edited_at="edited_at")
            self._known = pl.concat([self._known, told]).group_by("key").agg(pl.max("edited_at"))

    def _is_told(self, records: pl.DataFrame, key: str) -> pl.Series:
        if self._known.is_empty():
            return pl.repeat(value=False, n=records.height, eager=True)
        known = records.select(key=pl.col(key), mine="edited_at").join(
            self._known, on="key", how="left", maintain_order="left"
        )
        told = known["edited_at"].is_not_null() & (
            known["mine"].is_null() | (known["mine"] <= known["edited_at"])
        )
        return told.fill_null(value=False)


def rows_of(newer: pl.DataFrame, key: str, what: str) -> pl.DataFrame:
    """Rows of `revisions`; columns that a kind does not have are null."""
    nothing = {"text": pl.String, "type": pl.String, "is_question": pl.Boolean}
    nothing |= {"question_rule": pl.String, "length": pl.Int64}
    own = {"post": ("text", "type"), "reply": ("is_question", "question_rule", "length")}[what]
    return newer.select(
        "line",
        "edited_at",
        pl.col(key).alias("key"),
        pl.lit(what).alias("what"),
        *(
            name if name in own else pl.lit(None, dtype=kind).alias(name)
            for name, kind in nothing.items()
        ),
    )
