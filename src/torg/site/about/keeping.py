"""What the site keeps of people: the list that the privacy notice shows.

Each entry names the tables that it is about. A test holds the list against the database: a table
that neither an entry nor WITHOUT_PERSONS names fails it.
"""

from dataclasses import dataclass

from torg.locale import message


@dataclass(frozen=True)
class Kept:
    """One kind of data: what, of whom, what for, until when, and in which tables it lies."""

    what: str
    whose: str
    why: str
    until: str
    tables: tuple[str, ...]


_STAFF = message("Staff of municipalities")
_STUDY = message("As long as the study is kept: it is the municipality's, not a person's")

KEPT = (
    Kept(
        what=message("Name, mail address, role and language of those who are asked"),
        whose=_STAFF,
        why=message("To send the survey's invitations and reminders"),
        until=message("Until the person asks to be erased, or the study ends"),
        tables=("answers_contact", "answers_respondent"),
    ),
    Kept(
        what=message("That a letter was sent, a link was opened, a form was sent in, and when"),
        whose=_STAFF,
        why=message("To remind only those who have not answered, and to know the response rate"),
        until=_STUDY,
        tables=("answers_invitation", "answers_link", "answers_letter", "answers_event",
                "answers_form"),
    ),
    Kept(
        what=message("Answers to the survey, under a random code"),
        whose=message("The municipality, by whoever answered for it"),
        why=message("To make the survey's figures"),
        until=_STUDY,
        tables=("answers_answer", "answers_source"),
    ),
    Kept(
        what=message("Mail address, name, role, language and hashed password of an account"),
        whose=message("Staff of municipalities, and those who make the study"),
        why=message("To let them sign in"),
        until=message("Until the account is ended; then address and name are erased"),
        tables=("accounts_account", "otp_totp_totpdevice", "otp_static_staticdevice",
                "otp_static_statictoken", "django_session"),
    ),
    Kept(
        what=message("The log: which account or link did what, and when; never a name"),
        whose=message("Staff of municipalities, and those who make the study"),
        why=message("To know who changed what"),
        until=message("For the years that this page names"),
        tables=("audit_entry",),
    ),
)  # fmt: skip

# Tables that hold nothing of a person: a municipality's own, and what Django itself needs.
WITHOUT_PERSONS = (
    "answers_frameunit", "answers_kept", "auth_group", "auth_group_permissions",
    "auth_permission", "django_content_type", "django_migrations", "releases_publication",
    "work_job",
)  # fmt: skip
