"""Take releases in, hold them back, and withdraw them."""

import datetime as dt

from django.db import transaction

from torg.errors import SurveyError
from torg.locale import message
from torg.release import releases_in
from torg.site.accounts.visiting import Visitor
from torg.site.audit.actions import SITE, note
from torg.site.deciding import checked_reason
from torg.site.made_up import is_made_up
from torg.site.opening import with_people
from torg.site.releases.models import Publication
from torg.study import Study

NO_RELEASE = message("There is no such release.")
SHOWN_ALREADY = message("Everybody sees this release already: it can only be withdrawn.")
WITHDRAWN = message("This release was withdrawn already.")
PAST = message("This moment is past: name one that is to come.")


@with_people
def offer_new(study: Study, *, at: dt.datetime | None = None) -> list[str]:
    """Offer every release that is there and was not offered yet; gives their names.

    Each municipality sees its own page from now on, and everybody after `[site] preview_days`;
    what is made up is shown to everybody at once.
    """
    at = at or dt.datetime.now(dt.UTC)
    known = set(Publication.objects.values_list("release", flat=True))
    new = [release for release in releases_in(study.releases) if release.folder.name not in known]
    for release in new:
        days = 0 if is_made_up(study, release.folder) else study.site.preview_days
        with transaction.atomic():
            _, is_new = Publication.objects.get_or_create(
                release=release.folder.name,
                defaults={
                    "digest": release.digest, "offered": at,
                    "public_from": at + dt.timedelta(days=days),
                },
            )  # fmt: skip
            if is_new:
                note(SITE, "offered a release", about=release.folder.name)
    return [release.folder.name for release in new]


@with_people
def postpone(
    study: Study,
    visitor: Visitor,
    release: str,
    *,
    public_from: dt.datetime,
    reason: str,
    at: dt.datetime | None = None,
) -> Publication:
    """Let everybody see a release at another moment than was said.

    Raises SurveyError where everybody sees it already, or the moment is past.
    """
    _ = study
    at = at or dt.datetime.now(dt.UTC)
    with transaction.atomic():
        found = _known(release)
        if found.withdrawn or found.public_from <= at:
            raise SurveyError(SHOWN_ALREADY)
        if public_from <= at:
            raise SurveyError(PAST)
        before, found.public_from = found.public_from, public_from
        found.save()
        note(
            visitor, "postponed a release", about=release, reason=checked_reason(reason),
            before=before.isoformat(), after=public_from.isoformat(),
        )  # fmt: skip
    return found


@with_people
def withdraw(
    study: Study, visitor: Visitor, release: str, *, reason: str, at: dt.datetime | None = None
) -> Publication:
    """Show a release no more; the reason stands in its place. Raises SurveyError."""
    _ = study
    with transaction.atomic():
        found = _known(release)
        if found.withdrawn:
            raise SurveyError(WITHDRAWN)
        found.withdrawn = at or dt.datetime.now(dt.UTC)
        found.why = checked_reason(reason)
        found.save()
        note(visitor, "withdrew a release", about=release, reason=found.why)
    return found


def _known(release: str) -> Publication:
    found = Publication.objects.select_for_update().filter(release=release).first()
    if found is None:
        raise SurveyError(NO_RELEASE)
    return found
