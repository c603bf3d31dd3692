"""The first tables."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="HandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("name", models.TextField()),
                ("place", models.TextField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("by", models.TextField()),
                ("made", models.DateTimeField()),
                ("state", models.TextField(default="reading")),
                ("rows", models.BigIntegerField(null=True)),
                ("job", models.BigIntegerField(null=True)),
                ("answers", models.JSONField(default=dict)),
                ("question", models.TextField(default="")),
                ("understood", models.JSONField(null=True)),
                ("why", models.TextField(default="")),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["country", "unit", "made"], name="handin_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "reading",
                                    "asked",
                                    "unfit",
                                    "waiting",
                                    "accepted",
                                    "taken",
                                    "refused",
                                    "withdrawn",
                                ),
                            )
                        ),
                        name="handin_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="handin_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("unfit", "refused")), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handin_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "asked"), _negated=True),
                            models.Q(("question", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handin_asks_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("reading", "asked", "waiting", "accepted")),
                                _negated=True,
                            ),
                            models.Q(("place", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handin_open_has_a_file",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("reading", "asked", "waiting", "accepted"))
                        ),
                        fields=("country", "unit", "sha256"),
                        name="handin_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("kind", models.TextField()),
                ("platform", models.TextField()),
                ("meant", models.TextField(default="")),
                ("address", models.TextField(default="")),
                ("platform_id", models.TextField(default="")),
                ("owner_name", models.TextField(default="")),
                ("scope", models.TextField(default="municipality")),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("declared", models.DateField(null=True)),
                ("remark", models.TextField(default="")),
                ("by", models.TextField()),
                ("made", models.DateTimeField()),
                ("state", models.TextField(default="waiting")),
                ("why", models.TextField(default="")),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.TextField(default="")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["country", "unit", "made"], name="proposal_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("add", "change", "end", "disown"))),
                        name="proposal_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "accepted", "refused", "withdrawn"))
                        ),
                        name="proposal_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "add"), ("meant", "")),
                            models.Q(
                                models.Q(("kind", "add"), _negated=True),
                                models.Q(("meant", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="proposal_means_a_channel",
                    ),
                ],
            },
        ),
    ]
