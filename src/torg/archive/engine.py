"""DuckDB as the archive uses it within itself: offline, in UTC, in memory."""

import duckdb

_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def connect() -> duckdb.DuckDBPyConnection:
    """A connection of its own that never reaches for an extension or the machine's zone."""
    connection = duckdb.connect(config=_OFFLINE)
    connection.execute("SET TimeZone = 'UTC'")
    return connection
