"""Where a redirection may lead, and what goes along."""

import ipaddress
from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from torg.collect.transport.calls import Answer, Call, host_of, scheme_of, server_of, shown
from torg.errors import Unreachable

MOST = 5  # redirections of one call
_MOVED = frozenset({301, 302, 303, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})
# What another server may be told. All else may say who asks (a key has many names) or what for.
_TOLD_TO_OTHERS = frozenset({"user-agent", "accept", "accept-language", "if-none-match"})

Addresses = Callable[[str], Iterable[str]]  # a host's name -> its addresses


def no_look_up(host: str) -> tuple[str, ...]:
    """No addresses: only a host that is called by its address is known by it."""
    return ()


def next_call(call: Call, answer: Answer, *, addresses: Addresses) -> Call | None:
    """The call that a redirection asks for; None where the answer is none.

    Raises Unreachable where it must not be followed: from https to http, or into a private network
    from outside of one.
    """
    target = answer.headers.get("location")
    if answer.status not in _MOVED or not target:
        return None
    try:
        url = urljoin(call.url, target)
    except ValueError:
        raise Unreachable(f"{shown(call.url)} leads to what is no address.") from None
    refuse(call.url, url, addresses)
    same = server_of(url) == server_of(call.url) and scheme_of(url) == scheme_of(call.url)
    headers = {n: v for n, v in call.headers.items() if same or n in _TOLD_TO_OTHERS}
    if answer.status in _KEEPS_METHOD or call.method in ("GET", "HEAD"):
        # A body may hold a secret as well as a header.
        if call.body is not None and not same:
            raise Unreachable(f"{shown(call.url)} sends what it is told on to {shown(url)}.")
        return Call(call.method, url, headers, call.body)
    return Call("GET", url, {n: v for n, v in headers.items() if n != "content-type"})


def refuse(here: str, there: str, addresses: Addresses) -> None:
    """Raise Unreachable where what `here` says must not make us go `there`."""
    if scheme_of(there) not in ("http", "https") or (scheme_of(here), scheme_of(there)) == (
        "https",
        "http",
    ):
        raise Unreachable(
            f"{shown(here)} leads to {shown(there)} without encryption: correct its address in the "
            "register if that is right."
        )
    if _is_private(host_of(there), addresses) and not _is_private(host_of(here), addresses):
        raise Unreachable(f"{shown(here)} leads into a private network, where Torg does not go.")


def _is_private(host: str, addresses: Addresses) -> bool:
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        known: Iterable[str] = (str(ipaddress.ip_address(host)),)
    except ValueError:
        known = addresses(host)
    return any(not ipaddress.ip_address(address).is_global for address in known)
