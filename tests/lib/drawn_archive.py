"""Small drawn tables as a reading of an archive, for tests that measure.

A drawn table looks like this; a lone "-" is a missing value, and so is a column that is not there:

    post | published        | reactions
    1    | 2024-03-04 10:00 | 5
    2    | 2024-03-05 10:00 | -
"""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from torg.archive.tables import TABLES
from torg.register import Channel, Municipality, Register
from torg.study import Study

INSTANT = "%Y-%m-%d %H:%M"


def drawn(text):
    """The rows of a drawn table as dicts of strings."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    names, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell != "-"} for row in rows
    ]


def instant(text):
    """A drawn instant in UTC; seconds may be left out."""
    if isinstance(text, dt.datetime):
        return text
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@dataclass
class DrawnReading:
    """What `torg.archive.Reading` promises, over rows (dicts by the archive's column names)."""

    folder: Path
    rows: dict = field(default_factory=dict)

    def files(self, table):
        """The files that hold a table's rows."""
        if not self.rows.get(table):
            return ()
        path = self.folder / f"{table}.parquet"
        if not path.exists():
            pq.write_table(self._arrow(table), path)
        return (str(path),)

    def tables(self, backend):
        """The tables on an Ibis backend."""
        return {name: self._table(backend, name) for name in TABLES if name != "citizens"}

    def listed_replies(self):
        """The sources that listed replies: none is drawn."""
        import polars as pl

        names = ("source_id", "platform", "channel", "subject")
        schema = {**dict.fromkeys(names, pl.String), "visited_at": pl.Datetime("us", "UTC")}
        return pl.DataFrame(schema=schema)

    def citizens(self, backend):
        """Texts and author keys of replies."""
        return self._table(backend, "citizens")

    @cached_property
    def sources(self):
        """The sources as a frame."""
        import polars as pl

        return pl.DataFrame(pl.from_arrow(self._arrow("sources")))

    def _arrow(self, table):
        schema = TABLES[table]
        whole = [{name: row.get(name) for name in schema.names} for row in self.rows.get(table, [])]
        return pa.Table.from_pylist(whole, schema=schema)

    def _table(self, backend, table):
        files = self.files(table)
        if not files:
            return ibis.memtable(TABLES[table].empty_table())
        return backend.read_parquet(files[0])


def source(name="a", *, access="public_page", exported="2024-06-01 00:00"):
    """A source's row."""
    return {"source_id": name, "access": access, "exported_at": instant(exported)}


def posts_and_snapshots(text, *, platform="facebook", channel="1", followers=None):
    """The archive's posts and snapshots from one drawn table.

    Columns: post and published; and where they matter platform, channel, type, followers, source,
    read (the moment of the counts; without it eight days after publication), bound, reactions,
    comments, shares. A post drawn twice has two snapshots.
    """
    posts, snapshots = {}, []
    for row in drawn(text):
        published = instant(row["published"])
        key = int(row["post"])
        record = {
            "source_id": row.get("source", "a"),
            "post_key": key,
            "native_id": row["post"],
            "id_space": "post",
            "platform": row.get("platform", platform),
            "channel": row.get("channel", channel),
            "published_at": published,
            "type": row.get("type"),
            "followers": _number(row.get("followers", followers)),
        }
        posts.setdefault(key, record)
        counts = {name: _number(row.get(name)) for name in ("reactions", "comments", "shares")}
        if any(value is not None for value in counts.values()):
            read = instant(row["read"]) if "read" in row else published + dt.timedelta(days=8)
            snapshots.append(
                {
                    "source_id": row.get("source", "a"),
                    "post_key": key,
                    "read_at": read,
                    "read_at_is_bound": row.get("bound") == "yes",
                    **counts,
                }
            )
    return {"posts": list(posts.values()), "snapshots": snapshots}


def audience(text, *, platform="facebook", channel="1"):
    """The archive's audience from a drawn table: read, followers; and kind, platform, channel."""
    return [
        {
            "source_id": row.get("source", "a"),
            "platform": row.get("platform", platform),
            "channel": row.get("channel", channel),
            "read_at": instant(row["read"]),
            "followers": int(row["followers"]),
            "kind": row.get("kind", "followers"),
        }
        for row in drawn(text)
    ]


def register(*channels, municipalities=(("0301", 2000),), country="NO", changes=()):
    """A register: channels (code, platform, platform id[, more]) of municipalities.

    A municipality is (code, inhabitants or None[, more]); more is what else the register says.
    """
    return Register(
        municipalities=tuple(
            Municipality(
                country=country,
                code=code,
                names={"nb": f"Place {code}"},
                populations=((dt.date(2024, 1, 1), people),) if people is not None else (),
                **(more[0] if more else {}),
            )
            for code, people, *more in municipalities
        ),
        channels=tuple(
            Channel(
                country=country,
                code=channel[0],
                platform=channel[1],
                platform_id=channel[2],
                **{"address": "", **(channel[3] if len(channel) > 3 else {})},
            )
            for channel in channels
        ),
        changes=tuple(changes),
    )


def study(start="2024-03-04", end="2024-03-31", **more):
    """A study of a window, in Oslo's time unless said otherwise."""
    window = {"from": dt.date.fromisoformat(start), "to": dt.date.fromisoformat(end)}
    return Study(folder=Path("study"), id="drawn", title="Drawn", window=window, **more)


def _number(value):
    return None if value is None else int(value)
