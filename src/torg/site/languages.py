"""In which language a page speaks: its address says so, and where it does not, the browser does."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from torg.locale import LANGUAGES
from torg.site.current import current_study


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
        request.language = language_of(request.path_info) or current_study().languages[0]
        with translation.override(request.language):
            return self.get_response(request)


def language_of(path: str) -> str | None:
    """The language that an address says; None of one without."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in LANGUAGES else None


def language_wanted(request: Any) -> str:  # noqa: ANN401
    """The language for who asks without saying: as the browser says, else the study's.

    What a reader chooses stands in the address and nowhere else: reading sets no cookie. "no" is
    understood as bokmål.
    """
    asked = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wishes = (_base(name) for name, _ in asked)
    return next((wish for wish in wishes if wish in LANGUAGES), current_study().languages[0])


def _base(name: str) -> str:
    """The language of "nn-NO"."""
    base = name.partition("-")[0]
    return {"no": "nb"}.get(base, base)
