"""Jobs: which there are, and how one goes."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from torg.site.accounts.forms import asked
from torg.site.doors import door
from torg.site.staff.telling import staff_page
from torg.site.work.models import Job

A_PAGE = 50


@door("reader")
def jobs(request: HttpRequest) -> HttpResponse:
    """All jobs, the newest first."""
    pages = Paginator(Job.objects.order_by("-id"), A_PAGE)
    return staff_page(
        request, "jobs", here="staff_jobs", jobs=pages.get_page(asked(request, "page"))
    )


@door("reader")
def job(request: HttpRequest, number: int) -> HttpResponse:
    """One job: its progress, its log, its outcome."""
    found = Job.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    outcome = found.outcome.items() if isinstance(found.outcome, dict) else ()
    return staff_page(request, "job", here="staff_jobs", job=found, outcome=list(outcome))
