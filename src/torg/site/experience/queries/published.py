"""What everybody may read: the published experience, as frozen values."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from torg.site.accounts.visiting import Visitor
from torg.site.experience.content import Content
from torg.site.experience.models import Attachment, Experience, Remark, Version
from torg.site.experience.observed import Key, key_of
from torg.site.experience.permissions import NotThere, is_own
from torg.site.experience.queries.own import OwnExperience


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
    def place(self) -> Key:
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


@dataclass(frozen=True)
class Published(Sequence[PublicExperience]):
    """Published experience in an order. Of what is not taken out of it nothing is read."""

    rows: Any  # Django's, untyped

    def __len__(self) -> int:
        return int(self.rows.count())

    def __iter__(self) -> Iterator[PublicExperience]:
        return (_public(row) for row in self.rows)

    @overload
    def __getitem__(self, at: int) -> PublicExperience: ...
    @overload
    def __getitem__(self, at: slice) -> list[PublicExperience]: ...
    def __getitem__(self, at: int | slice) -> PublicExperience | list[PublicExperience]:
        if isinstance(at, slice):
            return [_public(row) for row in self.rows[at]]
        return _public(self.rows[at])

    @property
    def places(self) -> Mapping[int, Key]:
        """Whose each is, by its number, in their order."""
        rows = self.rows.values_list("id", "country", "unit")
        return {number: key_of(country, unit) for number, country, unit in rows}


def public_experiences(
    *, numbers: Collection[int] | None = None, places: Collection[Key] | None = None,
    country: str = "", unit: str = "", area: str = "", group: str = "", channel: str = "",
    service: str = "", year: int | None = None, limit: int | None = None,
) -> Published:  # fmt: skip
    """Published experience that meets all that is asked, the newest first.

    `places` are keys of municipalities ("NO-0301"), `year` one in which it went on.
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
    if places is not None:
        rows = rows.filter(_of_places(places))
    if year is not None:
        rows = rows.filter(_in_year(year))
    return Published(rows.order_by("-published", "-id")[:limit])


def experiences_in_order(numbers: Sequence[int]) -> list[PublicExperience]:
    """Published experience by its numbers, in their order; what is withdrawn is left out."""
    found = {each.number: each for each in public_experiences(numbers=numbers)}
    return [found[number] for number in numbers if number in found]


def good_cells() -> list[tuple[str, str, Key]]:
    """Area, target group and municipality of everything that went well, as its author says."""
    rows = Experience.objects.filter(shown__went="good").values_list(
        "shown__area", "shown__group", "country", "unit"
    )
    return [(area, group, key_of(*place)) for area, group, *place in rows.distinct()]


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
    """A file of what is published, one's own, or for the staff of what waits. Raises NotThere."""
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


def overlapping(
    experience: PublicExperience | OwnExperience, *, weeks: int
) -> list[PublicExperience]:
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
    published = Experience.objects.filter(shown__isnull=False)
    return [day.year for day in published.dates("shown__begins", "year", order="DESC")]


def _meets(content: Content, first: dt.date, last: dt.date) -> bool:
    if content.begins is None:
        return False
    return content.begins <= last and (content.ends is None or content.ends >= first)


def _rows() -> Any:  # noqa: ANN401 -- Django's, untyped
    """With how often each was thanked: counted for those alone that are taken."""
    said = Remark.objects.filter(experience=OuterRef("pk"), kind="thanks", hidden__isnull=True)
    each = said.order_by().values("experience").annotate(n=Count("pk")).values("n")
    return (
        Experience.objects.filter(shown__isnull=False)
        .select_related("shown")
        .annotate(thanks=Coalesce(Subquery(each), 0))
    )


def _of_places(places: Collection[Key]) -> Q:
    """The units of each country, so that the database sifts them."""
    units: dict[str, list[str]] = defaultdict(list)
    for place in sorted(places):
        country, _, unit = place.partition("-")
        units[country].append(unit)
    wanted = Q(pk__in=[])  # none, where no place is asked for
    for country, codes in units.items():
        wanted |= Q(country=country, unit__in=codes)
    return wanted


def _in_year(year: int) -> Q:
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Q(shown__begins__lte=last) & (
        Q(shown__ends__gte=first) | Q(shown__ends__isnull=True, shown__begins__gte=first)
    )


def _public(row: Any) -> PublicExperience:  # noqa: ANN401 -- Django's, untyped
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
        waits = Version.objects.filter(experience=experience).latest("number")
        if found.pk in waits.files:
            return True
    return experience.shown is not None and found.pk in experience.shown.files
