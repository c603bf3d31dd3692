"""The log: who did what, when, and for which municipality."""

import datetime as dt
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from torg.site.accounts.forms import asked
from torg.site.audit.queries import Sought, csv_of, entries, kinds
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.staff.telling import staff_page

A_PAGE = 100
FIELDS = ("who", "what", "place", "start", "end")


@door("reader")
def log(request: HttpRequest) -> HttpResponse:
    """The log, sifted."""
    said = {name: asked(request, name) for name in FIELDS}
    found = Paginator(entries(_sought(request)), A_PAGE)
    query = urlencode({name: value for name, value in said.items() if value})
    return staff_page(
        request, "log", here="staff_log", said=said, kinds=kinds(), query=query,
        entries=found.get_page(asked(request, "page")),
    )  # fmt: skip


@door("reader")
def log_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a CSV."""
    response = StreamingHttpResponse(
        csv_of(_sought(request)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="log.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sought(request: HttpRequest) -> Sought:
    country, _, unit = (
        asked(request, "place").replace(" ", ":").partition(":")
    )  # as it stands there
    start, end = _day(asked(request, "start")), _day(asked(request, "end"))
    return Sought(
        who=asked(request, "who"), what=asked(request, "what"), country=country, unit=unit,
        start=start, end=end and end + dt.timedelta(days=1),
    )  # fmt: skip


def _day(text: str) -> dt.datetime | None:
    """The beginning of a day; None where it is none, as browsers send only whole days."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    in_reach = dt.date.min < day < dt.date.max  # in every time zone, and with a day more
    return dt.datetime.combine(day, dt.time(), current_study().zone) if in_reach else None
