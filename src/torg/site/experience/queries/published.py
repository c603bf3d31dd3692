"""What everybody may read: the published experience, as frozen values."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from torg.site.accounts.visiting import Visitor
from torg.site.experience.content import Content
from torg.site.experience.models import Attachment, Experience, Remark
from torg.site.experience.observed import key_of
from torg.site.experience.permissions import NotThere, is_own


@dataclass(frozen=True, kw_only=True)
class PublicFile:
    """A file that can be downloaded."""

    number: int
    name: str
    media: str
    size: int


@dataclass(frozen=True, kw_only=True)
class PublicExperience:
    """One published experience, as everybody may read it."""

    number: int
    country: str
    unit: str
    published: dt.datetime  # for the first time
    changed: dt.datetime  # when what is shown was written
    version: int
    thanks: int
    content: Content  # its contact only where the author lets everybody see it

    @property
    def place(self) -> str:
        """What the municipality's page is called: NO-0301."""
        return key_of(self.country, self.unit)

    @property
    def title(self) -> str:
        """Its title, in the author's own words."""
        return self.content.title

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return self.content.language


@dataclass(frozen=True, kw_only=True)
class PublicRemark:
    """A question with its answer, or thanks."""

    number: int
    kind: str
    country: str
    unit: str
    text: str
    at: dt.datetime
    answer: str
    answered: dt.datetime | None


def public_experiences(
    *, numbers: Collection[int] | None = None, places: Collection[str] | None = None,
    country: str = "", unit: str = "", area: str = "", group: str = "", channel: str = "",
    service: str = "", year: int | None = None, after: dt.datetime | None = None,
    limit: int | None = None,
) -> list[PublicExperience]:  # fmt: skip
    """Published experience that meets all that is asked, the newest first.

    `places` are keys of municipalities ("NO-0301"), `year` one in which it went on, `after` the
    moment since which it was published.
    """
    wanted = {"country": country, "unit": unit, **{
        f"shown__{name}": value
        for name, value in (
            ("area", area), ("group", group), ("channel", channel), ("service", service)
        )
    }}  # fmt: skip
    rows = _rows().filter(**{name: value for name, value in wanted.items() if value})
    if numbers is not None:
        rows = rows.filter(id__in=list(numbers))
    if year is not None:
        rows = rows.filter(_in_year(year))
    if after is not None:
        rows = rows.filter(published__gt=after)
    found = (_public(row) for row in rows.order_by("-published", "-id"))
    kept = [each for each in found if places is None or each.place in places]
    return kept[:limit]


def public_experience(number: int) -> PublicExperience:
    """One published experience. Raises NotThere."""
    row = _rows().filter(id=number).first()
    if row is None:
        raise NotThere
    return _public(row)


def is_withdrawn(number: int) -> bool:
    """Whether it was published once, and was taken back."""
    taken_back = Experience.objects.filter(id=number, shown__isnull=True)
    return bool(taken_back.filter(withdrawn__isnull=False).exists())


def contact_for(visitor: Visitor, number: int) -> str:
    """Whom to write to: for everybody where the author says so, else for municipalities and staff.

    "" where there is none, or the visitor may not see it.
    """
    shown = Experience.objects.select_related("shown").get(id=number).shown
    may_see = visitor.role != "public" or (shown is not None and shown.contact_is_public)
    return str(shown.contact) if shown is not None and may_see else ""


def files_of(content: Content) -> list[PublicFile]:
    """The files of a version, in its order; their bytes stay where they are."""
    rows = Attachment.objects.filter(id__in=content.files).values("id", "name", "media", "size")
    found = {
        row["id"]: PublicFile(
            number=row["id"], name=row["name"], media=row["media"], size=row["size"]
        )
        for row in rows
    }
    return [found[number] for number in content.files if number in found]


def file_for(visitor: Visitor, attachment: int) -> Attachment:
    """A file to download: of what is published, one's own, or for the staff. Raises NotThere."""
    found = Attachment.objects.select_related("experience__shown").filter(id=attachment).first()
    if found is None or not _may_have(visitor, found):
        raise NotThere
    return found


def remarks_on(number: int) -> list[PublicRemark]:
    """Questions with their answers, and thanks, the oldest first; what is hidden is left out."""
    rows = Remark.objects.filter(experience_id=number, hidden__isnull=True).order_by("at", "id")
    names = ("kind", "country", "unit", "text", "at", "answer", "answered")
    return [
        PublicRemark(number=row.pk, **{name: getattr(row, name) for name in names}) for row in rows
    ]


def overlapping(experience: PublicExperience, *, weeks: int) -> list[PublicExperience]:
    """Other published experience of the municipality that went on in the weeks compared."""
    reach = dt.timedelta(weeks=weeks + 1)
    mine = experience.content
    if mine.begins is None:
        return []
    first, last = mine.begins - reach, (mine.ends or mine.begins) + reach
    others = public_experiences(country=experience.country, unit=experience.unit)
    return [
        other for other in others
        if other.number != experience.number and _meets(other.content, first, last)
    ]  # fmt: skip


def years() -> list[int]:
    """The years in which something that is published began, the newest first."""
    days = Experience.objects.filter(shown__begins__isnull=False).values_list(
        "shown__begins", flat=True
    )
    return sorted({day.year for day in days}, reverse=True)


def _meets(content: Content, first: dt.date, last: dt.date) -> bool:
    if content.begins is None:
        return False
    return content.begins <= last and (content.ends is None or content.ends >= first)


def _rows() -> Any:  # noqa: ANN401 -- Django's, untyped
    thanks = Count("remark", filter=Q(remark__kind="thanks", remark__hidden__isnull=True))
    return (
        Experience.objects.filter(shown__isnull=False)
        .select_related("shown")
        .annotate(thanks=thanks)
    )


def _in_year(year: int) -> Q:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Q(shown__begins__lte=last) & (
        Q(shown__ends__gte=first) | Q(shown__ends__isnull=True, shown__begins__gte=first)
    )


def _public(row: Any) -> PublicExperience:  # noqa: ANN401 -- with how often it was thanked
    said = Content.of(row.shown)
    hidden = said if said.contact_is_public else replace(said, contact="")
    return PublicExperience(
        number=row.pk, country=row.country, unit=row.unit, published=row.published,
        changed=row.shown.made, version=row.shown.number, thanks=row.thanks, content=hidden,
    )  # fmt: skip


def _may_have(visitor: Visitor, found: Attachment) -> bool:
    experience = found.experience
    if is_own(visitor, experience):
        return True
    if visitor.is_staff and experience.state == "waiting":
        return True
    return experience.shown is not None and found.pk in experience.shown.files
