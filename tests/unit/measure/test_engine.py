"""An engine is opened by its name, and never fetches parts by itself."""

import pytest

from torg.errors import MeasureError
from torg.measure.engine import connect


def test_an_unknown_engine_is_refused_with_those_that_exist():
    with pytest.raises(MeasureError, match="'sqlite': choose one of duckdb, spark"):
        connect("sqlite")


def test_duckdb_installs_and_loads_nothing_by_itself():
    engine = connect("duckdb", threads=2)
    sql = "SELECT value FROM duckdb_settings() WHERE name LIKE 'auto%known_extensions'"
    assert set(engine.backend.raw_sql(sql).fetchall()) == {("false",)}
    assert engine.backend.raw_sql("SELECT current_setting('threads')").fetchone() == (2,)
