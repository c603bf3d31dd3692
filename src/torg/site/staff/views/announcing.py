"""Tell the municipalities of a release in preview: the letter looked at, then sent."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from torg.errors import SurveyError, TorgError
from torg.locale import message
from torg.site.accounts.forms import number_said, said
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.releases.actions import preview_of_announcement
from torg.site.releases.models import Publication
from torg.site.staff.telling import staff_page, told
from torg.site.work.actions import ask_for
from torg.site.work.models import Job

KIND = "tell of a preview"
ON_THEIR_WAY = message("The letters are on their way.")


@door("reader")
def announcement(request: HttpRequest, release: str) -> HttpResponse:
    """The letter as it would go out now, and how many; looking sends nothing."""
    return _page(request, release)


@door("analyst", methods=("POST",))
def announce(request: HttpRequest, release: str) -> HttpResponse:
    """Send the letters that were looked at, in the background, once that is confirmed."""
    try:
        if said(request, "confirmed") != "yes":
            raise SurveyError("the number of letters is not confirmed: tick the box.")
        _check_number(release, number_said(request, "letters"))
        job = _asked_for(request, release)
    except TorgError as error:
        return _page(request, release, fault=error)
    return told(request, ON_THEIR_WAY, "staff_job", number=job.pk)


def _check_number(release: str, confirmed: int) -> None:
    now = preview_of_announcement(current_study(), release).letters
    if now != confirmed:
        raise SurveyError(f"{confirmed} letters were confirmed, and {now} would go out now: look.")
    if not now:
        raise SurveyError("no letter would go out now: everybody was told, or has no address.")


def _asked_for(request: HttpRequest, release: str) -> Job:
    who = request.visitor.is_named
    with transaction.atomic():
        if Job.objects.filter(kind=KIND, state__in=("waiting", "running")).exists():
            raise SurveyError("letters are under way already: wait until they are out.")
        job = ask_for(KIND, by=who, release=release, who=who)
        note(request.visitor, "asked to tell of a preview", about=release, job=job.pk)
    return job


def _page(request: HttpRequest, release: str, *, fault: TorgError | None = None) -> HttpResponse:
    if not Publication.objects.filter(release=release).exists():
        raise Http404
    study = current_study()
    shown, written = None, []
    try:
        shown = preview_of_announcement(study, release)
        written = [
            (language, preview_of_announcement(study, release, language=language))
            for language in study.languages
        ]
    except TorgError as error:
        fault = fault or error
    return staff_page(
        request, "announcement", here="staff_releases", release=release, fault=fault, shown=shown,
        written=written,
    )  # fmt: skip
