"""Which of some keys are committed: a few are looked for, for many all are loaded once."""

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from torg.archive.keyset import Keys, KeySet
from torg.archive.pinned import query

FEW = 20_000  # keys; to look for so many costs less than to load and sort a million


class CommittedKeys:
    """The keys in a column of a sub-query."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, rows: str, key: str) -> None:
        self._connection = connection
        self._rows = rows
        self._key = key
        self._asked = 0
        self._all: KeySet | None = None

    def contains(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """For each key whether it is there."""
        self._asked += len(keys)
        if self._all is None and self._asked <= FEW:
            return np.isin(keys, self._found(keys))
        if self._all is None:
            self._all = KeySet(self._column(f"SELECT {self._key} FROM {self._rows}"))
        return self._all.contains(keys)

    def _found(self, keys: Keys) -> Keys:
        self._connection.register("asked", pl.DataFrame({self._key: keys}).to_arrow())
        found = self._column(
            f"SELECT {self._key} FROM {self._rows} SEMI JOIN asked USING ({self._key})"
        )
        self._connection.unregister("asked")
        return found

    def _column(self, sql: str) -> Keys:
        found: Keys = query(self._connection, sql)[self._key].to_numpy()
        return found
