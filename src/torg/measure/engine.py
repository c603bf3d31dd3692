"""The engines that a measure runs on: DuckDB in this process, or Apache Spark."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import polars as pl
from ibis import Table
from ibis.backends import BaseBackend
from ibis.util import gen_name

from torg.errors import LackingPart, MeasureError

_MICROSECONDS = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Engine:
    """A backend of Ibis, and the few things that Ibis does not do the same way on each."""

    name: str
    backend: BaseBackend
    microseconds: Callable[[ir.Value], ir.Value]  # of an instant, since 1970-01-01T00:00Z
    keep: Callable[[str, Table], None]  # compute a table and keep it under a name
    load: Callable[[str, pl.DataFrame], None]  # put a small frame there under a name
    fetch: Callable[[Table], pl.DataFrame]  # bring a small result here

    def seconds(self, instant: ir.Value) -> ir.IntegerValue:
        """Whole seconds since 1970-01-01T00:00Z; parts of a second are cut off."""
        return (self.microseconds(instant) // _MICROSECONDS).cast("int64")

    def materialise(self, table: Table) -> Table:
        """Compute `table` now; the engine keeps the result until it is closed."""
        name = gen_name("torg")
        self.keep(name, table)
        return self.backend.table(name)

    def table(self, frame: pl.DataFrame) -> Table:
        """Put a small frame onto the engine; Ibis's own memory tables lose types on Spark."""
        name = gen_name("torg")
        self.load(name, frame)
        return self.backend.table(name)


def connect(name: str, *, threads: int | None = None) -> Engine:
    """Open an engine by its name; `threads` None means all that the machine has.

    Raises MeasureError for a name that no engine has, LackingPart where the machine lacks a part.
    """
    if name not in ENGINES:
        known = ", ".join(sorted(ENGINES))
        raise MeasureError(f"There is no engine '{name}': choose one of {known}.")
    return ENGINES[name](threads)


def _duckdb(threads: int | None) -> Engine:
    config: dict[str, Any] = {
        # A measure never fetches anything: what DuckDB lacks is an error, not a download.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        # Nothing here reads the order of rows; every result is sorted by its keys.
        "preserve_insertion_order": False,
    }
    if threads is not None:
        config["threads"] = threads
    backend = ibis.duckdb.connect(**config)
    backend.raw_sql("SET TimeZone = 'UTC'")
    return Engine(
        name="duckdb",
        backend=backend,
        microseconds=_builtin("epoch_us"),
        keep=lambda name, table: _create(backend, name, table),
        load=lambda name, frame: _create(backend, name, ibis.memtable(frame.to_arrow())),
        fetch=backend.to_polars,
    )


def _create(backend: BaseBackend, name: str, content: Table) -> None:
    backend.create_table(name, content, temp=True)


def _spark(threads: int | None) -> Engine:
    session = _spark_session(threads)
    backend = ibis.pyspark.connect(session)

    def keep(name: str, table: Table) -> None:
        # A checkpoint also forgets how it was made; a cached view would be planned anew, with all
        # the views below it, by every query that uses it.
        view = gen_name("torg")
        backend.create_view(view, table)
        session.table(view).localCheckpoint().createOrReplaceTempView(name)
        session.catalog.dropTempView(view)

    def load(name: str, frame: pl.DataFrame) -> None:
        session.createDataFrame(frame.to_arrow()).createOrReplaceTempView(name)

    def fetch(table: Table) -> pl.DataFrame:
        name = gen_name("torg")
        backend.create_view(name, table)
        answer = session.table(name).toArrow()
        session.catalog.dropTempView(name)
        return pl.DataFrame(pl.from_arrow(answer))

    return Engine(
        name="spark",
        backend=backend,
        microseconds=_builtin("unix_micros"),
        keep=keep,
        load=load,
        fetch=fetch,
    )


def _spark_session(threads: int | None) -> Any:  # noqa: ANN401 -- pyspark need not be there
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise LackingPart(
            "Spark is not installed: install torg with the extra 'spark', and Java 17 or later."
        ) from error
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    master = os.environ.get("TORG_SPARK_MASTER", f"local[{threads or '*'}]")
    builder = SparkSession.builder.master(master).appName("torg")
    if master.startswith("local"):
        # Two hundred shuffles, the default, are for a cluster; here they would only wait in line.
        builder = builder.config("spark.sql.shuffle.partitions", "4")
    return (
        builder.config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", _warehouse().name)
        .getOrCreate()
    )


@cache
def _warehouse() -> "TemporaryDirectory[str]":
    """A folder for the tables that nobody makes, else Spark makes one where the user stands."""
    return TemporaryDirectory(prefix="torg-spark-")


def _builtin(name: str) -> Callable[[ir.Value], ir.Value]:
    def call(instant: ir.Value) -> None: ...

    signature = ((dt.Timestamp(timezone="UTC"),), dt.int64)
    function: Callable[[ir.Value], ir.Value] = ibis.udf.scalar.builtin(
        call, name=name, signature=signature
    )
    return function


ENGINES: Mapping[str, Callable[[int | None], Engine]] = {"duckdb": _duckdb, "spark": _spark}
