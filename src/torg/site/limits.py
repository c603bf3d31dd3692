"""How often one reader may ask: counted in each process, by the address that a call comes from."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja.throttling import SimpleRateThrottle

from torg.site.refusals import too_often

View = Callable[..., HttpResponseBase]


class _ByAddress(SimpleRateThrottle):
    """So many calls of one kind from one address."""

    def __init__(self, rate: str, scope: str) -> None:
        self.scope = scope
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        """Whose calls are counted together."""
        return f"limit:{self.scope}:{self.get_ident(request)}".replace(" ", "-")


def limited(
    rate: str, *, scope: str, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Answer at most so often: "10/m" is ten times a minute; further calls are told to wait."""
    counter = _ByAddress(rate, scope)
    counts = {*methods, "HEAD"} if "GET" in methods else {*methods}  # HEAD is as dear as GET

    def marked(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:  # noqa: ANN401
            if request.method in counts and not counter.allow_request(request):
                return too_often(request)
            return view(request, *args, **parts)

        return counted

    return marked
