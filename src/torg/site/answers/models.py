"""What is kept of those who are asked: fields, and what the database itself holds to.

Waves, units and items are known by their ids as text: they are the questionnaire's and the
register's. A name or an address is in `Contact` and nowhere else. Answers and events are only ever
added: the database refuses to change or to delete them (migration 0003).
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

KINDS = ("municipality", "county", "both", "channel")
OBSERVER = "observer"  # the role of a respondent who looks, and belongs to no municipality
COLLEAGUE = "colleague"  # the role of one to whom a form was passed on: nobody said another
HOW = ("given", "confirmed", "elsewhere", "simulated")
LETTERS = ("invitation", "reminder")
LETTER_STATES = (
    "sending",  # begun; by a process that is at it, or that died
    "taken",  # the mail server has it
    "later",  # surely not taken: tried again
    "refused",  # the mail server knows no such recipient
    "unsure",  # the line or the process ended before it was known
    "bounced",  # taken, and a report of failed delivery came
)
EVENTS = (
    "sent", "reminded", "bounced", "opened", "submitted", "refused", "passed_on", "replaced",
    "revoked", "erased",
)  # fmt: skip


def one_of(field: str, values: tuple[str, ...]) -> models.CheckConstraint:
    """The field holds one of the values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"%(class)s_{field}_known"
    )


class Kept(models.Model):
    """Whose database it is: one row, with the study's id."""

    id = models.SmallIntegerField(primary_key=True)
    study = models.TextField()

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=Q(id=1), name="kept_once"),)


class FrameUnit(models.Model):
    """A unit of a wave's frame, as it was on the wave's day."""

    wave = models.TextField()
    country = models.TextField()
    unit = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    county = models.TextField(null=True)
    population = models.BigIntegerField(null=True)
    size_class = models.TextField(null=True)

    class Meta:
        """Once in a wave."""

        constraints = (
            models.UniqueConstraint(fields=("wave", "country", "unit"), name="frameunit_once"),
            one_of("kind", KINDS),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=0),
                name="frameunit_population",
            ),
        )


class Contact(models.Model):
    """Whom to write to: the only place of names and addresses. To erase it is to delete the row."""

    country = models.TextField()  # "" of an observer, who belongs to no unit
    unit = models.TextField()
    address = models.TextField()
    name = models.TextField(default="")
    role = models.TextField()
    language = models.TextField()
    added = models.DateTimeField()
    bounced = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)  # replaced by another: not written to any more

    class Meta:
        """An address once in a unit, however it is capitalised."""

        constraints = (
            models.UniqueConstraint("country", "unit", Lower("address"), name="contact_once"),
            models.CheckConstraint(condition=~Q(address=""), name="contact_address"),
        )

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Source(models.Model):
    """Answers that came from elsewhere at one time."""

    wave = models.TextField()
    name = models.TextField()
    sha256 = models.TextField()
    how = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """The same file once."""

        constraints = (
            models.UniqueConstraint(fields=("wave", "sha256"), name="source_once"),
            one_of("how", ("elsewhere", "simulated")),
        )


class Respondent(models.Model):
    """Who answers in a wave, without name or address."""

    wave = models.TextField()
    code = models.TextField()  # a random word, or the number that it has elsewhere
    role = models.TextField(default="")
    language = models.TextField(default="")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True)
    made = models.DateTimeField()

    class Meta:
        """A code once in a wave, and nobody is asked twice."""

        constraints = (
            models.UniqueConstraint(fields=("wave", "code"), name="respondent_once"),
            models.UniqueConstraint(fields=("wave", "contact"), name="respondent_asked_once"),
        )


class Form(models.Model):
    """What one respondent fills in about one unit; an observer has several."""

    respondent = models.ForeignKey(Respondent, models.PROTECT)
    unit = models.ForeignKey(FrameUnit, models.PROTECT)
    opened = models.DateTimeField(null=True)  # for the first time
    submitted = models.DateTimeField(null=True)  # for the last time
    refused = models.DateTimeField(null=True)
    place = models.TextField(null=True)  # the question that it was left at

    class Meta:
        """Once for a respondent and unit; submitted or refused."""

        constraints = (
            models.UniqueConstraint(fields=("respondent", "unit"), name="form_once"),
            models.CheckConstraint(
                condition=Q(submitted__isnull=True) | Q(refused__isnull=True),
                name="form_submitted_or_refused",
            ),
        )


class Invitation(models.Model):
    """That a respondent is asked, and what became of it."""

    respondent = models.OneToOneField(Respondent, models.PROTECT)
    made = models.DateTimeField()
    sent = models.DateTimeField(null=True)  # when a mail server took the first letter
    bounced = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")
    passed_on_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="passed_on_to"
    )

    class Meta:
        """What is replaced is revoked, and nothing comes of itself."""

        constraints = (
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(revoked__isnull=False),
                name="invitation_replaced_is_revoked",
            ),
            models.CheckConstraint(
                condition=~Q(replaced_by=F("id")) & ~Q(passed_on_from=F("id")),
                name="invitation_not_of_itself",
            ),
        )

    @property
    def state(self) -> str:
        """One word: what counts of all that happened to it."""
        if self.revoked:
            return "replaced" if self.replaced_by_id else "revoked"
        return "bounced" if self.bounced else "sent" if self.sent else "waiting"


class Link(models.Model):
    """A personal link, of which only the hash is kept; it opens one respondent's forms."""

    respondent = models.ForeignKey(Respondent, models.PROTECT)
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the link's random 256 bits
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True)


class Letter(models.Model):
    """One attempt to send a letter."""

    invitation = models.ForeignKey(Invitation, models.PROTECT)
    kind = models.TextField()
    state = models.TextField()
    link = models.OneToOneField(Link, models.PROTECT)
    message_id = models.TextField(unique=True)
    code = models.SmallIntegerField(null=True)  # what the mail server answered
    begun = models.DateTimeField()

    class Meta:
        """Kinds and states that there are."""

        constraints = (one_of("kind", LETTERS), one_of("state", LETTER_STATES))


class Answer(models.Model):
    """An answer as it was given; a later one of the same form and item counts instead."""

    form = models.ForeignKey(Form, models.PROTECT)
    item = models.TextField()
    value = models.TextField(null=True)  # null: taken back
    at = models.DateTimeField()
    how = models.TextField()
    source = models.ForeignKey(Source, models.PROTECT, null=True)

    class Meta:
        """An answer from elsewhere names its source, and no other does."""

        constraints = (
            one_of("how", HOW),
            models.CheckConstraint(
                condition=Q(how__in=("given", "confirmed"), source__isnull=True)
                | Q(how__in=("elsewhere", "simulated"), source__isnull=False),
                name="answer_source",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | ~Q(value=""), name="answer_not_blank"
            ),
        )
        indexes = (models.Index(fields=("form", "item", "at", "id"), name="answer_newest"),)


class Event(models.Model):
    """Something that happened to an invitation or form, and when."""

    respondent = models.ForeignKey(Respondent, models.PROTECT)
    form = models.ForeignKey(Form, models.PROTECT, null=True)
    kind = models.TextField()
    at = models.DateTimeField()

    class Meta:
        """Kinds that there are."""

        constraints = (one_of("kind", EVENTS),)
