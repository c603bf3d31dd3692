"""One Mastodon server, asked through the kept client `Mastodon.py` and our own door."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from torg.collect.platforms.mastodon.accounts import Home, Json
from torg.collect.platforms.shape import Means
from torg.collect.transport import as_the_door_said

# The kept client is loaded where a server is asked, and not where a file of its answers is read.
if TYPE_CHECKING:
    from mastodon import Mastodon, MastodonError

PAGE = 40  # the most statuses of an account that a server gives at once
AT_ONCE = 20  # the most statuses that may be asked for by their ids in one call

# What Mastodon.py says of a 404 whose body holds no error of Mastodon's.
_NO_WORD = "Endpoint not found."
_LIMITED = "the server asks us to come back later: fewer channels, or a longer time between rounds"
_NO_SERVER = "what answered does not speak Mastodon's language: check the address in the register"
_CLOSED = (
    "the server answers only those who are logged in there: ask those who run it to show public "
    "posts to everybody"
)
_OF_ANOTHER = "the server answered about another account than the one asked for"


@dataclass
class Declined(Exception):
    """The server gave no answer to go on with; `is_sure` where it says that nothing is there."""

    outcome: str
    detail: str
    status: int | None = None
    is_sure: bool = False


_MEANINGS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        401: ("refused", _CLOSED),
        403: ("refused", _CLOSED),
        404: ("gone", "the server says that it is not there"),
        410: ("gone", "the server says that it is there no more"),
        429: ("failed", _LIMITED),
    }
)


def _declined(error: "MastodonError") -> Declined:
    from mastodon import MastodonAPIError, MastodonRatelimitError

    if isinstance(error, MastodonRatelimitError):
        return Declined("failed", _LIMITED, 429)
    status = error.args[1] if isinstance(error, MastodonAPIError) and len(error.args) > 2 else None
    if not isinstance(status, int):
        return Declined("failed", _NO_SERVER)
    return declined_with(status, has_word=error.args[3] != _NO_WORD)


def declined_with(status: int, *, has_word: bool = True) -> Declined:
    """What a status of HTTP says; `has_word` where the body says it in Mastodon's language too."""
    otherwise = ("failed", f"the server answered with an error ({status})")
    outcome, detail = _MEANINGS.get(status, otherwise)
    return Declined(outcome, detail, status, status == 410 or (status == 404 and has_word))


@contextmanager
def _in_our_words() -> Iterator[None]:
    """What the server declines as `Declined`; what the door raised as the door raised it."""
    from mastodon import MastodonError, MastodonNetworkError

    try:
        with as_the_door_said():
            yield
    except MastodonNetworkError as error:
        if not isinstance(error.__context__, OSError | ValueError):
            raise  # the client wraps whatever is raised, and a bug of ours is no answer
        raise Declined("failed", _NO_SERVER) from error
    except MastodonError as error:
        raise _declined(error) from error


@dataclass(frozen=True)
class Page:
    """Some statuses of an account, newest first; `below` is where older ones begin."""

    statuses: list[Json]
    below: str | None


@dataclass(frozen=True)
class Client:
    """What Torg asks of the server that an account lives on. Raises `Declined`."""

    home: Home
    means: Means

    @cached_property
    def _server(self) -> "Mastodon":
        from mastodon import Mastodon

        token = self.means.token
        return Mastodon(
            api_base_url=self.home.base,
            access_token=token.value if token else None,
            session=self.means.door.as_requests(),
            ratelimit_method="throw",  # the door keeps the budgets, on our own clock
            version_check_mode="none",
        )

    def account(self) -> Json:
        """The followed account, looked up by its name on its own server."""
        with _in_our_words():
            account = _mapping(self._server.account_lookup(self.home.name))
        if not self.home.is_of(account):
            raise Declined("failed", _OF_ANOTHER)
        return account

    def page(self, account: str, *, below: str | None) -> Page:
        """Statuses of the account, without boosts and without answers to others."""
        with _in_our_words():
            found = self._server.account_statuses(
                account, exclude_reblogs=True, exclude_replies=True, max_id=below, limit=PAGE
            )
        statuses = [_mapping(status) for status in _list(found)]
        if any(not self.home.is_of(_mapping(status.get("account"))) for status in statuses):
            raise Declined("failed", _OF_ANOTHER)
        onward = getattr(found, "_pagination_next", None) or {}
        following = onward.get("max_id")
        return Page(statuses, str(following) if following and str(following) != below else None)

    def status(self, local_id: str) -> Json:
        """One status by the number that it has on this server."""
        with _in_our_words():
            return _mapping(self._server.status(local_id))

    def statuses(self, local_ids: list[str]) -> list[Json]:
        """Those of at most `AT_ONCE` statuses that are there; servers before 4.3 decline."""
        with _in_our_words():
            return [_mapping(status) for status in _list(self._server.statuses(local_ids))]

    def descendants(self, local_id: str) -> list[Json]:
        """All that was said under a status, as far as the server shows it to us."""
        with _in_our_words():
            context = _mapping(self._server.status_context(local_id))
        return [_mapping(status) for status in _list(context.get("descendants"))]


def _mapping(value: Any) -> Json:  # noqa: ANN401 -- whatever a server answers with
    if not isinstance(value, Mapping):
        raise Declined("failed", _NO_SERVER)
    return value


def _list(value: Any) -> list[Any]:  # noqa: ANN401 -- whatever a server answers with
    if not isinstance(value, list):
        raise Declined("failed", _NO_SERVER)
    return value
