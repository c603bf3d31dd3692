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
_ALL = message("Staff of municipalities, and those who make the study")
_UNIT = message("The municipality, by whoever answered for it")
_STUDY = message("As long as the study is kept: it is the municipality's, not a person's")
_YEARS = message("For the years that this page names")
_UNUSED = message(
    "Until the person asks to be erased, and at most the years that this page names after its last "
    "use"
)

KEPT = (
    Kept(
        what=message("Name, mail address, role and language of those who are asked"),
        whose=_STAFF,
        why=message("To send the survey's invitations and reminders"),
        until=_UNUSED,
        tables=("answers_contact", "answers_respondent"),
    ),
    Kept(
        what=message("That a letter was sent, a link was opened, a form was sent in, and when"),
        whose=_STAFF,
        why=message("To remind only those who have not answered, and to know the response rate"),
        until=_STUDY,
        tables=("answers_invitation", "answers_link", "answers_letter", "answers_event",
                "answers_form", "releases_notice"),
    ),
    Kept(
        what=message("Answers to the survey, under a random code"),
        whose=_UNIT,
        why=message("To make the survey's figures"),
        until=_STUDY,
        tables=("answers_answer", "answers_source"),
    ),
    Kept(
        what=message("Mail address, name, role, language and hashed password of an account"),
        whose=_ALL,
        why=message("To let them sign in"),
        until=_UNUSED,
        tables=("accounts_account", "accounts_accountlink", "otp_totp_totpdevice",
                "otp_static_staticdevice", "otp_static_statictoken", "django_session"),
    ),
    Kept(
        what=message("Mail address, name and language of a colleague for whom an account was "
                     "asked"),
        whose=_STAFF,
        why=message("To let them sign in"),
        until=_UNUSED,
        tables=("accounts_accountwish",),
    ),
    Kept(
        what=message("That somebody tried to sign in, under a hash of the network address or of "
                     "the account"),
        whose=message("Whoever tries to sign in"),
        why=message("To stop those who guess passwords"),
        until=message("Two hours at most"),
        tables=("accounts_try",),
    ),
    Kept(
        what=message("Links to a municipality's room, as hashes, and when they were last opened"),
        whose=_STAFF,
        why=message("To let the municipality into its room"),
        until=_YEARS,
        tables=("accounts_roomlink",),
    ),
    Kept(
        what=message("Files that were handed in, and what was said of channels, with the names of "
                     "persons in official roles"),
        whose=_STAFF,
        why=message("To take them into the study"),
        until=message("For the years that this page names; a file itself goes when it is taken in, "
                      "and a month after it was refused"),
        tables=("room_handin", "room_proposal"),
    ),
    Kept(
        what=message("Corrections, replies, experiences, requests and answers, with their files"),
        whose=_UNIT,
        why=message("To show them beside the figures and among the experiences"),
        until=_STUDY,
        tables=("releases_objection", "releases_statement", "experience_experience",
                "experience_version", "experience_attachment", "experience_remark",
                "experience_request", "experience_requestanswer", "experience_campaign"),
    ),
    Kept(
        what=message("The mail address to write to about an experience"),
        whose=_STAFF,
        why=message("To let others ask about it"),
        until=message("Until the person asks to be erased, or the study ends"),
        tables=("experience_version",),
    ),
    Kept(
        what=message("The log: which account or link did what, and when; never a name"),
        whose=_ALL,
        why=message("To know who changed what"),
        until=_YEARS,
        tables=("audit_entry", "work_job"),
    ),
)  # fmt: skip

# Tables that hold nothing of a person: of municipalities and agencies, and what Django needs.
WITHOUT_PERSONS = (
    "answers_frameunit", "answers_kept", "auth_group", "auth_group_permissions",
    "auth_permission", "django_content_type", "django_migrations",
    "django_tasks_database_dbtaskresult", "experience_agency", "experience_answerlink",
    "experience_length", "experience_notice", "experience_participation",
    "experience_request_agencies", "experience_request_linked", "experience_term",
    "releases_publication",
)  # fmt: skip
