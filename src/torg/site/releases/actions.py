"""Take releases in, hold them back, and withdraw them."""

import datetime as dt

from django.db import transaction

from torg.release import releases_in
from torg.site.audit.actions import SITE, note
from torg.site.opening import with_people
from torg.site.releases.models import Publication
from torg.study import Study


@with_people
def offer_new(study: Study, *, at: dt.datetime | None = None) -> list[str]:
    """Offer every release that is there and was not offered yet; gives their names.

    Each municipality sees its own page from now on, and everybody after `[site] preview_days`;
    what is made up is shown to everybody at once.
    """
    at = at or dt.datetime.now(dt.UTC)
    is_made_up = study.invented or study.simulated is not None
    wait = dt.timedelta(days=0 if is_made_up else study.site.preview_days)
    known = set(Publication.objects.values_list("release", flat=True))
    new = [release for release in releases_in(study.releases) if release.folder.name not in known]
    for release in new:
        with transaction.atomic():
            _, is_new = Publication.objects.get_or_create(
                release=release.folder.name,
                defaults={"digest": release.digest, "offered": at, "public_from": at + wait},
            )
            if is_new:
                note(SITE, "offered a release", about=release.folder.name)
    return [release.folder.name for release in new]
