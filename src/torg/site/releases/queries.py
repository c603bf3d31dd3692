"""Which releases there are for whom. A release's name is its folder's: 2026-11-21-1."""

import datetime as dt

from torg.site.releases.models import Objection, Publication, Statement


def public_releases(*, at: dt.datetime | None = None) -> list[Publication]:
    """The releases that everybody may see, the newest first."""
    at = at or dt.datetime.now(dt.UTC)
    found = Publication.objects.filter(public_from__lte=at, withdrawn__isnull=True)
    return sorted(found, key=_place_of, reverse=True)


def latest_public(*, at: dt.datetime | None = None) -> Publication | None:
    """The newest release that everybody may see; None where there is none."""
    return next(iter(public_releases(at=at)), None)


def in_preview(*, at: dt.datetime | None = None) -> Publication | None:
    """The newest release that only municipalities see yet, each its own page; None without one."""
    at = at or dt.datetime.now(dt.UTC)
    found = Publication.objects.filter(offered__lte=at, public_from__gt=at, withdrawn__isnull=True)
    return max(found, key=_place_of, default=None)


def order_of(release: str) -> tuple[str, int]:
    """A release's place among all by its name, the oldest first."""
    day, _, number = release.rpartition("-")
    return day, int(number)


def _place_of(publication: Publication) -> tuple[str, int]:
    return order_of(publication.release)


def in_question(*, at: dt.datetime | None = None) -> Publication | None:
    """The release that municipalities are asked about: in preview, else the newest that is public.

    What is made up is public at once, and a statement may come late.
    """
    return in_preview(at=at) or latest_public(at=at)


def publication(release: str) -> Publication | None:
    """What is known of a release; None where it was never offered."""
    return Publication.objects.filter(release=release).first()


def statements_of(release: str, country: str, unit: str) -> list[Statement]:
    """What stands beside a municipality's figures in a release: as accepted by the staff."""
    found = Statement.objects.filter(release=release, country=country, unit=unit, state="accepted")
    return list(found.order_by("made", "id"))


def corrections_of(release: str, country: str, unit: str) -> list[Objection]:
    """What was set right because a municipality asked for it up to a release, the newest first.

    What it said of a later one, which may be in preview yet, is not of this.
    """
    found = Objection.objects.filter(country=country, unit=unit, state="accepted")
    rows = found.order_by("-decided", "-id")
    return [each for each in rows if order_of(each.release) <= order_of(release)][:_SHOWN]


def own_statements(country: str, unit: str) -> list[Statement]:
    """All that a municipality said beside its figures, the newest first."""
    found = Statement.objects.filter(country=country, unit=unit).order_by("-made", "-id")
    return list(found[:_SHOWN])


def own_corrections(country: str, unit: str) -> list[Objection]:
    """All corrections that a municipality proposed, the newest first."""
    found = Objection.objects.filter(country=country, unit=unit).order_by("-made", "-id")
    return list(found[:_SHOWN])


def correction(number: int) -> Objection | None:
    """A correction, whoever's it is: for the staff."""
    return Objection.objects.filter(id=number).first()


def waiting_corrections() -> list[Objection]:
    """The corrections that one of the staff accepts or refuses, the oldest first."""
    return list(Objection.objects.filter(state="waiting").order_by("made", "id"))


def waiting_statements() -> list[Statement]:
    """The statements that one of the staff accepts or refuses, the oldest first."""
    return list(Statement.objects.filter(state="waiting").order_by("made", "id"))


_SHOWN = 100  # the newest of a municipality
