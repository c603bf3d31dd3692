"""Pages that are the same for everybody: made once for a release, then kept in memory as bytes."""

import datetime as dt
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import wraps
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from torg.site.current import current_study
from torg.site.doors import door
from torg.site.places import shelf
from torg.site.places.refusing import nothing_yet, taken_back, unread
from torg.site.places.shelf import Shown
from torg.site.refusals import not_there

_MOST_BYTES = 96 * 2**20  # of pages kept in a process
_WORTH_PACKING = 1400  # bytes that go in one packet anyway

View = Callable[..., HttpResponse]
Said = Callable[..., Hashable]


@dataclass(frozen=True)
class _Page:
    body: bytes
    packed: bytes
    kind: str
    tag: str
    made: dt.datetime

    @classmethod
    def of(cls, response: HttpResponse) -> "_Page":
        body = response.content
        return cls(
            body=body,
            packed=gzip.compress(body, 6, mtime=0) if len(body) > _WORTH_PACKING else b"",
            kind=response["Content-Type"],
            tag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
            made=dt.datetime.now(dt.UTC).replace(microsecond=0),
        )

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


@dataclass
class _Pages:
    """The pages that this process made, the latest asked for; no more than _MOST_BYTES."""

    lock: Lock = field(default_factory=Lock)
    pages: OrderedDict[Hashable, _Page] = field(default_factory=OrderedDict)
    size: int = 0

    def get(self, key: Hashable) -> _Page | None:
        with self.lock:
            found = self.pages.get(key)
            if found:
                self.pages.move_to_end(key)
        return found

    def put(self, key: Hashable, page: _Page) -> None:
        with self.lock:
            before = self.pages.pop(key, None)
            self.size += page.size - (before.size if before else 0)
            self.pages[key] = page
            while self.size > _MOST_BYTES:
                _, gone = self.pages.popitem(last=False)
                self.size -= gone.size


_pages = _Pages()


def of_release(*asks: str, said: Said | None = None) -> Callable[[View], View]:
    """A page for everybody, made of a release: the latest public one, or that of the address.

    The view is called with the request, what is shown, and the other parts of the address. What is
    asked for behind the "?" counts only where `asks` names it. `said` gives what the page shows
    beside the release (replies to it): where that changes, the page is made anew.
    """

    def marked(view: View) -> View:
        @door("everybody")
        @wraps(view)
        def shown(request: HttpRequest, release: str | None = None, **parts: Any) -> HttpResponse:  # noqa: ANN401
            found = shelf.named(release) if release else shelf.latest()
            if found is None:
                return _without(request, release)
            _leave_only(request, asks)
            beside = said(found, **parts) if said and found.is_readable else None
            key = _key(request, found, beside)
            page = _pages.get(key)
            if page is None:
                made = view(request, found, **parts) if found.is_readable else unread(request)
                if made.status_code != 200:
                    return made
                page = _Page.of(made)
                _pages.put(key, page)
            return _answer(request, page)

        return shown

    return marked


def _without(request: HttpRequest, release: str | None) -> HttpResponse:
    """The page asked for is of no release that everybody may see."""
    if release is None:
        return nothing_yet(request)
    gone = next((row for row in shelf.withdrawn() if row.release == release), None)
    return taken_back(request, gone) if gone else not_there(request)


def _leave_only(request: HttpRequest, asks: tuple[str, ...]) -> None:
    """Forget what was asked beside: links to the page in other languages repeat the question."""
    asked = ((name, value) for name in sorted(asks) for value in request.GET.getlist(name))
    request.META["QUERY_STRING"] = urlencode([(name, value) for name, value in asked if value])


def _key(request: HttpRequest, found: Shown, beside: Hashable) -> Hashable:
    newest = shelf.public()[:1]
    return (
        str(current_study().folder),
        found.name,
        found.digest,
        newest[0].name if newest else None,
        len(shelf.public()),
        request.get_full_path(),
        beside,
    )


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    is_packed = bool(page.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    made = HttpResponse(page.packed if is_packed else page.body, content_type=page.kind)
    if is_packed:
        made["Content-Encoding"] = "gzip"
    made["ETag"] = page.tag
    made["Last-Modified"] = format_datetime(page.made, usegmt=True)
    patch_cache_control(made, public=True, max_age=60)
    patch_vary_headers(made, ("Accept-Encoding",))
    answered: HttpResponse = get_conditional_response(
        request, etag=page.tag, last_modified=int(page.made.timestamp()), response=made
    )
    return answered
