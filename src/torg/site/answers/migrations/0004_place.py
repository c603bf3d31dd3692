"""Let a form remember the question that its respondent left it at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `python -m torg.site makemigrations`."""

    dependencies = (("answers", "0003_only_added"),)
    operations = (
        migrations.AddField(model_name="form", name="place", field=models.TextField(null=True)),
    )
