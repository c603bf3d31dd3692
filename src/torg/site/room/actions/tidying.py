"""What is kept no longer: uploads that nothing comes of, and the rows of long ago."""

import datetime as dt

from django.db import transaction

from torg.locale import message
from torg.site.audit.actions import SITE, note
from torg.site.opening import with_people
from torg.site.room.models import HandIn, Proposal
from torg.site.room.places import delete_upload, places_in
from torg.study import Study

KEPT = dt.timedelta(days=30)  # a refused upload, and one whose question nobody answers
ARRIVING = dt.timedelta(days=1)  # longer takes no upload: nobody notes it any more
UNANSWERED = message("What the file asks was not answered in 30 days, so it was deleted.")


@with_people
def tidy_files(study: Study, *, at: dt.datetime | None = None) -> dict[str, int]:
    """Delete uploads and rows whose time is over; how many of each."""
    at = at or dt.datetime.now(dt.UTC)
    uploads = _old_uploads(study, at)
    strays = _strays(study, at)
    before = at - dt.timedelta(days=365 * study.site.keep_years)
    over = ("taken", "unfit", "refused", "withdrawn")
    files, _ = HandIn.objects.filter(made__lt=before, state__in=over, place="").delete()
    said, _ = Proposal.objects.filter(
        made__lt=before, state__in=("accepted", "refused", "withdrawn")
    ).delete()
    return {"uploads": uploads, "strays": strays, "files": files, "proposals": said}


def _old_uploads(study: Study, at: dt.datetime) -> int:
    refused = HandIn.objects.filter(state="refused", decided__lt=at - KEPT).exclude(place="")
    silent = HandIn.objects.filter(state="asked", made__lt=at - KEPT)
    numbers = [each.pk for each in (*refused, *silent)]
    return sum(_forget(study, number) for number in numbers)


@transaction.atomic
def _forget(study: Study, number: int) -> bool:
    """Delete the upload; not where the file was answered for or taken back since it was listed."""
    listed = HandIn.objects.select_for_update().filter(id=number, state__in=("refused", "asked"))
    handin = listed.first()
    if handin is None:
        return False
    place, handin.place = handin.place, ""
    if handin.state == "asked":
        handin.state, handin.why = "unfit", UNANSWERED
    handin.save()
    note(
        SITE, "deleted an upload", about=f"hand-in {number}", country=handin.country,
        unit=handin.unit,
    )  # fmt: skip
    transaction.on_commit(lambda: delete_upload(study, place))
    return True


def _strays(study: Study, at: dt.datetime) -> int:
    """Uploads that were cut short by the end of a process, or whose row is gone."""
    known = set(HandIn.objects.exclude(place="").values_list("place", flat=True))
    before = (at - ARRIVING).timestamp()
    strays = [place for place, when in places_in(study) if place not in known and when < before]
    for place in strays:
        delete_upload(study, place)
    return len(strays)
