"""Which releases there are for whom. A release's name is its folder's: 2026-11-21-1."""

import datetime as dt

from torg.site.releases.models import Publication


def public_releases(*, at: dt.datetime | None = None) -> list[Publication]:
    """The releases that everybody may see, the newest first."""
    at = at or dt.datetime.now(dt.UTC)
    found = Publication.objects.filter(public_from__lte=at, withdrawn__isnull=True)
    return sorted(found, key=_order, reverse=True)


def latest_public(*, at: dt.datetime | None = None) -> Publication | None:
    """The newest release that everybody may see; None where there is none."""
    return next(iter(public_releases(at=at)), None)


def in_preview(*, at: dt.datetime | None = None) -> Publication | None:
    """The newest release that only municipalities see yet, each its own page; None without one."""
    at = at or dt.datetime.now(dt.UTC)
    found = Publication.objects.filter(offered__lte=at, public_from__gt=at, withdrawn__isnull=True)
    return max(found, key=_order, default=None)


def _order(publication: Publication) -> tuple[str, int]:
    day, _, number = publication.release.rpartition("-")
    return day, int(number)
