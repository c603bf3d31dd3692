"""Pages of the country where nothing can be shown: no release yet, or one that was taken back."""

from django.http import HttpRequest, HttpResponse

from torg.locale import message
from torg.site.pages import page
from torg.site.refusals import refused
from torg.site.releases.models import Publication

UNREAD = message("This release was made by another version of Torg and cannot be shown here.")
NO_SUCH_PLACE = message("This release has no municipality of that code.")
NOT_OBSERVED = message(
    "This release holds answers only: nothing was observed, and nobody is ranked."
)
NO_SURVEY = message("This release holds no survey.")
NO_SUCH_QUESTION = message("This survey has no question of that name.")
NO_SUCH_WAVE = message("This release has no survey of that name.")


def nothing_yet(request: HttpRequest) -> HttpResponse:
    """The study has no release that everybody may see."""
    is_front = request.path.strip("/") == request.language
    return page(request, "places/nothing.html.jinja", status=200 if is_front else 404)


def taken_back(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The release was shown once, and its makers took it back: they say why."""
    return page(request, "places/taken_back.html.jinja", status=404, publication=publication)


def unread(request: HttpRequest) -> HttpResponse:
    """The release lies there, and this Torg does not understand it."""
    return refused(request, UNREAD, status=503)


def lacking(request: HttpRequest, sentence: str) -> HttpResponse:
    """The release is there, and what is asked for is not in it."""
    return refused(request, sentence, status=404)
