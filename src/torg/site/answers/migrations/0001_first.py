"""The first tables."""

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `python -m torg.site makemigrations`."""

    initial = True

    dependencies = ()

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("address", models.TextField()),
                ("name", models.TextField(default="")),
                ("role", models.TextField()),
                ("language", models.TextField()),
                ("added", models.DateTimeField()),
                ("bounced", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("country"),
                        models.F("unit"),
                        django.db.models.functions.text.Lower("address"),
                        name="contact_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="contact_address"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FrameUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wave", models.TextField()),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("kind", models.TextField()),
                ("name", models.TextField()),
                ("county", models.TextField(null=True)),
                ("population", models.BigIntegerField(null=True)),
                ("size_class", models.TextField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wave", "country", "unit"), name="frameunit_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("municipality", "county", "both", "channel"))
                        ),
                        name="frameunit_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("population__isnull", True), ("population__gte", 0), _connector="OR"
                        ),
                        name="frameunit_population",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("study", models.TextField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="kept_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Respondent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wave", models.TextField()),
                ("code", models.TextField()),
                ("role", models.TextField(default="")),
                ("language", models.TextField(default="")),
                ("made", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="answers.contact",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("revoked", models.DateTimeField(null=True)),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.respondent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("bounced", models.DateTimeField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
                (
                    "passed_on_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed_on_to",
                        to="answers.invitation",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="answers.invitation",
                    ),
                ),
                (
                    "respondent",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.respondent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("opened", models.DateTimeField(null=True)),
                ("submitted", models.DateTimeField(null=True)),
                ("refused", models.DateTimeField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.frameunit"
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.respondent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "form",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="answers.form"
                    ),
                ),
                (
                    "respondent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.respondent"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wave", models.TextField()),
                ("name", models.TextField()),
                ("sha256", models.TextField()),
                ("how", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("wave", "sha256"), name="source_once"),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ("elsewhere", "simulated"))),
                        name="source_how_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="respondent",
            name="source",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="answers.source"
            ),
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.TextField()),
                ("value", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                ("how", models.TextField()),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.form"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="answers.source"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("state", models.TextField()),
                ("message_id", models.TextField(unique=True)),
                ("code", models.SmallIntegerField(null=True)),
                ("begun", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.invitation"
                    ),
                ),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="answers.link"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("invitation", "reminder"))),
                        name="letter_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ("sending", "taken", "later", "refused", "unsure", "bounced"),
                            )
                        ),
                        name="letter_state_known",
                    ),
                ],
            },
        ),
    ]
