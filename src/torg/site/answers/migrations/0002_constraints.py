"""What the database itself holds the tables to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `python -m torg.site makemigrations`."""

    dependencies = (("answers", "0001_first"),)

    operations = [
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by__isnull", True), ("revoked__isnull", False), _connector="OR"
                ),
                name="invitation_replaced_is_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("replaced_by", models.F("id")), _negated=True),
                    models.Q(("passed_on_from", models.F("id")), _negated=True),
                ),
                name="invitation_not_of_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("respondent", "unit"), name="form_once"),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("submitted__isnull", True), ("refused__isnull", True), _connector="OR"
                ),
                name="form_submitted_or_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        (
                            "sent",
                            "reminded",
                            "bounced",
                            "opened",
                            "submitted",
                            "refused",
                            "passed_on",
                            "replaced",
                            "revoked",
                            "erased",
                        ),
                    )
                ),
                name="event_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="respondent",
            constraint=models.UniqueConstraint(fields=("wave", "code"), name="respondent_once"),
        ),
        migrations.AddConstraint(
            model_name="respondent",
            constraint=models.UniqueConstraint(
                fields=("wave", "contact"), name="respondent_asked_once"
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["form", "item", "at", "id"], name="answer_newest"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("how__in", ("given", "confirmed", "elsewhere", "simulated"))),
                name="answer_how_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how__in", ("given", "confirmed")), ("source__isnull", True)),
                    models.Q(("how__in", ("elsewhere", "simulated")), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="answer_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__isnull", True), models.Q(("value", ""), _negated=True), _connector="OR"
                ),
                name="answer_not_blank",
            ),
        ),
    ]
