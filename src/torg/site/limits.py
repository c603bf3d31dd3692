"""How often one reader may ask: counted in each process, by the address that a call comes from."""

import re
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja.throttling import SimpleRateThrottle

from torg.site.current import current_study
from torg.site.refusals import too_often

View = Callable[..., HttpResponseBase]

_NETWORK = 64  # bits that who has one IPv6 address has all the rest of
_WITH_PORT = re.compile(r"\[(?P<v6>[^]]+)\](?::\d+)?|(?P<v4>[\d.]+):\d+")


def came_from(request: HttpRequest) -> str:
    """The address that a call comes from, as calls are counted by it.

    What `X-Forwarded-For` says is believed as far as study.toml's `[site] proxies` wrote it: the
    names before were written by whoever asks. Of IPv6 it is the network of 64 bits, for a single
    household has every address of one.
    """
    proxies = current_study().site.proxies
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    named = said[-min(proxies, len(said))].strip() if said else ""
    return _counted_as(named or request.META.get("REMOTE_ADDR", ""))


def _counted_as(named: str) -> str:
    ported = _WITH_PORT.fullmatch(named)
    try:
        found = ip_address((ported["v6"] or ported["v4"]) if ported else named)
    except ValueError:
        return named  # the name of a proxy that hides whom it speaks for
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _NETWORK), strict=False))


class _ByAddress(SimpleRateThrottle):
    """So many calls of one kind from one address."""

    def __init__(self, rate: str, scope: str) -> None:
        self.scope = scope
        super().__init__(rate)

    def get_cache_key(self, request: HttpRequest) -> str:
        """Whose calls are counted together."""
        return f"limit:{self.scope}:{came_from(request)}".replace(" ", "-")


def limited(
    rate: str, *, scope: str, methods: tuple[str, ...] = ("POST",)
) -> Callable[[View], View]:
    """Answer at most so often: "10/m" is ten times a minute; further calls are told to wait."""
    counts = {*methods, "HEAD"} if "GET" in methods else {*methods}  # HEAD is as dear as GET

    def marked(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:  # noqa: ANN401
            counter = _ByAddress(rate, scope)  # of this call alone: it holds whom it counts
            if request.method in counts and not counter.allow_request(request):
                return too_often(request, wait=counter.wait())
            return view(request, *args, **parts)

        return counted

    return marked
