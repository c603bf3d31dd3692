"""What goes out through the door and what comes back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import SplitResult, urlsplit

from torg.errors import Unreachable


@dataclass(frozen=True, repr=False)
class Call:
    """One request. Its query, headers and body may hold a secret, and are never shown."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    body: bytes | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", lower(self.headers))

    def __repr__(self) -> str:
        return f"Call({self.method} {shown(self.url)})"


@dataclass(frozen=True, repr=False)
class Answer:
    """What came back, whole: status, headers with lower-case names, and every byte of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str  # after redirections

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", lower(self.headers))

    def __repr__(self) -> str:
        return f"Answer({self.status} {shown(self.url)}, {len(self.body)} bytes)"

    def json(self) -> Any:  # noqa: ANN401 -- whatever the server says
        """The body as JSON. Raises Unreachable where it is none, as if no answer had come."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Unreachable(
                f"{shown(self.url)} answered with something that is not JSON."
            ) from None


Send = Callable[[Call], Answer]  # raises OSError where no whole answer came


def lower(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Headers under lower-case names, not to be changed."""
    return MappingProxyType({name.lower(): value for name, value in headers.items()})


def shown(url: str) -> str:
    """An address as errors may show it: no query, no name and password, for they hold secrets."""
    return f"{server_of(url)}{_parts(url).path}"


def server_of(url: str) -> str:
    """The host, with its port where one is said: whose budget a call is counted against."""
    return _parts(url).netloc.rpartition("@")[2].lower()


def host_of(url: str) -> str:
    """The host's bare name."""
    return (_parts(url).hostname or "").lower()


def scheme_of(url: str) -> str:
    """How it is asked, in lower case; empty where the address is none."""
    return _parts(url).scheme.lower()


def _parts(url: str) -> SplitResult:
    """The parts of an address; none of one that is none, as "https://[half/" is."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
