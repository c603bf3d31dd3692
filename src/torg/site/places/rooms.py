"""The rooms that everybody may enter, as the navigation names them: those that have something."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from torg.locale import message
from torg.site.pages import url_in
from torg.site.places import shelf
from torg.site.places.shelf import Shown


@dataclass(frozen=True, kw_only=True)
class Room:
    """One link of the navigation."""

    title: str
    address: str
    is_here: bool  # the page that is shown lies in it
    is_itself: bool  # or is its first page


def _has_places(shown: Shown | None) -> bool:
    return bool(
        shown
        and shown.is_readable
        and shown.results is not None
        and not shown.results.municipalities.is_empty()
    )


def _has_survey(shown: Shown | None) -> bool:
    return bool(shown and shown.is_readable and shown.survey is not None)


def _always(shown: Shown | None) -> bool:
    return True


_ROOMS: tuple[tuple[str, str, Callable[[Shown | None], bool]], ...] = (
    ("front", message("The country"), _always),
    ("ranking", message("Ranking"), _has_places),
    ("search", message("Municipalities"), _has_places),
    ("map", message("Map"), _has_places),
    ("compare", message("Compare"), _has_places),
    ("survey", message("Survey"), _has_survey),
    ("experiences", message("Experience"), _always),
    ("data", message("Open data"), _always),
    ("how", message("How we know"), bool),
)

# Pages that lie in a room by what they are, not by where they are.
_LIES_IN = {"municipalities": "search"}


def rooms(request: HttpRequest) -> list[Room]:
    """The rooms in the order of the navigation, with the one that the page lies in."""
    shown = shelf.latest()
    within = _within(request.path)
    there = (
        (title, url_in(request.language, name)) for name, title, is_there in _ROOMS
        if is_there(shown)
    )  # fmt: skip
    return [
        Room(
            title=title,
            address=address,
            is_here=(_within(address) or "front") == (_LIES_IN.get(within, within) or "front"),
            is_itself=address == request.path,
        )
        for title, address in there
    ]


def _within(path: str) -> str:
    """The first part of an address behind its language and its release: 'ranking'."""
    parts = path.strip("/").split("/")[1:]
    if parts[:1] == ["releases"] and len(parts) > 2:
        parts = parts[2:]
    return parts[0] if parts else ""
