"""What is remembered of a site between two visits."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from torg.collect.feeds import Item

_LONGEST = 1_000  # letters of a server's own word that are sent back to it
_REMEMBERED = 1_000  # undated items; feeds show some dozens


@dataclass(frozen=True)
class Mark:
    """Where the feed is, what the server said of its state, and the undated items seen so far."""

    feed: str
    etag: str | None = None
    modified: str | None = None  # Last-Modified, word by word
    undated: tuple[str, ...] = ()  # fingerprints of ids

    def __str__(self) -> str:
        """As the archive keeps it."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def read(cls, text: str | None) -> "Mark | None":
        """The mark that a visit left; None where there is none, or of another make."""
        try:
            said = json.loads(text or "")
            return cls(said["feed"], said["etag"], said["modified"], tuple(said["undated"]))
        except (ValueError, KeyError, TypeError):
            return None

    @property
    def conditions(self) -> dict[str, str]:
        """The headers that ask for an answer only if the feed has changed."""
        said = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, word in said.items() if (value := returnable(word))}

    def with_undated(self, items: Iterable[Item]) -> tuple[str, ...]:
        """The fingerprints of `items` and of those known, the newest first."""
        found = dict.fromkeys((*map(fingerprint, items), *self.undated))
        return tuple(found)[:_REMEMBERED]


def returnable(said: str | None) -> str | None:
    """What a server said of its feed's state, where it can be sent back; else None.

    Letters beyond ASCII cannot stand in a request, and what is too long is refused as one: kept,
    either would end every later visit.
    """
    if not isinstance(said, str) or not 0 < len(said) <= _LONGEST:
        return None
    return said if said.isascii() and said.isprintable() else None


def fingerprint(item: Item) -> str:
    """A short name for an item's id."""
    return hashlib.sha256(str(item["id"]).encode()).hexdigest()[:16]
