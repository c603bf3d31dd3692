"""In which language a page speaks: its address says so, and where it does not, the browser does."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import get_language_from_request

from torg.locale import LANGUAGES
from torg.site.current import current_study

CHOSEN = "torg_language"  # the cookie of who chose another than the browser's


class LanguageConverter:
    """The first part of an address: `nb` of /nb/municipalities/."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        """The language, as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The same."""
        return value


class SpokenMiddleware:
    """Let Django's own sentences, in forms, be said in the page's language."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:  # noqa: ANN401 -- Django carries no types
        """Answer the request."""
        first = request.path_info.lstrip("/").partition("/")[0]
        request.language = first if first in LANGUAGES else current_study().languages[0]
        with translation.override(request.language):
            return self.get_response(request)


def language_wanted(request: Any) -> str:  # noqa: ANN401
    """The language for who asks without saying: as chosen before, as the browser says, the study's.

    "no" is understood as bokmål.
    """
    chosen = request.COOKIES.get(CHOSEN, "")
    if chosen in LANGUAGES:
        return str(chosen)
    if not request.headers.get("Accept-Language"):
        return current_study().languages[0]
    found = get_language_from_request(request)
    return found if found in LANGUAGES else current_study().languages[0]
