"""The first page of the staff: what waits, what was done last, what comes next."""

import datetime as dt
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse

from torg import surveying
from torg.locale import message
from torg.site.accounts.queries import wishes_waiting
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.releases.models import Publication
from torg.site.staff.reviewing import reviews, waiting_in_all
from torg.site.staff.telling import staff_page
from torg.site.work.models import Job
from torg.study import Study

LAST_JOBS = 5

OPENS = message("Wave %(name)s opens")
CLOSES = message("Wave %(name)s closes: its last day")
PUBLIC = message("Release %(name)s is shown to everybody")


@door("reader")
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for whom."""
    kinds, counts = reviews(), waiting_in_all()
    study = current_study()
    today = dt.datetime.now(study.zone).date()
    return staff_page(
        request, "overview", here="staff",
        waits=[(kind, kinds[kind].title, number) for kind, number in counts.items()],
        wishes=wishes_waiting().count(), jobs=Job.objects.order_by("-id")[:LAST_JOBS],
        dates=sorted(each for each in _dates(study) if each[0] >= today),
    )  # fmt: skip


def _dates(study: Study) -> Iterator[tuple[dt.date, str, str]]:
    """Days with what happens then: a sentence, and the name that it speaks of."""
    waves = surveying.questionnaire_of(study).waves if surveying.has_survey(study) else ()
    for wave in waves:
        yield wave.opens, OPENS, wave.id
        yield wave.closes, CLOSES, wave.id
    for release in Publication.objects.filter(withdrawn__isnull=True):
        yield release.public_from.astimezone(study.zone).date(), PUBLIC, release.release
