"""Sign in, with a second factor for the staff; sign out."""

from django.http import HttpRequest, HttpResponse

from torg.site.doors import door
from torg.site.refusals import SIGN_IN, refused


@door("everybody", methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page to sign in at."""
    return refused(request, SIGN_IN, status=200)
