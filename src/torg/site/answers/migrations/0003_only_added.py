"""Let the database itself refuse to change or delete an answer or an event."""

from django.db import migrations

from torg.site.database import refuse

_TABLES = ("answers_answer", "answers_event")


class Migration(migrations.Migration):
    """Two triggers a table."""

    dependencies = (("answers", "0002_constraints"),)
    operations = tuple(
        migrations.RunPython(refuse(table, "UPDATE", "DELETE"), elidable=False) for table in _TABLES
    )
