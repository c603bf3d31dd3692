"""Where a study's people are kept: SQLite in its folder, or a PostgreSQL that somebody runs."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from torg.errors import LackingPart, SurveyError
from torg.study import Study

VARIABLE = "TORG_DATABASE"
FILE = "torg.sqlite3"
PATIENCE = 30  # seconds that a writer waits for another
KEPT = 600  # seconds that a server keeps a connection for the next call

# The log beside the file lets readers read while one writes; what is committed is on the disk
# before it is acknowledged; and what is erased is overwritten.
_ON_OPENING = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA secure_delete=ON;"
)

_HOW = f"write {VARIABLE} as postgresql://user:password@host:5432/name, or leave it out for SQLite"


@dataclass(frozen=True)
class Database:
    """One database: what Django is told of it, and what may be shown of it."""

    settings: Mapping[str, Any]
    shown: str  # no password
    file: Path | None = None  # of SQLite


def database_of(study: Study) -> Database:
    """The study's database, as the environment says.

    Raises SurveyError where the address is none, and LackingPart without psycopg.
    """
    address = os.environ.get(VARIABLE, "").strip()
    return _postgresql(address) if address else _sqlite(study.folder / FILE)


def _sqlite(file: Path) -> Database:
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "CONN_MAX_AGE": KEPT,
        "OPTIONS": {
            "timeout": PATIENCE,
            "transaction_mode": "IMMEDIATE",  # who will write waits before reading, not after
            "init_command": _ON_OPENING,
        },
    }
    return Database(settings, str(file), file)


def _postgresql(address: str) -> Database:
    parts = _parts(address)
    if find_spec("psycopg") is None:
        raise LackingPart(
            f"{VARIABLE} names a PostgreSQL database, and psycopg is not there: "
            "pip install 'torg[postgresql]'."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    name = unquote(parts.path.removeprefix("/"))
    settings = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": PATIENCE, "application_name": "torg", **options},
    }
    return Database(settings, f"postgresql://{host}/{name}")


def _parts(address: str) -> SplitResult:
    """The address in its parts; what is wrong with it is said without it: it holds a password."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise SurveyError(f"{VARIABLE} is no address of a database: {_HOW}.") from None
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise SurveyError(f"{VARIABLE} is no address of a PostgreSQL database: {_HOW}.")
    return parts


def refuse(table: str, *verbs: str) -> Callable[[Any, Any], None]:
    """A step of a migration that lets the database refuse to UPDATE or DELETE a table's rows.

    SQLite drops the triggers of a table that a later migration makes anew: such a migration has to
    take this step again.
    """

    def make(_apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 -- Django's, untyped
        text = _REFUSING[schema_editor.connection.vendor]
        for verb in verbs:
            schema_editor.execute(text.format(table=table, verb=verb), params=None)

    return make


_REFUSING = {
    "sqlite": """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
""",
    "postgresql": """
CREATE OR REPLACE FUNCTION torg_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME
   USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION torg_only_added()
""",
}
