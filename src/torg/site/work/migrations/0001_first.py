"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("about", models.JSONField(default=dict)),
                ("by", models.TextField()),
                ("state", models.TextField(default="waiting")),
                ("part", models.BigIntegerField(default=0)),
                ("whole", models.BigIntegerField(null=True)),
                ("said", models.TextField(default="")),
                ("outcome", models.JSONField(null=True)),
                ("made", models.DateTimeField()),
                ("begun", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "made"], name="job_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("waiting", "running", "done", "failed"))),
                        name="job_state",
                    )
                ],
            },
        ),
    ]
