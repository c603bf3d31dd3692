"""The keys of what was forgotten, kept so that no file brings the words back.

A key is made of platform, channel and id: it says which record, and nothing of what stood there.
"""

import uuid
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl

from torg.archive.keyset import Keys
from torg.archive.lake import commit, create_tables, listing
from torg.archive.pinned import FOOTER, REWRITE, Pinned
from torg.archive.writing import TableFile, writable

TABLE = "forgotten"


def forgotten(pinned: Pinned) -> Keys:
    """The keys of forgotten posts and replies, sorted."""
    files = pinned.listings[TABLE].files
    columns = [pl.read_parquet(file.path, columns=["key"])["key"].to_numpy() for file in files]
    keys: Keys = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *columns]))
    return keys


def note(folder: Path, keys: Iterable[int]) -> None:
    """Note the keys of posts and replies, before their words are taken out, the lock being held."""
    frame = pl.DataFrame({"key": sorted(set(keys))}, schema={"key": pl.Int64})
    if frame.is_empty():
        return
    with writable(folder):
        create_tables(folder)
        version = listing(folder, TABLE).version
        path = folder / TABLE / f"{REWRITE}-{version + 1}-{uuid.uuid4().hex}.parquet"
        made = TableFile(TABLE, path, footer={FOOTER: "[]"})
        made.write(frame)
        made.close()
        commit(folder, TABLE, add=[path], after=version)
