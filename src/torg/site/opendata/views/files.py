"""The files of a release, as they can be had."""

from django.http import Http404, HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.limits import limited
from torg.site.opendata.headers import public_data
from torg.site.opendata.held import held, terms
from torg.site.opendata.offering import called, content, one_offered
from torg.site.opendata.views.taking_back import says_if_taken_back


@limited("240/m", scope="data", methods=("GET",))
@door("everybody")
@says_if_taken_back
def data_file(request: HttpRequest, release: str, name: str) -> HttpResponse:
    """One file of a public release."""
    of = held(release)
    file = one_offered(of, terms(), name) if of else None
    if of is None or file is None:
        raise Http404
    response = HttpResponse(content(of, terms(), name), content_type=file.media)
    response["Content-Disposition"] = f'attachment; filename="{called(of, name)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return public_data(request, response, etag=file.etag)
