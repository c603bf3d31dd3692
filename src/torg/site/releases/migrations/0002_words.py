"""What municipalities say of a release, and the letters that tell them of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("answers", "0004_place"),
        ("releases", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("release", models.TextField()),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("measure", models.TextField()),
                ("should_be", models.TextField()),
                ("reason", models.TextField()),
                ("evidence", models.TextField(default="")),
                ("by", models.TextField()),
                ("made", models.DateTimeField()),
                ("state", models.TextField(default="waiting")),
                ("why", models.TextField(default="")),
                ("line", models.JSONField(null=True)),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["country", "unit", "made"], name="objection_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "accepted", "refused", "withdrawn"))
                        ),
                        name="objection_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "accepted"), _negated=True),
                            ("line__isnull", False),
                            _connector="OR",
                        ),
                        name="objection_has_a_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="objection_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("release", models.TextField()),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("text", models.TextField()),
                ("language", models.TextField()),
                ("by", models.TextField()),
                ("made", models.DateTimeField()),
                ("state", models.TextField(default="waiting")),
                ("why", models.TextField(default="")),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(default="")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "accepted", "refused", "withdrawn"))
                        ),
                        name="statement_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="statement_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("release", "country", "unit"),
                        name="statement_waits_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "accepted")),
                        fields=("release", "country", "unit"),
                        name="statement_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("release", models.TextField()),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("state", models.TextField()),
                ("begun", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="answers.contact",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("sending", "taken", "later", "refused", "unsure"))
                        ),
                        name="notice_state_known",
                    ),
                    models.UniqueConstraint(fields=("release", "contact"), name="notice_once"),
                ],
            },
        ),
    ]
