"""Let the database itself refuse to change or delete an answer or an event.

SQLite drops the triggers of a table that a later migration makes anew: such a migration has to
call `refuse_changes` again.
"""

from typing import Any

from django.db import migrations

TABLES = ("answers_answer", "answers_event")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is only ever added to'); END
"""

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION torg_only_added() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only ever added to', TG_TABLE_NAME
   USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION torg_only_added()
"""

_BY_VENDOR = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def refuse_changes(_apps: Any, schema_editor: Any) -> None:  # noqa: ANN401 -- Django's, untyped
    """Make the triggers."""
    text = _BY_VENDOR[schema_editor.connection.vendor]
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(text.format(table=table, verb=verb), params=None)


class Migration(migrations.Migration):
    """Two triggers a table."""

    dependencies = (("answers", "0002_constraints"),)
    operations = (migrations.RunPython(refuse_changes, elidable=False),)
