"""How often a job was begun."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="times",
            field=models.SmallIntegerField(default=0),
        ),
    ]
