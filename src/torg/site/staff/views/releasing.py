"""Runs and releases: made in the background, looked at, postponed, withdrawn."""

import datetime as dt

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from torg.errors import StudyError, TorgError
from torg.locale import message
from torg.site.accounts.forms import said
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.releases import actions
from torg.site.releases.models import Publication
from torg.site.staff.changes import changes_of
from torg.site.staff.telling import staff_page, told
from torg.site.work.actions import ask_for
from torg.site.work.models import Job

UNDER_WAY = message("The run is under way.")
POSTPONED = message("The release is shown to everybody from another day on.")
WITHDRAWN = message("The release is withdrawn.")


@door("reader")
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, the newest first, and who sees them."""
    return _releases_page(request)


@door("analyst", methods=("POST",))
def run(request: HttpRequest) -> HttpResponse:
    """Make a release in the background, if anything has changed."""
    try:
        with transaction.atomic():
            if Job.objects.filter(kind="make a release", state__in=("waiting", "running")).exists():
                raise StudyError("a run is under way already: wait until it has ended.")
            job = ask_for("make a release", by=request.visitor.is_named)
            note(request.visitor, "started a run", about=f"job {job.pk}")
    except TorgError as error:
        return _releases_page(request, fault=error)
    return told(request, UNDER_WAY, "staff_job", number=job.pk)


@door("reader")
def release(request: HttpRequest, release: str) -> HttpResponse:
    """One release: who sees it since when, and what changed against the one before."""
    return _release_page(request, release)


@door("analyst", methods=("POST",))
def postpone(request: HttpRequest, release: str) -> HttpResponse:
    """Let everybody see the release from another day on."""
    study = current_study()
    try:
        day = dt.date.fromisoformat(said(request, "day"))
        moment = dt.datetime.combine(day, dt.time(), tzinfo=study.zone)
        actions.postpone(
            study, request.visitor, release, public_from=moment, reason=said(request, "reason")
        )
    except ValueError:
        return _release_page(request, release, fault="That is no day: write it as 2026-11-30.")
    except TorgError as error:
        return _release_page(request, release, fault=error)
    return told(request, POSTPONED, "staff_release", release=release)


@door("analyst", methods=("POST",))
def withdraw(request: HttpRequest, release: str) -> HttpResponse:
    """Let nobody see the release any more, and say why."""
    try:
        actions.withdraw(current_study(), request.visitor, release, reason=said(request, "reason"))
    except TorgError as error:
        return _release_page(request, release, fault=error)
    return told(request, WITHDRAWN, "staff_release", release=release)


def _releases_page(request: HttpRequest, *, fault: TorgError | None = None) -> HttpResponse:
    now = dt.datetime.now(dt.UTC)
    rows = [(each, state_of(each, at=now)) for each in Publication.objects.order_by("-offered")]
    return staff_page(request, "releases", here="staff_releases", rows=rows, fault=fault)


def _release_page(
    request: HttpRequest, release: str, *, fault: TorgError | str | None = None
) -> HttpResponse:
    found = Publication.objects.filter(release=release).first()
    if found is None:
        raise Http404
    return staff_page(
        request, "release", here="staff_releases", one=found, fault=fault,
        state=state_of(found, at=dt.datetime.now(dt.UTC)),
        changes=changes_of(current_study(), release),
    )  # fmt: skip


def state_of(publication: Publication, *, at: dt.datetime) -> str:
    """One word: withdrawn, preview, or public."""
    if publication.withdrawn:
        return "withdrawn"
    return "preview" if publication.public_from > at else "public"
