"""The country: the front page, and the way to it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from torg.site.doors import door
from torg.site.languages import language_wanted
from torg.site.pages import page, url_in


@door("everybody")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send to the front page in the language that the reader wants."""
    response = HttpResponseRedirect(url_in(language_wanted(request), "front"))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


@door("everybody")
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return page(request, "places/front.html.jinja")
