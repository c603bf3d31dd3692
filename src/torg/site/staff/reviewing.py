"""The kinds of things that wait for review, wherever they come from."""

from collections.abc import Mapping
from importlib import import_module

from torg.site.staff.waiting import Review, Waiting

# Each has REVIEWS: a Review by its kind, which stands in the address.
_MODULES = (
    "torg.site.room.reviews",
    "torg.site.releases.reviews",
    "torg.site.experience.reviews",
)


def reviews() -> Mapping[str, Review]:
    """Every kind of review, by its name in the address."""
    found: dict[str, Review] = {}
    for name in _MODULES:
        found.update(import_module(name).REVIEWS)
    return found


def waiting_in_all() -> Mapping[str, int]:
    """How many things of each kind wait."""
    return {kind: len(review.waiting()) for kind, review in reviews().items()}


def one_waiting(review: Review, number: int) -> Waiting | None:
    """The thing of that number; None where it does not wait, or not any more."""
    return next((each for each in review.waiting() if each.number == number), None)
