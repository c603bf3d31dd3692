"""Pages that are the same for everybody: made once for a release, then kept as bytes.

They are kept in memory, and those that ask for nothing behind a "?" on disk too, for the other
processes and for the next start.
"""

import gzip
import hashlib
import json
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial, wraps
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from torg.site.current import current_study
from torg.site.doors import door
from torg.site.made_up import is_made_up_study
from torg.site.places import aside, shelf
from torg.site.places.refusing import nothing_yet, taken_back, unread
from torg.site.places.shelf import Shown
from torg.site.refusals import not_there
from torg.study import Study

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

    @classmethod
    def of(cls, response: HttpResponse) -> "_Page":
        body = response.content
        return cls(
            body=body,
            packed=gzip.compress(body, 6, mtime=0) if _is_worth_packing(response) else b"",
            kind=response["Content-Type"],
            tag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
        )

    @classmethod
    def from_disk(cls, content: bytes) -> "_Page":
        """The page that `for_disk` wrote."""
        head, _, packed = content.partition(b"\n")
        told = json.loads(head)
        is_packed = told.pop("is_packed")
        body = gzip.decompress(packed) if is_packed else packed
        return cls(body=body, packed=packed if is_packed else b"", **told)

    @property
    def for_disk(self) -> bytes:
        """One line of what it is, then its bytes."""
        head = json.dumps({"kind": self.kind, "tag": self.tag, "is_packed": bool(self.packed)})
        return head.encode() + b"\n" + (self.packed or self.body)

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed)


def _is_worth_packing(response: HttpResponse) -> bool:
    is_text = response["Content-Type"].partition("/")[0] == "text"
    return is_text and len(response.content) > _WORTH_PACKING


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
                page = _made(request, key, partial(_response, view, request, found, parts))
            return page if isinstance(page, HttpResponse) else _answer(request, page)

        return shown

    return marked


def _response(
    view: View, request: HttpRequest, found: Shown, parts: Mapping[str, Any]
) -> HttpResponse:
    return view(request, found, **parts) if found.is_readable else unread(request)


def _made(
    request: HttpRequest, key: Hashable, make: Callable[[], HttpResponse]
) -> _Page | HttpResponse:
    """The page, by whoever made it first; what is no page (a refusal) is kept nowhere."""
    place = aside.place_of(current_study(), key)
    is_on_disk = not request.META["QUERY_STRING"]  # what can be asked for has no end
    with aside.one_at_a_time(place):
        page = _lying(place) if is_on_disk else None
        if page is None:
            response = make()
            if response.status_code != 200:
                return response
            page = _Page.of(response)
            if is_on_disk:
                aside.put(place, page.for_disk)
    _pages.put(key, page)
    return page


def _lying(place: Path) -> _Page | None:
    """The page that lies there whole; what a full disk cut short is made anew."""
    content = aside.taken(place)
    try:
        return _Page.from_disk(content) if content else None
    except (ValueError, KeyError, OSError, EOFError, zlib.error):
        return None


def _without(request: HttpRequest, release: str | None) -> HttpResponse:
    """The page asked for is of no release that everybody may see."""
    if release is None:
        return nothing_yet(request)
    gone = shelf.taken_back(release)
    return taken_back(request, gone) if gone else not_there(request)


def _leave_only(request: HttpRequest, asks: tuple[str, ...]) -> None:
    """Forget what was asked beside: links to the page in other languages repeat the question."""
    asked = ((name, value) for name in sorted(asks) for value in request.GET.getlist(name))
    request.META["QUERY_STRING"] = urlencode([(name, value) for name, value in asked if value])


def _key(request: HttpRequest, found: Shown, beside: Hashable) -> Hashable:
    """Pages also show which is the newest release, figures of the others, and whose the site is."""
    study = current_study()
    return (
        _settings_of(study),
        is_made_up_study(study),
        found.name,
        found.digest,
        tuple((each.name, each.digest) for each in shelf.public()),
        request.get_full_path(),
        beside,
    )


def _settings_of(study: Study) -> str:
    """All that study.toml says, and where: the title, the address and the zone stand on pages."""
    said = f"{study.folder} {study.model_dump_json()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    is_packed = bool(page.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    made = HttpResponse(page.packed if is_packed else page.body, content_type=page.kind)
    if is_packed:
        made["Content-Encoding"] = "gzip"
    made["ETag"] = page.tag  # and no date: the latest release may be an older one tomorrow
    patch_cache_control(made, public=True, max_age=60)
    patch_vary_headers(made, ("Accept-Encoding",))
    answered: HttpResponse = get_conditional_response(request, etag=page.tag, response=made)
    return answered
