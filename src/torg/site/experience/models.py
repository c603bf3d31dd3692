"""What municipalities tried, ask for and do together: fields, and what the database holds to.

Municipalities are known by country and code, as everywhere. What an author writes is a version,
and versions are only ever added (migration 0002): which of them is shown stands in `Experience`.
"""

from django.db import models
from django.db.models import F, Q

from torg.locale import LANGUAGES

STATES = ("draft", "waiting", "returned", "published", "withdrawn")
REMARK_KINDS = ("question", "thanks")
NOTICE_KINDS = ("accepted", "returned", "withdrawn", "question", "thanks", "answer", "answered")
MEDIA = (
    "application/pdf", "image/png", "image/jpeg", "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "text/csv",
)  # fmt: skip


def one_of(field: str, values: tuple[str, ...]) -> models.CheckConstraint:
    """The field holds one of the values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": values}), name=f"exp_%(class)s_{field}"
    )


class Experience(models.Model):
    """What one municipality tried. What it says is in its versions."""

    country = models.TextField()
    unit = models.TextField()
    state = models.TextField(default="draft")  # of the newest version
    made = models.DateTimeField()
    sent = models.DateTimeField(null=True)  # for review, for the last time
    reason = models.TextField(default="")  # of the staff, where it was returned or withdrawn
    shown = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    published = models.DateTimeField(null=True)  # for the first time
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        """States that there are; what is published is shown, what is withdrawn is not."""

        constraints = (
            one_of("state", STATES),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(shown__isnull=False, published__isnull=False),
                name="exp_published_is_shown",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(shown__isnull=True, withdrawn__isnull=False),
                name="exp_withdrawn_is_not",
            ),
        )
        indexes = (
            models.Index(fields=("country", "unit"), name="exp_unit"),
            models.Index(fields=("published",), name="exp_published"),
        )


class Version(models.Model):
    """What was tried and what happened, as it was written at one time."""

    experience = models.ForeignKey(Experience, models.PROTECT)
    number = models.PositiveIntegerField()
    made = models.DateTimeField()
    title = models.TextField(default="")
    area = models.TextField(default="")
    group = models.TextField(default="")
    channel = models.TextField(default="")
    service = models.TextField(default="")
    hours = models.PositiveIntegerField(null=True)  # that it cost
    begins = models.DateField(null=True)
    ends = models.DateField(null=True)
    language = models.TextField()
    went = models.TextField(default="")  # "good", "mixed", "bad", as the author says
    tried = models.TextField(default="")
    happened = models.TextField(default="")
    measures = models.JSONField(default=list)  # those that the author names
    links = models.JSONField(default=list)
    files = models.JSONField(default=list)  # numbers of attachments
    contact = models.TextField(default="")  # a role's address
    contact_is_public = models.BooleanField(default=False)

    class Meta:
        """Numbers of one experience count up; what ends does not end before it begins."""

        constraints = (
            models.UniqueConstraint(fields=("experience", "number"), name="exp_version_once"),
            one_of("language", LANGUAGES),
            one_of("went", ("", "good", "mixed", "bad")),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("begins")), name="exp_version_days"
            ),
        )


class Attachment(models.Model):
    """A file that belongs to an experience: in the database, so no folder is ever served."""

    experience = models.ForeignKey(Experience, models.PROTECT)
    name = models.TextField()
    media = models.TextField()  # as its content says
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    added = models.DateTimeField()

    class Meta:
        """Kinds that are taken in."""

        constraints = (one_of("media", MEDIA),)


class Term(models.Model):
    """A stem in what is shown of an experience or request: the index that is searched."""

    kind = models.TextField()  # "experience", "request"
    document = models.BigIntegerField()
    language = models.TextField()  # the name of the stemmer
    stem = models.CharField(max_length=80, db_index=True)
    weight = models.FloatField()  # how often, times what the field weighs

    class Meta:
        """Once in a document and language."""

        constraints = (
            models.UniqueConstraint(
                fields=("kind", "document", "language", "stem"), name="exp_term_once"
            ),
        )


class Length(models.Model):
    """How long a document is that can be searched: the sum of what its own words weigh."""

    kind = models.TextField()
    document = models.BigIntegerField()
    length = models.FloatField()

    class Meta:
        """Once."""

        constraints = (
            models.UniqueConstraint(fields=("kind", "document"), name="exp_length_once"),
        )


class Remark(models.Model):
    """A question or thanks of one municipality to another, under what it published."""

    experience = models.ForeignKey(Experience, models.PROTECT)
    kind = models.TextField()
    country = models.TextField()
    unit = models.TextField()
    text = models.TextField(default="")
    at = models.DateTimeField()
    answer = models.TextField(default="")
    answered = models.DateTimeField(null=True)
    hidden = models.DateTimeField(null=True)  # by the staff

    class Meta:
        """A question asks something; thanks once from each."""

        constraints = (
            one_of("kind", REMARK_KINDS),
            models.CheckConstraint(
                condition=~Q(kind="question") | ~Q(text=""), name="exp_remark_asks"
            ),
            models.UniqueConstraint(
                fields=("experience", "country", "unit"),
                condition=Q(kind="thanks"),
                name="exp_thanks_once",
            ),
        )


class Notice(models.Model):
    """Something that a municipality is told in its own room."""

    country = models.TextField()
    unit = models.TextField()
    kind = models.TextField()
    experience = models.ForeignKey(Experience, models.PROTECT, null=True)
    request = models.ForeignKey("Request", models.PROTECT, null=True)
    at = models.DateTimeField()
    seen = models.DateTimeField(null=True)

    class Meta:
        """Of one thing each."""

        constraints = (
            one_of("kind", NOTICE_KINDS),
            models.CheckConstraint(
                condition=Q(experience__isnull=False, request__isnull=True)
                | Q(experience__isnull=True, request__isnull=False),
                name="exp_notice_of_one",
            ),
        )
        indexes = (models.Index(fields=("country", "unit", "at"), name="exp_notice_unit"),)


class Agency(models.Model):
    """An agency or ministry that can be asked; the staff keep the list."""

    name = models.TextField(unique=True)
    ended = models.DateTimeField(null=True)  # is not offered any more


class Request(models.Model):
    """What a municipality wants to know."""

    country = models.TextField()
    unit = models.TextField()
    title = models.TextField()
    text = models.TextField()
    area = models.TextField()
    group = models.TextField(default="")
    language = models.TextField()
    state = models.TextField(default="open")
    made = models.DateTimeField()
    hidden = models.DateTimeField(null=True)
    agencies = models.ManyToManyField(Agency)
    linked = models.ManyToManyField(Experience)

    class Meta:
        """Open or answered."""

        constraints = (one_of("state", ("open", "answered")), one_of("language", LANGUAGES))
        indexes = (models.Index(fields=("made",), name="exp_request_made"),)


class RequestAnswer(models.Model):
    """What another municipality or an agency answered."""

    request = models.ForeignKey(Request, models.PROTECT)
    country = models.TextField(default="")
    unit = models.TextField(default="")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True)
    text = models.TextField()
    at = models.DateTimeField()
    hidden = models.DateTimeField(null=True)

    class Meta:
        """Of a municipality or of an agency."""

        constraints = (
            models.CheckConstraint(
                condition=(Q(agency__isnull=True) & ~Q(unit="")) | Q(agency__isnull=False, unit=""),
                name="exp_answer_of_one",
            ),
        )


class AnswerLink(models.Model):
    """A link by which an agency answers one request, once; only its hash is kept."""

    request = models.ForeignKey(Request, models.PROTECT)
    agency = models.ForeignKey(Agency, models.PROTECT)
    hash = models.CharField(max_length=64, unique=True)  # SHA-256 of the link's random 256 bits
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)


class Campaign(models.Model):
    """What several municipalities do together under one tag."""

    country = models.TextField()  # of the municipality that began it
    unit = models.TextField()
    title = models.TextField()
    text = models.TextField()
    tag = models.TextField()  # without the sign
    begins = models.DateField()
    ends = models.DateField()
    language = models.TextField()
    made = models.DateTimeField()
    hidden = models.DateTimeField(null=True)

    class Meta:
        """It ends on the day it begins, or later."""

        constraints = (
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="exp_campaign_days"),
            one_of("language", LANGUAGES),
        )


class Participation(models.Model):
    """That a municipality takes part in a campaign, from and until when."""

    campaign = models.ForeignKey(Campaign, models.PROTECT)
    country = models.TextField()
    unit = models.TextField()
    joined = models.DateTimeField()
    left = models.DateTimeField(null=True)

    class Meta:
        """Once at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("campaign", "country", "unit"),
                condition=Q(left__isnull=True),
                name="exp_participation_once",
            ),
        )
