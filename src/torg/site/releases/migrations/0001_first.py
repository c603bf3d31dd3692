"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("release", models.TextField(unique=True)),
                ("digest", models.TextField()),
                ("offered", models.DateTimeField()),
                ("public_from", models.DateTimeField()),
                ("withdrawn", models.DateTimeField(null=True)),
                ("why", models.TextField(default="")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("public_from__gte", models.F("offered"))),
                        name="publication_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn__isnull", True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="publication_says_why",
                    ),
                ],
            },
        ),
    ]
