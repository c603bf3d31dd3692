"""Let the database itself refuse to change an entry of the log; old ones may go."""

from django.db import migrations

from torg.site.database import refuse


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = (("audit", "0001_first"),)
    operations = (migrations.RunPython(refuse("audit_entry", "UPDATE"), elidable=False),)
