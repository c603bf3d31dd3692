"""Which record a row is: platform, channel, native id and id space, as one 63-bit key.

A key is the lower half of the MD5 of the four, shifted right by one so that it is never negative.
The upper half is the *proof*: two records of one key and different proofs are a collision.
"""

from dataclasses import dataclass

import duckdb
import polars as pl

SEPARATOR = "\x1f"  # the unit separator, which no platform allows in an id

POST = ("platform", "channel", "native_id", "id_space")
REPLIED_POST = ("platform", "channel", "post_native_id", "post_id_space")
PARENT = ("platform", "channel", "parent_native_id", "id_space")
REPLY = POST


@dataclass(frozen=True)
class Identity:
    """How identities become keys. Fewer bits serve tests that need a collision."""

    bits: int = 63

    def key(self, columns: tuple[str, ...]) -> str:
        """SQL for the key: int64, null where a part of the identity is null."""
        return self._key_of(_joined(columns))

    def proof(self, columns: tuple[str, ...]) -> str:
        """SQL for the proof: int64, independent of the key."""
        return f"(md5_number_upper({_joined(columns)}) >> 1)::BIGINT"

    def add(
        self,
        frame: pl.DataFrame,
        connection: duckdb.DuckDBPyConnection,
        **keys: tuple[str, ...],
    ) -> pl.DataFrame:
        """The frame with a key column for each name: the columns it is made of."""
        given = frame.select(
            pl.concat_str(columns, separator=SEPARATOR).alias(name)
            for name, columns in keys.items()
        )
        made = ", ".join(f"{self._key_of(name)} AS {name}" for name in keys)
        return frame.hstack(_run(f"SELECT {made} FROM given", given, connection))

    def proofs(self, frame: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> pl.Series:
        """The proof of every row's own identity."""
        query = f"SELECT {self.proof(POST)} AS proof FROM given"
        return _run(query, frame.select(POST), connection).to_series()

    def _key_of(self, text: str) -> str:
        # The same as md5_number_lower, which takes three times as long: DuckDB calls lower what
        # the number has as its upper half.
        return f"(md5_number({text}) >> {128 - self.bits})::BIGINT"


def _joined(columns: tuple[str, ...]) -> str:
    return f" || chr({ord(SEPARATOR)}) || ".join(columns)


def _run(query: str, given: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    connection.register("given", given.to_arrow())
    made = pl.from_arrow(connection.sql(query).to_arrow_table())
    connection.unregister("given")
    assert isinstance(made, pl.DataFrame)  # noqa: S101 -- a table always becomes a frame
    return made
