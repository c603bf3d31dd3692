"""Statuses by their uri: which number they have on the server, and whether they are there."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import urlsplit

from torg.collect.platforms.mastodon.accounts import Json
from torg.collect.platforms.mastodon.client import AT_ONCE, Client, Declined

# A status's address on a Mastodon server ends with its number there. Other programs that speak
# Mastodon's language number them in ways that the address does not tell.
_NUMBERED = re.compile(r"^/(?:users/[^/]+/statuses|ap/users/\d+/statuses|@[^/]+)/(\d+)$")
PAGES_SEARCHED = 10  # of an account, for a status whose address does not tell its number

_OF_ANOTHER = "the server answered about another post than the one asked for"
_UNFOUND = (
    "the server's addresses do not tell how a post is asked for, and it is not among the account's "
    "newest posts"
)
_ALL_ABSENT = (
    "the server says that the post is not there, but it does not know the account either: it may "
    "have moved or be under repair"
)


def local_id(uri: str, *, server: str) -> str | None:
    """The number of a status on its own server; None where its uri does not tell."""
    parts = urlsplit(uri)
    found = _NUMBERED.match(parts.path) if parts.netloc.casefold() == server else None
    return found[1] if found else None


@dataclass
class Finder:
    """Finds one account's statuses on its own server; asks for several at once where it can."""

    client: Client
    _walked: dict[str, Json] = field(default_factory=dict)

    def find(self, uris: Iterable[str]) -> Iterator[tuple[str, Json | Declined]]:
        """Each uri with its status, or with why there is none."""
        numbers = {uri: local_id(uri, server=self.client.home.server) for uri in uris}
        known = self._at_once([number for number in numbers.values() if number])
        for uri, number in numbers.items():
            try:
                yield uri, known.get(uri) or self._one(uri, number)
            except Declined as declined:
                yield uri, self._judged(declined)

    def _at_once(self, numbers: list[str]) -> dict[str, Json]:
        """By uri, what a server of 4.3 or later gives of them; nothing where it cannot."""
        found: dict[str, Json] = {}
        try:
            for some in _chunks(numbers if len(numbers) > 1 else []):
                found.update((str(s.get("uri")), s) for s in self.client.statuses(some))
        except Declined as declined:
            if declined.status == 429:
                raise
        return found

    def _one(self, uri: str, number: str | None) -> Json:
        if number is None:
            return self._walk(uri)
        status = self.client.status(number)
        if status.get("uri") != uri:
            raise Declined("failed", _OF_ANOTHER)
        return status

    def _walk(self, uri: str) -> Json:
        """A status among those that the account's pages show."""
        for status in self._pages if uri not in self._walked else ():
            self._walked[str(status.get("uri"))] = status
            if uri in self._walked:
                break
        if uri not in self._walked:
            raise Declined("failed", _UNFOUND)
        # The page may show less than the status itself, and be older than this moment.
        return self._one_of_number(uri, str(self._walked[uri].get("id")))

    def _one_of_number(self, uri: str, number: str) -> Json:
        try:
            return self._one(uri, number)
        except Declined as declined:
            if declined.outcome == "refused":
                return self._walked[uri]
            raise

    @cached_property
    def _pages(self) -> Iterator[Json]:
        return self._statuses()

    def _statuses(self) -> Iterator[Json]:
        account = str(self.client.account().get("id"))
        below = None
        for _ in range(PAGES_SEARCHED):
            page = self.client.page(account, below=below)
            yield from page.statuses
            below = page.below
            if below is None:
                return

    def _judged(self, declined: Declined) -> Declined:
        """A post is missing only where the server still knows the account that wrote it."""
        if declined.outcome != "gone" or declined.status == 410 or self._account_is_known:
            return declined
        return Declined("failed", _ALL_ABSENT, declined.status)

    @cached_property
    def _account_is_known(self) -> bool:
        try:
            return bool(self.client.account())
        except Declined as declined:
            return declined.outcome == "gone" and declined.is_sure


def _chunks(numbers: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(numbers)
    while some := list(islice(rest, AT_ONCE)):
        yield some
