"""What goes out through the door and what comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Call:
    """One request. The headers may hold a secret, and are never shown."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "headers", MappingProxyType(dict(self.headers)))


@dataclass(frozen=True)
class Answer:
    """What came back, whole: status, headers with lower-case names, and every byte of the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str  # after redirections

    def __post_init__(self) -> None:
        lower = {name.lower(): value for name, value in self.headers.items()}
        object.__setattr__(self, "headers", MappingProxyType(lower))


Send = Callable[[Call], Answer]  # raises OSError where no whole answer came
