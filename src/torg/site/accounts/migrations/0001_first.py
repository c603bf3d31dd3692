"""The first tables."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="RoomLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.TextField()),
                ("unit", models.TextField()),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                ("revoked", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("address", models.TextField(unique=True)),
                ("name", models.TextField(default="")),
                ("role", models.TextField()),
                ("country", models.TextField(default="")),
                ("unit", models.TextField(default="")),
                ("language", models.TextField(default="")),
                ("made", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("address"), name="account_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ("municipality", "reader", "editor", "analyst"))
                        ),
                        name="account_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("role", "municipality"),
                                models.Q(("country", ""), _negated=True),
                                models.Q(("unit", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("role", "municipality"), _negated=True),
                                ("country", ""),
                                ("unit", ""),
                            ),
                            _connector="OR",
                        ),
                        name="account_unit",
                    ),
                ],
            },
        ),
    ]
