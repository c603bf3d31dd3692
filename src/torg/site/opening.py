"""Open the database of a study's people: made and brought up to date where that is needed."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, IntegrityError, OperationalError, ProgrammingError

from torg.errors import SurveyError, Unreachable
from torg.site.alone import alone
from torg.site.configured import configure
from torg.site.database import VARIABLE, Database, database_of
from torg.study import Study

P = ParamSpec("P")
R = TypeVar("R")

_OWNER_ONLY = 0o600  # names and addresses lie in it


@dataclass(frozen=True)
class People:
    """The database of a study's people, open."""

    study: Study
    shown: str  # where it is, without a password


_open: Database | None = None


def open_people(study: Study) -> People:
    """Open the study's database; it is made, and brought up to date, where that is needed.

    The process then speaks to this study's database until another study's is opened. Raises
    SurveyError where the database is no database, another study's, or made by a newer Torg;
    Unreachable where a PostgreSQL does not answer; LackingPart without its driver.
    """
    global _open
    database = database_of(study)
    is_there = database.file is None or database.file.is_file()
    if _open != database or not is_there:
        configure()
        _open = None
        _turn_to(database)
        with _said_plainly(database):
            _bring_up_to_date(database)
            _require_own(study, database)
        _open = database
    return People(study, database.shown)


def close_people() -> None:
    """Close this thread's connection; the next call opens it anew."""
    global _open
    _open = None
    if DEFAULT_DB_ALIAS in connections.settings:
        connections[DEFAULT_DB_ALIAS].close()


def with_people(
    function: Callable[Concatenate[Study, P], R],
) -> Callable[Concatenate[Study, P], R]:
    """Make a function of a study open its database first, and say plainly what went wrong."""

    @wraps(function)
    def opened(study: Study, /, *args: P.args, **kwargs: P.kwargs) -> R:
        open_people(study)
        with _said_plainly(database_of(study)):
            return function(study, *args, **kwargs)

    return opened


def _turn_to(database: Database) -> None:
    """Let Django's one database be this; the connection to the one before is closed."""
    if DEFAULT_DB_ALIAS in connections.settings:
        connections[DEFAULT_DB_ALIAS].close()
        del connections[DEFAULT_DB_ALIAS]
    connections.settings = connections.configure_settings(
        {DEFAULT_DB_ALIAS: dict(database.settings)}
    )
    if database.file is not None:
        _make_file(database.file)


def _make_file(file: Path) -> None:
    """An empty file that only its owner can read, before SQLite makes one for everybody."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, _OWNER_ONLY))
    except OSError as error:
        raise SurveyError(
            f"{file} cannot be written ({error.strerror}): give yourself the right to."
        ) from error


def _bring_up_to_date(database: Database) -> None:
    executor = MigrationExecutor(connection)
    _require_known(executor, database)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with alone("migrations", patience=60):
            _migrate()


def _migrate() -> None:
    """All steps or none: Django notes a step after it is done, and who dies between is stuck."""
    with connection.constraint_checks_disabled(), transaction.atomic():
        executor = MigrationExecutor(connection)  # another may have done it meanwhile
        executor.migrate(executor.loader.graph.leaf_nodes())


def _require_known(executor: MigrationExecutor, database: Database) -> None:
    known = set(executor.loader.disk_migrations)
    if set(executor.loader.applied_migrations) - known:
        raise SurveyError(
            f"{database.shown} was made by a newer Torg: use that one, or a copy of the database "
            "from before."
        )


def _require_own(study: Study, database: Database) -> None:
    """One database, one study: the environment may still name the one before."""
    from torg.site.answers.models import Kept

    kept, _ = Kept.objects.get_or_create(id=1, defaults={"study": study.id})
    if kept.study != study.id:
        raise SurveyError(
            f"{database.shown} belongs to the study with the id '{kept.study}', not to this one "
            f"('{study.id}'): name a database of this study's own in {VARIABLE}, or mend the id."
        )


@contextmanager
def _said_plainly(database: Database) -> Iterator[None]:
    """Say what a user can mend; a bug keeps its traceback."""
    try:
        yield
    except DatabaseError as error:
        for is_so, say in _SAYINGS:
            if is_so(error, database):
                connection.close()  # a line that broke is not used again
                raise say(database) from None
        raise


def _is_locked(error: DatabaseError, database: Database) -> bool:
    return database.file is not None and "locked" in str(error)


def _is_damaged(error: DatabaseError, database: Database) -> bool:
    damaged = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
    return getattr(error.__cause__, "sqlite_errorcode", None) in damaged


def _is_known_address(error: DatabaseError, database: Database) -> bool:
    return isinstance(error, IntegrityError) and "contact_once" in str(error)


def _is_away(error: DatabaseError, database: Database) -> bool:
    return database.file is None and isinstance(error, OperationalError)


def _is_misaddressed(error: DatabaseError, database: Database) -> bool:
    never_connected = database.file is None and connection.connection is None
    return never_connected and isinstance(error, ProgrammingError)


_SAYINGS: tuple[
    tuple[Callable[[DatabaseError, Database], bool], Callable[[Database], Exception]], ...
] = (
    (
        _is_locked,
        lambda database: SurveyError(
            f"{database.shown} is being written by another program that does not end: wait for it, "
            "or end it."
        ),
    ),
    (
        _is_damaged,
        lambda database: SurveyError(
            f"{database.shown} is no database, or a damaged one: put a copy in its place."
        ),
    ),
    (
        _is_known_address,  # the database's own words repeat the address
        lambda database: SurveyError("Somebody at that address is asked for that unit already."),
    ),
    (
        _is_misaddressed,  # the driver's own words repeat what the address holds
        lambda database: SurveyError(
            f"{VARIABLE} has, behind its '?', an option or a value that PostgreSQL does not know: "
            "mend it, or take it out."
        ),
    ),
    (
        _is_away,
        lambda database: Unreachable(
            f"{database.shown} gave no answer, or did not let Torg in: look whether it runs, and "
            f"at user and password in {VARIABLE}."
        ),
    ),
)
