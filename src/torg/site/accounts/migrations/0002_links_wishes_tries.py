"""Links to set a password by, wishes for accounts, and tries to sign in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="roomlink",
            name="by",
            field=models.TextField(default=""),
        ),
        migrations.CreateModel(
            name="AccountLink",
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
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AccountWish",
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
                ("language", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
                ("decided", models.DateTimeField(null=True)),
                ("granted", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided__isnull", True), ("granted__isnull", True)),
                            models.Q(("decided__isnull", False), ("granted__isnull", False)),
                            _connector="OR",
                        ),
                        name="wish_decided",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Try",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.TextField()),
                ("key", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "key", "at"], name="try_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("address", "account", "code"))),
                        name="try_kind",
                    )
                ],
            },
        ),
    ]
