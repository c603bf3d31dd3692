"""One address for every spelling of a page's address."""

import html
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from torg.errors import RegisterError
from torg.register.platforms import (
    PLATFORMS,
    RSS,
    Found,
    Parts,
    Platform,
    platform_called,
    platform_of_host,
)

# Services that only send the visitor on: host -> the query key that holds the true address.
_FORWARDERS = {"l.facebook.com": "u", "lm.facebook.com": "u", "l.instagram.com": "u"}
# Wikidata's forwarder puts the address together from a beginning and an id.
_WIKIDATA_FORWARDER = "wikidata-externalid-url.toolforge.org"
_MAIN_HOSTS = ("www.", "m.", "mobile.", "touch.", "web.", "mbasic.", "nb-no.", "da-dk.", "sv-se.")


@dataclass(frozen=True)
class Address:
    """Where a channel is found.

    address: the one spelling, "" where only the platform's id is known.
    handle: the name in the address, in the form used to compare (lower case, no leading "@").
    platform_id: the platform's own id, where the address holds it.
    """

    platform: str
    address: str
    handle: str | None = None
    platform_id: str | None = None


@lru_cache(maxsize=65536)
def normalise_address(text: str, *, platform: str | None = None) -> Address:
    """The one form of a page's address, however it is spelled.

    `text` may be an address with or without its scheme, or, where `platform` is said, a bare
    handle or id. Raises RegisterError where no page can be read from it.
    """
    plain = unicodedata.normalize("NFC", html.unescape(text)).strip().strip("<>\"'").strip()
    wanted = platform_called(platform) if platform else None
    if not plain:
        raise RegisterError(
            "the address is empty: write the page's address as the browser shows it."
        )
    if wanted == RSS:
        return _site(text, plain)
    parts = _parts(plain, wanted)
    name = platform_of_host(parts) or wanted
    if wanted and name != wanted:
        raise RegisterError(
            f"'{text}' is an address on {name}, not on {wanted}: mend the platform or the address."
        )
    if name is None:
        raise RegisterError(
            f"'{text}' tells no platform: write the whole address, or say the platform beside it."
        )
    return _address(text, name, parts)


def _address(text: str, name: str, parts: Parts) -> Address:
    known = PLATFORMS.get(name)
    if known is None:
        return _unknown_platform(text, name, parts)
    found = known.read(parts)
    if found is None:
        raise RegisterError(
            f"'{text}' is not the address of a page on {name}, but of something on it, or of "
            "nothing: write the address of the page itself."
        )
    return _assembled(known, found)


def _site(text: str, plain: str) -> Address:
    """A site's or feed's address: kept as it is called, since it has to be; compared without much.

    The address is its id; the handle is the same in lower case, without scheme and "www.".
    """
    split = _split(plain.removeprefix("@"))
    host = (split.hostname or "").removesuffix(".")
    if "." not in host or split.scheme not in ("http", "https"):
        raise RegisterError(
            f"'{text}' is no address of a site or feed: write it as the browser shows it, "
            "https://www.example.org/news."
        )
    port = f":{split.port}" if split.port else ""
    rest = split.path.rstrip("/") + (f"?{split.query}" if split.query else "")
    address = f"{split.scheme}://{host}{port}{rest}"
    handle = f"{host.removeprefix('www.')}{port}{rest}".casefold()
    return Address(platform=RSS, address=address, handle=handle, platform_id=address)


def _assembled(platform: Platform, found: Found) -> Address:
    where = found.path if "://" in found.path else platform.base + found.path
    return Address(
        platform=platform.name,
        address=where if found.path else "",
        handle=found.handle,
        platform_id=found.platform_id,
    )


def _unknown_platform(text: str, name: str, parts: Parts) -> Address:
    if not parts.host:
        raise RegisterError(
            f"'{text}': Torg does not know how {name} writes addresses; give the whole address."
        )
    return Address(platform=name, address="/".join((f"https://{parts.host}", *parts.segments)))


def _parts(text: str, platform: str | None) -> Parts:
    text = text.removeprefix("at://").removeprefix("acct:")
    if not _is_web_address(text, platform):
        return Parts(host="", segments=tuple(s for s in _decoded(text.split("/")) if s), query={})
    split = _split(text)
    host = (split.hostname or "").removesuffix(".")
    query = dict(parse_qsl(split.query))
    onward = _forwarded(host, query)
    if onward:
        return _parts(onward, platform)
    # Old addresses keep the page behind "#!": facebook.com/#!/name
    path = split.fragment[1:] if split.fragment.startswith("!/") else split.path
    segments = tuple(s for s in _decoded(path.partition("?")[0].split("/")) if s)
    return Parts(host=_main_host(host), segments=segments, query=query)


def _split(text: str) -> SplitResult:
    """An address in its parts, with or without its scheme."""
    try:
        split = urlsplit(text if "://" in text else f"https://{text}")
        _ = split.port  # is only read now
    except ValueError:
        raise RegisterError(
            f"'{text}' is no address: write the page's address as the browser shows it."
        ) from None
    return split


def _is_web_address(text: str, platform: str | None) -> bool:
    head, slash, _ = text.partition("/")
    if "://" in text:
        return True
    if platform is None and head.startswith("@"):
        return False
    dotted = "." in head and "@" not in head
    on_known_host = platform_of_host(Parts(host=_main_host(head.casefold()), segments=(), query={}))
    return dotted and ((bool(slash.strip()) and head != "profile.php") or on_known_host is not None)


def _decoded(segments: list[str]) -> list[str]:
    return [unicodedata.normalize("NFC", unquote(segment)).strip() for segment in segments]


def _forwarded(host: str, query: dict[str, str]) -> str | None:
    if host == _WIKIDATA_FORWARDER:
        return query.get("url_prefix", "") + query.get("id", "") or None
    return query.get(_FORWARDERS.get(host, ""))


def _main_host(host: str) -> str:
    for prefix in _MAIN_HOSTS:
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host
