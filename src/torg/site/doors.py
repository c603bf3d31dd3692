"""Who may open which page: every view has one of these marks, and a test walks all of them."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from torg.site.accounts.visiting import Visitor
from torg.site.refusals import not_for_you, sign_in_first

Door = Literal["everybody", "municipality", "reader", "editor", "analyst"]
View = Callable[..., HttpResponseBase]

# Which roles go through which door. A municipality's own rooms are its own: no member of the staff
# goes in by this door, and what staff may see of them has pages of its own.
ROLES: Mapping[Door, frozenset[str]] = {
    "everybody": frozenset({"public", "municipality", "reader", "editor", "analyst"}),
    "municipality": frozenset({"municipality"}),
    "reader": frozenset({"reader", "editor", "analyst"}),
    "editor": frozenset({"editor", "analyst"}),
    "analyst": frozenset({"analyst"}),
}


def door(name: Door, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Let only those roles in, and only these HTTP methods (HEAD goes with GET).

    The view is called with the request, whose `language` and `visitor` are set, and with the parts
    of its address but the language. A view for everybody does not see who asks, unless it looks at
    `request.visitor`: then its page is not kept by caches.
    """

    def marked(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, language: str = "", **parts: Any) -> HttpResponseBase:  # noqa: ANN401
            request.is_public = name == "everybody" and request.method in {"GET", "HEAD"}
            if name != "everybody":
                refusal = _refusal(request, name)
                if refusal is not None:
                    return refusal
            return view(request, **parts)

        allowed = (*methods, "HEAD") if "GET" in methods else methods
        guarded = require_http_methods(list(allowed))(opened)
        guarded.door = name
        guarded.methods = methods
        return guarded

    return marked


def can_open(visitor: Visitor, name: Door) -> bool:
    """Whether the visitor goes through the door."""
    return visitor.role in ROLES[name]


def _refusal(request: HttpRequest, name: Door) -> HttpResponseBase | None:
    if can_open(request.visitor, name):
        return None
    return sign_in_first(request) if request.visitor.role == "public" else not_for_you(request)
