"""Let the database itself refuse to change a version of what an author wrote."""

from django.db import migrations

from torg.site.database import refuse


class Migration(migrations.Migration):
    """One trigger."""

    dependencies = (("experience", "0001_first"),)
    operations = (migrations.RunPython(refuse("experience_version", "UPDATE"), elidable=False),)
