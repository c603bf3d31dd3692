"""The tables of experience, requests and campaigns."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField(unique=True)),
                ("ended", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("state", models.TextField(default="draft")),
                ("made", models.DateTimeField()),
                ("sent", models.DateTimeField(null=True)),
                ("reason", models.TextField(default="")),
                ("published", models.DateTimeField(null=True)),
                ("withdrawn", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("tag", models.TextField()),
                ("begins", models.DateField()),
                ("ends", models.DateField()),
                ("language", models.TextField()),
                ("made", models.DateTimeField()),
                ("hidden", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__gte", models.F("begins"))),
                        name="exp_campaign_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("en", "nb", "nn", "sv", "fi", "da"))),
                        name="exp_campaign_language",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Length",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("document", models.BigIntegerField()),
                ("length", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "document"), name="exp_length_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("title", models.TextField()),
                ("text", models.TextField()),
                ("area", models.TextField()),
                ("group", models.TextField(default="")),
                ("language", models.TextField()),
                ("state", models.TextField(default="open")),
                ("made", models.DateTimeField()),
                ("hidden", models.DateTimeField(null=True)),
                ("agencies", models.ManyToManyField(to="experience.agency")),
                ("linked", models.ManyToManyField(to="experience.experience")),
            ],
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
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("kind", models.TextField()),
                ("at", models.DateTimeField()),
                ("seen", models.DateTimeField(null=True)),
                (
                    "experience",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="experience.experience",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="experience.request",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.agency"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RequestAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField(default="")),
                ("unit", models.TextField(default="")),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("hidden", models.DateTimeField(null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="experience.agency",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.request"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("document", models.BigIntegerField()),
                ("language", models.TextField()),
                ("stem", models.CharField(db_index=True, max_length=80)),
                ("weight", models.FloatField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "document", "language", "stem"), name="exp_term_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("made", models.DateTimeField()),
                ("title", models.TextField(default="")),
                ("area", models.TextField(default="")),
                ("group", models.TextField(default="")),
                ("channel", models.TextField(default="")),
                ("service", models.TextField(default="")),
                ("hours", models.PositiveIntegerField(null=True)),
                ("begins", models.DateField(null=True)),
                ("ends", models.DateField(null=True)),
                ("language", models.TextField()),
                ("went", models.TextField(default="")),
                ("tried", models.TextField(default="")),
                ("happened", models.TextField(default="")),
                ("measures", models.JSONField(default=list)),
                ("links", models.JSONField(default=list)),
                ("files", models.JSONField(default=list)),
                ("contact", models.TextField(default="")),
                ("contact_is_public", models.BooleanField(default=False)),
                (
                    "experience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.experience"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="experience",
            name="shown",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="experience.version",
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("media", models.TextField()),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("added", models.DateTimeField()),
                (
                    "experience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.experience"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media__in",
                                (
                                    "application/pdf",
                                    "image/png",
                                    "image/jpeg",
                                    "application/vnd.oasis.opendocument.text",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "text/csv",
                                ),
                            )
                        ),
                        name="exp_attachment_media",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("joined", models.DateTimeField()),
                ("left", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.campaign"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left__isnull", True)),
                        fields=("campaign", "country", "unit"),
                        name="exp_participation_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("text", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("answer", models.TextField(default="")),
                ("answered", models.DateTimeField(null=True)),
                ("hidden", models.DateTimeField(null=True)),
                (
                    "experience",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="experience.experience"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("question", "thanks"))),
                        name="exp_remark_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "question"), _negated=True),
                            models.Q(("text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="exp_remark_asks",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "thanks")),
                        fields=("experience", "country", "unit"),
                        name="exp_thanks_once",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["made"], name="exp_request_made"),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "answered"))), name="exp_request_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="request",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("en", "nb", "nn", "sv", "fi", "da"))),
                name="exp_request_language",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["country", "unit", "at"], name="exp_notice_unit"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "accepted",
                            "returned",
                            "withdrawn",
                            "question",
                            "thanks",
                            "answer",
                            "answered",
                        ),
                    )
                ),
                name="exp_notice_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("experience__isnull", False), ("request__isnull", True)),
                    models.Q(("experience__isnull", True), ("request__isnull", False)),
                    _connector="OR",
                ),
                name="exp_notice_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="requestanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency__isnull", True), models.Q(("unit", ""), _negated=True)),
                    models.Q(("agency__isnull", False), ("unit", "")),
                    _connector="OR",
                ),
                name="exp_answer_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("experience", "number"), name="exp_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("en", "nb", "nn", "sv", "fi", "da"))),
                name="exp_version_language",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("went__in", ("", "good", "mixed", "bad"))),
                name="exp_version_went",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends__isnull", True), ("ends__gte", models.F("begins")), _connector="OR"
                ),
                name="exp_version_days",
            ),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(fields=["country", "unit"], name="exp_unit"),
        ),
        migrations.AddIndex(
            model_name="experience",
            index=models.Index(fields=["published"], name="exp_published"),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "waiting", "returned", "published", "withdrawn"))
                ),
                name="exp_experience_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(("published__isnull", False), ("shown__isnull", False)),
                    _connector="OR",
                ),
                name="exp_published_is_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True),
                    models.Q(("shown__isnull", True), ("withdrawn__isnull", False)),
                    _connector="OR",
                ),
                name="exp_withdrawn_is_not",
            ),
        ),
    ]
