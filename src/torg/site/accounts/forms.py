"""What comes with a form: read as text that a database can keep, and what is wrong with it."""

from typing import Any

from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

from torg.site.accounts.models import Account
from torg.site.pages import url_in

LONGEST = 1000  # characters of a line


def said(request: Any, name: str, *, longest: int = LONGEST) -> str:  # noqa: ANN401
    """A line of the form, without the blanks around it and what no database keeps."""
    return _plain(request.POST.get(name, ""), longest).strip()


def asked(request: Any, name: str) -> str:  # noqa: ANN401
    """A line of what stands behind the address' question mark."""
    return _plain(request.GET.get(name, ""), LONGEST).strip()


def secret_said(request: Any, name: str) -> str:  # noqa: ANN401
    """A password as it was typed, blanks and all."""
    return _plain(request.POST.get(name, ""), LONGEST + 1)


def number_said(request: Any, name: str) -> int:  # noqa: ANN401
    """A number of the form; 0, which no row has, where it is none."""
    text = said(request, name, longest=18)
    return int(text) if text.isascii() and text.isdecimal() else 0


def own_path(text: str) -> str:
    """The address where it is a page of this site, else "": nobody is sent elsewhere."""
    if not text.startswith("/") or not url_has_allowed_host_and_scheme(text, allowed_hosts=None):
        return ""
    try:
        resolve(text.partition("?")[0])
    except Resolver404:
        return ""
    return text


def home_of(account: Account, language: str) -> str:
    """Where somebody begins who has signed in."""
    return url_in(language, "staff" if account.is_staff else "room")


def _plain(text: str, longest: int) -> str:
    return text.replace("\x00", "")[:longest]
