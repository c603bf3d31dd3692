"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("who", models.TextField()),
                ("role", models.TextField()),
                ("country", models.TextField(default="")),
                ("unit", models.TextField(default="")),
                ("what", models.TextField()),
                ("about", models.TextField(default="")),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["at"], name="entry_at"),
                    models.Index(fields=["country", "unit", "at"], name="entry_unit"),
                ],
            },
        ),
    ]
